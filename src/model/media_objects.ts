/**
 * The records of media and pools.
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
} from "./ids.ts";
import type { CartridgeMemory } from "./health.ts";
import type { ObjectRecord } from "./object_record.ts";
import type {
  BarCodeState,
  DeviceClass,
  MediaState,
  PoolKind,
  SideState,
  Writability,
} from "./states.ts";

/** A cartridge (NTMS_PMIDINFORMATION). */
export interface CartridgeRecord extends ObjectRecord<"cartridge"> {
  /** Its id. */
  readonly id: CartridgeId;
  /** The library it is in; the offline library where it is in none. */
  readonly library: LibraryId;
  /** The pool it is in. */
  readonly mediaPool: MediaPoolId;
  /** The slot, drive or port it is in; null while offline. */
  readonly location: Guid | null;
  /** What `location` names; "slot" while offline. */
  readonly locationType: "slot" | "drive" | "port";
  /** Its media type. */
  readonly mediaType: MediaTypeId;
  /** The slot it belongs to. */
  readonly homeSlot: SlotId | null;
  /** Bar code; empty where none was read. */
  readonly barCode: string;
  /** Whether its bar code could be read. */
  readonly barCodeState: BarCodeState;
  /** Number given by the service, to be written on the cartridge. */
  readonly sequenceNumber: string;
  /** What is done with it. */
  readonly state: MediaState;
  /** How many sides it has. */
  readonly sideCount: number;
  /** SCSI medium type code. */
  readonly mediumTypeCode: number;
  /** SCSI density code. */
  readonly densityCode: number;
  /** The side that is mounted; null for none. */
  readonly mountedSide: SideId | null;
  /** What a drive told of it when it was last mounted; null where none did. */
  readonly memory: CartridgeMemory | null;
}

/** A recording side (NTMS_PARTITIONINFORMATION). */
export interface SideRecord extends ObjectRecord<"side"> {
  /** Its id. */
  readonly id: SideId;
  /** The cartridge it is a side of. */
  readonly cartridge: CartridgeId;
  /** The allocation, or null. */
  readonly logicalMedium: LogicalMediumId | null;
  /** Where it is in its life. */
  readonly state: SideState;
  /** 0 = A or the only side, 1 = B. */
  readonly sideNumber: number;
  /** On-medium label: type, id as hexadecimal bytes, further text. */
  readonly label: {
    readonly type: string;
    readonly id: string;
    readonly info: string;
  };
  /** Mounts so far. */
  readonly mountCount: number;
  /** Allocations so far. */
  readonly allocateCount: number;
  /** Bytes on this side; 0 where not known. */
  readonly capacityBytes: number;
}

/** An allocation (NTMS_LMIDINFORMATION). */
export interface LogicalMediumRecord extends ObjectRecord<"logicalMedium"> {
  /** Its id. */
  readonly id: LogicalMediumId;
  /** The pool it is in. */
  readonly mediaPool: MediaPoolId;
  /** How many sides are behind it. */
  readonly sideCount: number;
}

/** A media pool (NTMS_MEDIAPOOLINFORMATION). */
export interface MediaPoolRecord extends ObjectRecord<"mediaPool"> {
  /** Its id. */
  readonly id: MediaPoolId;
  /** Free, unrecognized, import, of an application, or the root. */
  readonly kind: PoolKind;
  /** The media type it holds; null for a pool of pools. */
  readonly mediaType: MediaTypeId | null;
  /** The pool it is in; null at the top. */
  readonly parent: MediaPoolId | null;
  /** Full path, such as `\App\Daily`. */
  readonly path: string;
  /** Whether media are drawn from the free pool when nothing is available. */
  readonly drawFromFree: boolean;
  /** Whether media go back to the free pool when they are deallocated. */
  readonly returnToFree: boolean;
  /** How often a side may be allocated; 0 = no limit. */
  readonly maxAllocates: number;
  /** Whether labels are read before its media are handed out, and others than the known ones refused. */
  readonly checkLabels: boolean;
  /** Cartridges in it. */
  readonly cartridgeCount: number;
  /** Logical media in it. */
  readonly logicalMediumCount: number;
  /** Pools in it. */
  readonly poolCount: number;
}

/** A media type (NTMS_MEDIATYPEINFORMATION). */
export interface MediaTypeRecord extends ObjectRecord<"mediaType"> {
  /** Its id. */
  readonly id: MediaTypeId;
  /** STORAGE_MEDIA_TYPE code. */
  readonly code: number;
  /** How many sides such media have. */
  readonly sideCount: number;
  /** How often they can be written. */
  readonly writability: Writability;
  /** Class of the drives that take them. */
  readonly deviceClass: DeviceClass;
}
