/**
 * The documented constants of media and pools, and the options of the calls
 * that handle them.
 *
 * @module
 */

import {
  BAR_CODE_STATES,
  CREATE_MODES,
  MEDIA_STATES,
  POOL_KINDS,
  SIDE_STATES,
  WRITABILITIES,
} from "../model/states.ts";

/** To be read; also good for complete and read-only media. */
export const NTMS_MOUNT_READ = 1;
/** To be written; refused for complete sides. */
export const NTMS_MOUNT_WRITE = 2;
/** Fail at once where a medium or drive is busy. */
export const NTMS_MOUNT_ERROR_NOT_AVAILABLE = 4;
/** Other name of NTMS_MOUNT_ERROR_NOT_AVAILABLE. */
export const NTMS_MOUNT_ERROR_IF_UNAVAILABLE = 4;
/** Fail at once where a medium is offline, and do not ask the operator. */
export const NTMS_MOUNT_ERROR_OFFLINE = 8;
/** Other name of NTMS_MOUNT_ERROR_OFFLINE. */
export const NTMS_MOUNT_ERROR_IF_OFFLINE = 8;
/** Use the drives that `lpDriveId` names. */
export const NTMS_MOUNT_SPECIFIC_DRIVE = 16;
/** Return when the requests are queued; from the remote protocol only. */
export const NTMS_MOUNT_NOWAIT = 32;
/** Options of MountNtmsMedia. */
export type NtmsMountOptions = number;

/** Leave the medium in its drive until the drive is needed. */
export const NTMS_DISMOUNT_DEFERRED = 1;
/** Put the medium away now; what 0 means too. */
export const NTMS_DISMOUNT_IMMEDIATE = 2;
/** Option of DismountNtmsMedia. */
export type NtmsDismountOptions = number;

/** What most mounts use. */
export const NTMS_PRIORITY_DEFAULT = 0;
/** The highest. */
export const NTMS_PRIORITY_HIGHEST = 15;
/** For work that cannot wait. */
export const NTMS_PRIORITY_HIGH = 7;
/** Other name of NTMS_PRIORITY_DEFAULT. */
export const NTMS_PRIORITY_NORMAL = 0;
/** For work in the background. */
export const NTMS_PRIORITY_LOW: -7 = -7;
/** The lowest. */
export const NTMS_PRIORITY_LOWEST: -15 = -15;
/** Priority of a mount: -15 to 15, these are the named ones. */
export type NtmsMountPriority =
  | typeof NTMS_PRIORITY_DEFAULT
  | typeof NTMS_PRIORITY_HIGHEST
  | typeof NTMS_PRIORITY_HIGH
  | typeof NTMS_PRIORITY_LOW
  | typeof NTMS_PRIORITY_LOWEST;

/**
 * Keep the other sides of the cartridge for this application; excludes
 * NTMS_ALLOCATE_NEXT.
 */
export const NTMS_ALLOCATE_NEW = 1;
/**
 * Take the next side of the cartridge that `lpMediaId` names; excludes
 * NTMS_ALLOCATE_NEW.
 */
export const NTMS_ALLOCATE_NEXT = 2;
/** Fail where no medium is available, and do not ask the operator. */
export const NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE = 4;
/** Options of AllocateNtmsMedia. */
export type NtmsAllocateOptions = number;

/** Open the pool; fail where there is none. */
export const NTMS_OPEN_EXISTING: 1 = CREATE_MODES.existing;
/** Create the pool; fail where there is one. */
export const NTMS_CREATE_NEW: 2 = CREATE_MODES.new;
/** Open the pool, or create it where there is none. */
export const NTMS_OPEN_ALWAYS: 3 = CREATE_MODES.always;
/** Action of CreateNtmsMediaPool. */
export type NtmsCreateOptions =
  | typeof NTMS_OPEN_EXISTING
  | typeof NTMS_CREATE_NEW
  | typeof NTMS_OPEN_ALWAYS;

/** Fail where a medium of this label is on record. */
export const NTMS_ERROR_ON_DUPLICATE = 1;
/** Option of CreateNtmsMedia. */
export type NtmsCreateNtmsMediaOptions = number;

/** It was read. */
export const NTMS_BARCODESTATE_OK: 1 = BAR_CODE_STATES.ok;
/** There is none, or it cannot be read. */
export const NTMS_BARCODESTATE_UNREADABLE: 2 = BAR_CODE_STATES.unreadable;
/** Whether a bar code could be read. */
export type NtmsBarCodeState =
  | typeof NTMS_BARCODESTATE_OK
  | typeof NTMS_BARCODESTATE_UNREADABLE;

/** Nothing is done with it. */
export const NTMS_MEDIASTATE_IDLE: 0 = MEDIA_STATES.idle;
/** Work on it is accepted. */
export const NTMS_MEDIASTATE_INUSE: 1 = MEDIA_STATES.inUse;
/** It is in a drive. */
export const NTMS_MEDIASTATE_MOUNTED: 2 = MEDIA_STATES.mounted;
/** It can be read and written. */
export const NTMS_MEDIASTATE_LOADED: 3 = MEDIA_STATES.loaded;
/** It can be taken out of its drive. */
export const NTMS_MEDIASTATE_UNLOADED: 4 = MEDIA_STATES.unloaded;
/** Work on it failed and can be repeated without a person. */
export const NTMS_MEDIASTATE_OPERROR: 5 = MEDIA_STATES.operationError;
/** An operator request concerns it. */
export const NTMS_MEDIASTATE_OPREQ: 6 = MEDIA_STATES.operatorRequest;
/** State of a cartridge. */
export type NtmsMediaState =
  | typeof NTMS_MEDIASTATE_IDLE
  | typeof NTMS_MEDIASTATE_INUSE
  | typeof NTMS_MEDIASTATE_MOUNTED
  | typeof NTMS_MEDIASTATE_LOADED
  | typeof NTMS_MEDIASTATE_UNLOADED
  | typeof NTMS_MEDIASTATE_OPERROR
  | typeof NTMS_MEDIASTATE_OPREQ;

