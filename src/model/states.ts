/**
 * The states and kinds of objects, each as a table from the name used here to
 * the number the documented API gives it (ntmsapi.h).
 *
 * @module
 */

/** Object types (NtmsObjectsTypes). */
export const OBJECT_TYPES = {
  changer: 2,
  changerType: 3,
  computer: 4,
  drive: 5,
  driveType: 6,
  door: 7,
  port: 8,
  library: 9,
  libraryRequest: 10,
  logicalMedium: 11,
  mediaPool: 12,
  mediaType: 13,
  side: 14,
  cartridge: 15,
  slot: 16,
  operatorRequest: 17,
  uiDestination: 18,
} as const;
/** Name of an object type. */
export type ObjectType = keyof typeof OBJECT_TYPES;

/** Operational state of any object (NtmsOperationalState). */
export const OPERATIONAL_STATES = {
  ready: 0,
  initializing: 10,
  needsService: 20,
  notPresent: 21,
} as const;
/** Name of an operational state. */
export type OperationalState = keyof typeof OPERATIONAL_STATES;

/** Kinds of libraries (NtmsLibraryType). */
export const LIBRARY_KINDS = {
  unknown: 0,
  offline: 1,
  online: 2,
  standalone: 3,
} as const;
/** Kind of a library. */
export type LibraryKind = keyof typeof LIBRARY_KINDS;

/** Inventory methods (NtmsInventoryMethod). */
export const INVENTORY_METHODS = {
  none: 0,
  fast: 1,
  omid: 2,
  default: 3,
  slot: 4,
  stop: 5,
} as const;
/** Name of an inventory method. */
export type InventoryMethod = keyof typeof INVENTORY_METHODS;

/** States of a drive (NtmsDriveState). */
export const DRIVE_STATES = {
  dismounted: 0,
  mounted: 1,
  loaded: 2,
  unloaded: 5,
  beingCleaned: 6,
  dismountable: 7,
} as const;
/** State of a drive. */
export type DriveState = keyof typeof DRIVE_STATES;

/** States of a slot (NtmsSlotState). */
export const SLOT_STATES = {
  unknown: 0,
  full: 1,
  empty: 2,
  notPresent: 3,
  needsInventory: 4,
} as const;
/** State of a slot. */
export type SlotState = keyof typeof SLOT_STATES;

/** States of a door (NtmsDoorState). */
export const DOOR_STATES = { unknown: 0, closed: 1, open: 2 } as const;
/** State of a door. */
export type DoorState = keyof typeof DOOR_STATES;

/** Positions of a port (NtmsPortPosition). */
export const PORT_POSITIONS = {
  unknown: 0,
  extended: 1,
  retracted: 2,
} as const;
/** Position of a port. */
export type PortPosition = keyof typeof PORT_POSITIONS;

/** Content of a port (NtmsPortContent). */
export const PORT_CONTENTS = { unknown: 0, full: 1, empty: 2 } as const;
/** Content of a port. */
export type PortContent = keyof typeof PORT_CONTENTS;

/** States of a bar code (NtmsBarCodeState). */
export const BAR_CODE_STATES = { ok: 1, unreadable: 2 } as const;
/** State of a bar code. */
export type BarCodeState = keyof typeof BAR_CODE_STATES;

/** States of a cartridge (NtmsMediaState). */
export const MEDIA_STATES = {
  idle: 0,
  inUse: 1,
  mounted: 2,
  loaded: 3,
  unloaded: 4,
  operationError: 5,
  operatorRequest: 6,
} as const;
/** State of a cartridge. */
export type MediaState = keyof typeof MEDIA_STATES;

/** States in the life of a side (NtmsPartitionState). */
export const SIDE_STATES = {
  unknown: 0,
  unprepared: 1,
  incompatible: 2,
  decommissioned: 3,
  available: 4,
  allocated: 5,
  complete: 6,
  foreign: 7,
  import: 8,
  reserved: 9,
} as const;
/** State in the life of a side. */
export type SideState = keyof typeof SIDE_STATES;

/** Kinds of media pools (NtmsPoolType); the root pool has no number of its own. */
export const POOL_KINDS = {
  root: 0,
  free: 1,
  unrecognized: 2,
  import: 3,
  application: 1000,
} as const;
/** Kind of a media pool. */
export type PoolKind = keyof typeof POOL_KINDS;

/** What may be written to a medium (NtmsReadWriteCharacteristics). */
export const WRITABILITIES = {
  unknown: 0,
  rewritable: 1,
  writeOnce: 2,
  readOnly: 3,
} as const;
/** What may be written to a medium. */
export type Writability = keyof typeof WRITABILITIES;

/** Kinds of library requests (NtmsLmOperation). */
export const LIBRARY_OPERATIONS = {
  remove: 0,
  disableLibrary: 1,
  enableLibrary: 2,
  disableDrive: 3,
  enableDrive: 4,
  disableMedia: 5,
  enableMedia: 6,
  updateOmid: 7,
  inventory: 8,
  doorAccess: 9,
  eject: 10,
  ejectCleaner: 11,
  inject: 12,
  injectCleaner: 13,
  processOmid: 14,
  cleanDrive: 15,
  dismount: 16,
  mount: 17,
  writeScratch: 18,
  classify: 19,
  reserveCleaner: 20,
  releaseCleaner: 21,
} as const;
/** Kind of a library request. */
export type LibraryOperation = keyof typeof LIBRARY_OPERATIONS;

/** States of a library request (NtmsLmState). */
export const REQUEST_STATES = {
  queued: 0,
  inProcess: 1,
  passed: 2,
  failed: 3,
  invalid: 4,
  waiting: 5,
  deferred: 6,
  cancelled: 7,
  stopped: 8,
} as const;
/** State of a library request. */
export type RequestState = keyof typeof REQUEST_STATES;

/** Kinds of operator requests (NtmsOpreqCommand). */
export const OPERATOR_COMMANDS = {
  unknown: 0,
  newMedia: 1,
  cleaner: 2,
  deviceService: 3,
  moveMedia: 4,
  message: 5,
} as const;
/** Kind of an operator request. */
export type OperatorCommand = keyof typeof OPERATOR_COMMANDS;

/** States of an operator request (NtmsOpreqState). */
export const OPERATOR_STATES = {
  unknown: 0,
  submitted: 1,
  active: 2,
  inProgress: 3,
  refused: 4,
  complete: 5,
} as const;
/** State of an operator request. */
export type OperatorState = keyof typeof OPERATOR_STATES;

/** Device classes of media and drives (FILE_DEVICE_...). */
export const DEVICE_CLASSES = {
  cdRom: 0x02,
  disk: 0x07,
  tape: 0x1f,
  changer: 0x30,
  dvd: 0x33,
} as const;
/** Device class of a medium or drive. */
export type DeviceClass = keyof typeof DEVICE_CLASSES;

/** Ways to create or open a pool (NtmsCreateOptions). */
export const CREATE_MODES = { existing: 1, new: 2, always: 3 } as const;
/** Way to create or open a pool. */
export type CreateMode = keyof typeof CREATE_MODES;

/** What can happen to an object (NtmsNotificationOperations); `complete`: an operation on it has ended. */
export const CHANGE_OPERATIONS = {
  update: 1,
  insert: 2,
  delete: 3,
  complete: 5,
} as const;
/** What happened to an object. */
export type ChangeOperation = keyof typeof CHANGE_OPERATIONS;
