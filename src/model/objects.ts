/**
 * The records of all objects, as sessions hand them out: plain, read-only,
 * told apart by `type`.
 *
 * @module
 */

import type {
  ChangerRecord,
  ChangerTypeRecord,
  DoorRecord,
  DriveRecord,
  DriveTypeRecord,
  LibraryRecord,
  PortRecord,
  SlotRecord,
} from "./library_objects.ts";
import type {
  CartridgeRecord,
  LogicalMediumRecord,
  MediaPoolRecord,
  MediaTypeRecord,
  SideRecord,
} from "./media_objects.ts";
import type {
  ComputerRecord,
  LibraryRequestRecord,
  OperatorRequestRecord,
} from "./request_objects.ts";
import type { ObjectType } from "./states.ts";

export type * from "./library_objects.ts";
export type * from "./media_objects.ts";
export type * from "./object_record.ts";
export type * from "./request_objects.ts";

/** Any object. */
export type NtmsObject =
  | ComputerRecord
  | LibraryRecord
  | ChangerRecord
  | ChangerTypeRecord
  | DriveRecord
  | DriveTypeRecord
  | SlotRecord
  | DoorRecord
  | PortRecord
  | CartridgeRecord
  | SideRecord
  | LogicalMediumRecord
  | MediaPoolRecord
  | MediaTypeRecord
  | LibraryRequestRecord
  | OperatorRequestRecord;

/** The record of objects of one type. */
export type RecordOf<Type extends ObjectType> = Extract<
  NtmsObject,
  { readonly type: Type }
>;
