/**
 * What RSM decides: libraries, media, pools, allocation, the queue, operators.
 *
 * @module
 */

export type {
  AccessManager,
  AuditManager,
  KnownToken,
  MissingRight,
  ObjectSecurity,
} from "./access_calls.ts";
export type { Rule } from "./access_needs.ts";
export { ACCESS_RULES } from "./access_rules.ts";
export { DRIVE_FAMILIES } from "./drive_model_table.ts";
export { MEDIA_TYPE_TABLE } from "./media_type_table.ts";
export { MediaTypes, type SiteMediaType } from "./media_types.ts";
export { allCrashPoints, type Crash, type CrashPoint } from "./crash_points.ts";
export { otherCall } from "./kept_answers.ts";
export type { Manager, ManagerStatus } from "./manager.ts";
export type { HotPlug, LibrarySource } from "./library_sources.ts";
export { openCatalogue } from "./open_catalogue.ts";
export type { Messenger } from "./messenger.ts";
export type { ManagerOptions } from "./manager_options.ts";
export { openManager } from "./rsm.ts";
