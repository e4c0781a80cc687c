/**
 * The documented constants that concern every object: types, states, rights,
 * listing and events.
 *
 * @module
 */

import {
  CHANGE_OPERATIONS,
  OBJECT_TYPES,
  OPERATIONAL_STATES,
} from "../model/states.ts";

/** No type; lets GetNtmsObjectInformation find the type of an id. */
export const NTMS_UNKNOWN = 0;
/** An object whose type is not settled yet; no function takes it. */
export const NTMS_OBJECT = 1;
/** A robot. */
export const NTMS_CHANGER: 2 = OBJECT_TYPES.changer;
/** A make and model of robots. */
export const NTMS_CHANGER_TYPE: 3 = OBJECT_TYPES.changerType;
/** The RSM service. */
export const NTMS_COMPUTER: 4 = OBJECT_TYPES.computer;
/** A drive. */
export const NTMS_DRIVE: 5 = OBJECT_TYPES.drive;
/** A make and model of drives. */
export const NTMS_DRIVE_TYPE: 6 = OBJECT_TYPES.driveType;
/** A library door. */
export const NTMS_IEDOOR: 7 = OBJECT_TYPES.door;
/** An import/export port. */
export const NTMS_IEPORT: 8 = OBJECT_TYPES.port;
/** A library: robotic, stand-alone or offline. */
export const NTMS_LIBRARY: 9 = OBJECT_TYPES.library;
/** A library request. */
export const NTMS_LIBREQUEST: 10 = OBJECT_TYPES.libraryRequest;
/** A logical medium, the allocation of a side. */
export const NTMS_LOGICAL_MEDIA: 11 = OBJECT_TYPES.logicalMedium;
/** A media pool. */
export const NTMS_MEDIA_POOL: 12 = OBJECT_TYPES.mediaPool;
/** A media type. */
export const NTMS_MEDIA_TYPE: 13 = OBJECT_TYPES.mediaType;
/** A side of a cartridge. */
export const NTMS_PARTITION: 14 = OBJECT_TYPES.side;
/** A cartridge. */
export const NTMS_PHYSICAL_MEDIA: 15 = OBJECT_TYPES.cartridge;
/** A storage slot. */
export const NTMS_STORAGESLOT: 16 = OBJECT_TYPES.slot;
/** An operator request. */
export const NTMS_OPREQUEST: 17 = OBJECT_TYPES.operatorRequest;
/** A computer that shows messages. */
export const NTMS_UI_DESTINATION: 18 = OBJECT_TYPES.uiDestination;
/** One more than the highest object type. */
export const NTMS_NUMBER_OF_OBJECT_TYPES = 19;
/** Type of an object: what each `dwType` argument takes. */
export type NtmsObjectsTypes =
  | typeof NTMS_UNKNOWN
  | typeof NTMS_OBJECT
  | typeof NTMS_CHANGER
  | typeof NTMS_CHANGER_TYPE
  | typeof NTMS_COMPUTER
  | typeof NTMS_DRIVE
  | typeof NTMS_DRIVE_TYPE
  | typeof NTMS_IEDOOR
  | typeof NTMS_IEPORT
  | typeof NTMS_LIBRARY
  | typeof NTMS_LIBREQUEST
  | typeof NTMS_LOGICAL_MEDIA
  | typeof NTMS_MEDIA_POOL
  | typeof NTMS_MEDIA_TYPE
  | typeof NTMS_PARTITION
  | typeof NTMS_PHYSICAL_MEDIA
  | typeof NTMS_STORAGESLOT
  | typeof NTMS_OPREQUEST
  | typeof NTMS_UI_DESTINATION
  | typeof NTMS_NUMBER_OF_OBJECT_TYPES;