/** Not identified yet. */
export const NTMS_PARTSTATE_UNKNOWN: 0 = SIDE_STATES.unknown;
/** Other name of NTMS_PARTSTATE_UNKNOWN. */
export const NTMS_PARTSTATE_NEW: 0 = SIDE_STATES.unknown;
/** In a free pool, its free label not written yet. */
export const NTMS_PARTSTATE_UNPREPARED: 1 = SIDE_STATES.unprepared;
/** No drive here takes it. */
export const NTMS_PARTSTATE_INCOMPATIBLE: 2 = SIDE_STATES.incompatible;
/** Retired; never allocated again. */
export const NTMS_PARTSTATE_DECOMMISSIONED: 3 = SIDE_STATES.decommissioned;
/** Free to be allocated. */
export const NTMS_PARTSTATE_AVAILABLE: 4 = SIDE_STATES.available;
/** Allocated to an application. */
export const NTMS_PARTSTATE_ALLOCATED: 5 = SIDE_STATES.allocated;
/** Allocated and full; only to be read. */
export const NTMS_PARTSTATE_COMPLETE: 6 = SIDE_STATES.complete;
/** Not recognised; in an unrecognized pool. */
export const NTMS_PARTSTATE_FOREIGN: 7 = SIDE_STATES.foreign;
/** Recognised but not on record; in an import pool. */
export const NTMS_PARTSTATE_IMPORT: 8 = SIDE_STATES.import;
/** Kept for the application that holds another side of the cartridge. */
export const NTMS_PARTSTATE_RESERVED: 9 = SIDE_STATES.reserved;
/** State in the life of a side. */
export type NtmsPartitionState =
  | typeof NTMS_PARTSTATE_UNKNOWN
  | typeof NTMS_PARTSTATE_UNPREPARED
  | typeof NTMS_PARTSTATE_INCOMPATIBLE
  | typeof NTMS_PARTSTATE_DECOMMISSIONED
  | typeof NTMS_PARTSTATE_AVAILABLE
  | typeof NTMS_PARTSTATE_ALLOCATED
  | typeof NTMS_PARTSTATE_COMPLETE
  | typeof NTMS_PARTSTATE_FOREIGN
  | typeof NTMS_PARTSTATE_IMPORT
  | typeof NTMS_PARTSTATE_RESERVED;

/** Not known. */
export const NTMS_POOLTYPE_UNKNOWN: 0 = POOL_KINDS.root;
/** Free pool. */
export const NTMS_POOLTYPE_SCRATCH: 1 = POOL_KINDS.free;
/** Unrecognized pool. */
export const NTMS_POOLTYPE_FOREIGN: 2 = POOL_KINDS.unrecognized;
/** Import pool. */
export const NTMS_POOLTYPE_IMPORT: 3 = POOL_KINDS.import;
/** Pool of an application. */
export const NTMS_POOLTYPE_APPLICATION: 1000 = POOL_KINDS.application;
/** Kind of a media pool; NTMS_POOLTYPE_UNKNOWN is what the root pool has. */
export type NtmsPoolType =
  | typeof NTMS_POOLTYPE_UNKNOWN
  | typeof NTMS_POOLTYPE_SCRATCH
  | typeof NTMS_POOLTYPE_FOREIGN
  | typeof NTMS_POOLTYPE_IMPORT
  | typeof NTMS_POOLTYPE_APPLICATION;

/** Draw from the free pool when the pool has nothing available. */
export const NTMS_ALLOCATE_FROMSCRATCH = 1;
/** Bit of `AllocationPolicy`. */
export type NtmsAllocationPolicy = number;

/** Return media to the free pool when they are deallocated. */
export const NTMS_DEALLOCATE_TOSCRATCH = 1;
/** Bit of `DeallocationPolicy`. */
export type NtmsDeallocationPolicy = number;

/** Not known. */
export const NTMS_MEDIARW_UNKNOWN: 0 = WRITABILITIES.unknown;
/** Any number of times. */
export const NTMS_MEDIARW_REWRITABLE: 1 = WRITABILITIES.rewritable;
/** Once. */
export const NTMS_MEDIARW_WRITEONCE: 2 = WRITABILITIES.writeOnce;
/** Never. */
export const NTMS_MEDIARW_READONLY: 3 = WRITABILITIES.readOnly;
/** What may be written to a medium. */
export type NtmsReadWriteCharacteristics =
  | typeof NTMS_MEDIARW_UNKNOWN
  | typeof NTMS_MEDIARW_REWRITABLE
  | typeof NTMS_MEDIARW_WRITEONCE
  | typeof NTMS_MEDIARW_READONLY;

/** The bytes of the label. */
export const NTMS_OMID_TYPE_RAW_LABEL = 1;
/** File system, volume name and serial number. */
export const NTMS_OMID_TYPE_FILESYSTEM_INFO = 2;
/** Kind of label that UpdateNtmsOmidInfo takes. */
export type NtmsOmidType =
  | typeof NTMS_OMID_TYPE_RAW_LABEL
  | typeof NTMS_OMID_TYPE_FILESYSTEM_INFO;
