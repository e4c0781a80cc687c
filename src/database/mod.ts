/**
 * What RSM knows, on disk.
 *
 * @module
 */

export * from "./access.ts";
export * from "./answers.ts";
export { type AuditRow, findAudit, insertAudit, purgeAudit } from "./audit.ts";
export type { Changes } from "./change_capture.ts";
export { RESTORED, TRUSTED } from "./carry_over.ts";
export {
  type CatalogueFindings,
  checkCatalogue,
  requireCatalogue,
} from "./check.ts";
export * from "./cleaners.ts";
export type { Durable } from "./connection.ts";
export { CATALOGUE_FILE, copiesOf, filesOf } from "./copies.ts";
export { Database, type Reader, type Table, type Writer } from "./database.ts";
export * from "./devices.ts";
export { UNFINISHED } from "./ends.ts";
export * from "./enumerate.ts";
export { exportCatalogue } from "./export.ts";
export { FILE_STEPS, type FileStep, type TakeStep } from "./files.ts";
export {
  applyImport,
  type Imported,
  scheduleEmpty,
  scheduleImport,
} from "./import.ts";
export * from "./health.ts";
export * from "./labels.ts";
export * from "./finished_requests.ts";
export * from "./libraries.ts";
export * from "./managing.ts";
export * from "./map_rows.ts";
export * from "./media.ts";
export * from "./media_creation.ts";
export * from "./media_types.ts";
export * from "./objects.ts";
export * from "./operator_requests.ts";
export type { Ids, ListPlace, Page } from "./pages.ts";
export * from "./places.ts";
export * from "./pools.ts";
export * from "./ports.ts";
export { alertsIn } from "./library_records.ts";
export { loadRecords } from "./records.ts";
export * from "./slot_addresses.ts";
export * from "./ui.ts";
export * from "./work.ts";