/** The object works. */
export const NTMS_READY: 0 = OPERATIONAL_STATES.ready;
/** The object is starting. */
export const NTMS_INITIALIZING: 10 = OPERATIONAL_STATES.initializing;
/** The object failed and waits for a person. */
export const NTMS_NEEDS_SERVICE: 20 = OPERATIONAL_STATES.needsService;
/** The object is on record but is not attached now. */
export const NTMS_NOT_PRESENT: 21 = OPERATIONAL_STATES.notPresent;
/** Whether an object works (`dwOperationalState`). */
export type NtmsOperationalState =
  | typeof NTMS_READY
  | typeof NTMS_INITIALIZING
  | typeof NTMS_NEEDS_SERVICE
  | typeof NTMS_NOT_PRESENT;

/** Lists the members only. */
export const NTMS_ENUM_DEFAULT = 0;
/**
 * Lists the root pool before the top-level pools; for NTMS_MEDIA_POOL without
 * a container.
 */
export const NTMS_ENUM_ROOTPOOL = 1;
/** Option of EnumerateNtmsObject. */
export type NtmsEnumerateOption = number;

/** Right to look at an object and to mount and dismount. */
export const NTMS_USE_ACCESS = 1;
/** Right to change, enable, disable and delete. */
export const NTMS_MODIFY_ACCESS = 2;
/** Right to operate a library, and to allocate and move media in pools. */
export const NTMS_CONTROL_ACCESS = 4;
/** Generic right to read: USE. */
export const NTMS_GENERIC_READ = 1;
/** Generic right to write: USE and MODIFY. */
export const NTMS_GENERIC_WRITE = 3;
/** Generic right to execute: USE, MODIFY and CONTROL. */
export const NTMS_GENERIC_EXECUTE = 7;
/** All rights: USE, MODIFY and CONTROL. */
export const NTMS_GENERIC_ALL = 7;
/** Rights to an object. */
export type NtmsAccessMask = number;

/** The object has changed. */
export const NTMS_OBJ_UPDATE: 1 = CHANGE_OPERATIONS.update;
/** The object is new. */
export const NTMS_OBJ_INSERT: 2 = CHANGE_OPERATIONS.insert;
/** The object is gone. */
export const NTMS_OBJ_DELETE: 3 = CHANGE_OPERATIONS.delete;
/** An operation that nobody waits for reached another state. */
export const NTMS_EVENT_SIGNAL = 4;
/** An operation that nobody waits for has ended; the id is of what it was about. */
export const NTMS_EVENT_COMPLETE: 5 = CHANGE_OPERATIONS.complete;
/** What a notification tells of an object. */
export type NtmsNotificationOperations =
  | typeof NTMS_OBJ_UPDATE
  | typeof NTMS_OBJ_INSERT
  | typeof NTMS_OBJ_DELETE
  | typeof NTMS_EVENT_SIGNAL
  | typeof NTMS_EVENT_COMPLETE;

/** No kind; no function takes it. */
export const NTMS_UITYPE_INVALID = 0;
/** How library work goes on. */
export const NTMS_UITYPE_INFO = 1;
/** Requests that concern media. */
export const NTMS_UITYPE_REQ = 2;
/** Requests that concern faults. */
export const NTMS_UITYPE_ERR = 3;
/** One more than the highest kind. */
export const NTMS_UITYPE_MAX = 4;
/** Kinds of messages for people. */
export type NtmsUITypes =
  | typeof NTMS_UITYPE_INVALID
  | typeof NTMS_UITYPE_INFO
  | typeof NTMS_UITYPE_REQ
  | typeof NTMS_UITYPE_ERR
  | typeof NTMS_UITYPE_MAX;

/** Add a destination. */
export const NTMS_UIDEST_ADD = 1;
/** Take one destination off the list. */
export const NTMS_UIDEST_DELETE = 2;
/** Empty the list. */
export const NTMS_UIDEST_DELETEALL = 3;
/** One more than the highest operation. */
export const NTMS_UIOPERATION_MAX = 4;
/** Changes to a list of destinations. */
export type NtmsUIOperations =
  | typeof NTMS_UIDEST_ADD
  | typeof NTMS_UIDEST_DELETE
  | typeof NTMS_UIDEST_DELETEALL
  | typeof NTMS_UIOPERATION_MAX;
