/**
 * The documented structures of media and pools. Text members are whole
 * strings, ids lower-case GUIDs, and an id that names nothing is
 * NTMS_NULLGUID.
 *
 * @module
 */

import type {
  CartridgeId,
  Guid,
  LibraryId,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeId,
  SideId,
  SlotId,
} from "../model/ids.ts";
import type {
  NtmsAllocationPolicy,
  NtmsBarCodeState,
  NtmsDeallocationPolicy,
  NtmsMediaState,
  NtmsPartitionState,
  NtmsPoolType,
  NtmsReadWriteCharacteristics,
} from "./media_constants.ts";
import type { NtmsDeviceType } from "./media_type_constants.ts";
import type {
  NTMS_DRIVE,
  NTMS_IEPORT,
  NTMS_STORAGESLOT,
} from "./object_constants.ts";
import type { DWORD } from "./types.ts";

/** A cartridge. */
export interface NTMS_PMIDINFORMATION {
  /** The library it is in, the offline library where it is in none. */
  CurrentLibrary: LibraryId;
  /** Its pool. */
  MediaPool: MediaPoolId;
  /** The slot, drive or port it is in; NTMS_NULLGUID while offline. */
  Location: Guid;
  /** What `Location` names; NTMS_STORAGESLOT while offline. */
  LocationType:
    | typeof NTMS_STORAGESLOT
    | typeof NTMS_DRIVE
    | typeof NTMS_IEPORT;
  /** Its media type. */
  MediaType: MediaTypeId;
  /** The slot it is put back to. */
  HomeSlot: SlotId;
  /** Bar code; empty where none was read. */
  szBarCode: string;
  /** Whether the bar code could be read. */
  BarCodeState: NtmsBarCodeState;
  /** Number that the service gave it, for a person to write on it. */
  szSequenceNumber: string;
  /** What is done with it. */
  MediaState: NtmsMediaState;
  /** How many sides it has. */
  dwNumberOfPartitions: DWORD;
  /** SCSI medium type code. */
  dwMediaTypeCode: DWORD;
  /** SCSI density code. */
  dwDensityCode: DWORD;
  /** The side that is mounted. */
  MountedPartition: SideId;
}

/** A logical medium: what an allocation gives. */
export interface NTMS_LMIDINFORMATION {
  /** Its pool. */
  MediaPool: MediaPoolId;
  /** How many sides are behind it. */
  dwNumberOfPartitions: DWORD;
}

/** A side of a cartridge. */
export interface NTMS_PARTITIONINFORMATION {
  /** Its cartridge. */
  PhysicalMedia: CartridgeId;
  /** Its logical medium; NTMS_NULLGUID while it is not allocated. */
  LogicalMedia: LogicalMediumId;
  /** Where it is in its life. */
  State: NtmsPartitionState;
  /** 0 for side A or the only one, 1 for side B. */
  Side: number;
  /** Bytes of `OmidLabelId` that mean something: all of them. */
  dwOmidLabelIdLength: DWORD;
  /** Id of the label on the medium, at most 255 bytes. */
  OmidLabelId: Uint8Array;
  /** Type of the label. */
  szOmidLabelType: string;
  /** Further text of the label. */
  szOmidLabelInfo: string;
  /** Mounts so far. */
  dwMountCount: DWORD;
  /** Allocations so far. */
  dwAllocateCount: DWORD;
  /** Bytes it holds; 0 where not known. */
  Capacity: bigint;
}

/** A media pool. */
export interface NTMS_MEDIAPOOLINFORMATION {
  /** Free, unrecognized, import or of an application. */
  PoolType: NtmsPoolType;
  /** The media type it holds; NTMS_NULLGUID for a pool of pools. */
  MediaType: MediaTypeId;
  /** The pool it is in; NTMS_NULLGUID at the top. */
  Parent: MediaPoolId;
  /** Whether it draws from the free pool. */
  AllocationPolicy: NtmsAllocationPolicy;
  /** Whether it returns to the free pool. */
  DeallocationPolicy: NtmsDeallocationPolicy;
  /** How often a side may be allocated before it is retired; 0 for no limit. */
  dwMaxAllocates: DWORD;
  /** Cartridges in it. */
  dwNumberOfPhysicalMedia: DWORD;
  /** Logical media in it. */
  dwNumberOfLogicalMedia: DWORD;
  /** Pools in it. */
  dwNumberOfMediaPools: DWORD;
}

/** A media type; its name is that of the object. */
export interface NTMS_MEDIATYPEINFORMATION {
  /** A STORAGE_MEDIA_TYPE code. */
  MediaType: DWORD;
  /** How many sides such media have. */
  NumberOfSides: DWORD;
  /** How often they can be written. */
  ReadWriteCharacteristics: NtmsReadWriteCharacteristics;
  /** Class of the drives that take them. */
  DeviceType: NtmsDeviceType;
}
