/**
 * The records of all objects, as sessions hand them out: plain, read-only,
 * told apart by `type`.
 *
 * @module
 */

import type {
  CartridgeId,
  DriveId,
  Guid,
  LibraryId,
  LibraryRequestId,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeId,
  PortId,
  SideId,
  SlotId,
} from "./ids.ts";
import type {
  BarCodeState,
  DeviceClass,
  DoorState,
  DriveState,
  InventoryMethod,
  LibraryKind,
  LibraryOperation,
  MediaState,
  ObjectType,
  OperationalState,
  OperatorCommand,
  OperatorState,
  PoolKind,
  PortContent,
  PortPosition,
  RequestState,
  SideState,
  SlotState,
  Writability,
} from "./states.ts";

/** What every object has (NTMS_OBJECTINFORMATION). */
export interface ObjectRecord<Type extends ObjectType = ObjectType> {
  /** Which member of the union this is. */
  readonly type: Type;
  /** The id, for life. */
  readonly id: Guid;
  /** A changeable label. */
  readonly name: string;
  /** A changeable text. */
  readonly description: string;
  /** The usable switch. */
  readonly enabled: boolean;
  /** Whether the object works. */
  readonly operationalState: OperationalState;
  /** When the object was first known. */
  readonly created: Date;
  /** When its record changed last. */
  readonly modified: Date;
}

/** Where on the SCSI bus a device was last seen. */
export interface ScsiAddress {
  /** Host adapter. */
  readonly port: number;
  /** Bus, or channel. */
  readonly bus: number;
  /** Target. */
  readonly target: number;
  /** Logical unit. */
  readonly lun: number;
}

/** How many parts of a kind a library has, and the number of the first. */
export interface PartCount {
  /** Number of the first part. */
  readonly first: number;
  /** How many there are. */
  readonly count: number;
}

/** The RSM service itself (NTMS_COMPUTERINFORMATION). */
export interface ComputerRecord extends ObjectRecord<"computer"> {
  /** Seconds that finished library requests are kept. */
  readonly libraryRequestPurgeSeconds: number;
  /** Seconds that finished operator requests are kept. */
  readonly operatorRequestPurgeSeconds: number;
  /** NtmsLibRequestFlags. */
  readonly libraryRequestFlags: number;
  /** NtmsOpRequestFlags. */
  readonly operatorRequestFlags: number;
  /** NtmsMediaPoolPolicy. */
  readonly mediaPoolPolicy: number;
}

/** A library (NTMS_LIBRARYINFORMATION). */
export interface LibraryRecord extends ObjectRecord<"library"> {
  readonly id: LibraryId;
  /** Robotic, stand-alone or the offline library. */
  readonly kind: LibraryKind;
  /** Path or URL of its device; empty for the offline library. */
  readonly device: string;
  /** The slot reserved for a cleaning cartridge. */
  readonly cleanerSlot: SlotId | null;
  /** The slot preferred for a cleaning cartridge. */
  readonly cleanerSlotDefault: SlotId | null;
  /** Whether drives can be cleaned automatically. */
  readonly supportsDriveCleaning: boolean;
  /** Whether a bar code reader is fitted. */
  readonly barCodeReader: boolean;
  /** Whether unknown bar codes are taken for free media without reading a label. */
  readonly trustBarCodes: boolean;
  /** The method an inventory uses when none is named. */
  readonly inventoryMethod: InventoryMethod;
  /** Cleanings left; 0xFFFFFFFF where they are not counted. */
  readonly cleanerUsesRemaining: number;
  /** Whether a failed mount starts a full inventory. */
  readonly autoRecovery: boolean;
  /** NtmsLibraryFlags. */
  readonly flags: number;
  readonly drives: PartCount;
  readonly slots: PartCount;
  readonly doors: PartCount;
  readonly ports: PartCount;
  readonly changers: PartCount;
  /** Cartridges in it. */
  readonly mediaCount: number;
  /** Media types it handles. */
  readonly mediaTypeCount: number;
  /** Library requests on record. */
  readonly requestCount: number;
}

/** A robot (NTMS_CHANGERINFORMATION). */
export interface ChangerRecord extends ObjectRecord<"changer"> {
  readonly library: LibraryId;
  /** Number in the library. */
  readonly number: number;
  readonly changerType: Guid;
  readonly serialNumber: string;
  readonly revision: string;
  /** Device path or URL. */
  readonly device: string;
  readonly scsi: ScsiAddress;
}

/** Make and model of a robot (NTMS_CHANGERTYPEINFORMATION). */
export interface ChangerTypeRecord extends ObjectRecord<"changerType"> {
  readonly vendor: string;
  readonly product: string;
  readonly deviceClass: DeviceClass;
}

/** A drive (NTMS_DRIVEINFORMATION). */
export interface DriveRecord extends ObjectRecord<"drive"> {
  readonly id: DriveId;
  readonly library: LibraryId;
  /** Number in the library. */
  readonly number: number;
  /** SCSI element address. */
  readonly elementAddress: number;
  readonly state: DriveState;
  readonly driveType: Guid;
  /** Path a program opens to read and write; empty where none was found. */
  readonly device: string;
  readonly serialNumber: string;
  readonly revision: string;
  readonly scsi: ScsiAddress;
  readonly mountCount: number;
  readonly lastCleaned: Date | null;
  /** The side in the drive; null for an empty drive, and for one a person filled. */
  readonly side: SideId | null;
  /** Least seconds a medium stays after a deferred dismount. */
  readonly deferDismountSeconds: number;
}

/** Make and model of a drive (NTMS_DRIVETYPEINFORMATION). */
export interface DriveTypeRecord extends ObjectRecord<"driveType"> {
  readonly vendor: string;
  readonly product: string;
  readonly deviceClass: DeviceClass;
}

/** A storage slot (NTMS_STORAGESLOTINFORMATION). */
export interface SlotRecord extends ObjectRecord<"slot"> {
  readonly id: SlotId;
  readonly library: LibraryId;
  readonly number: number;
  /** SCSI element address. */
  readonly elementAddress: number;
  readonly state: SlotState;
}

/** A door (NTMS_IEDOORINFORMATION). */
export interface DoorRecord extends ObjectRecord<"door"> {
  readonly library: LibraryId;
  readonly number: number;
  readonly state: DoorState;
  /** Seconds it may stay open before the operator is called. */
  readonly maxOpenSeconds: number;
}

/** An import/export port (NTMS_IEPORTINFORMATION). */
export interface PortRecord extends ObjectRecord<"port"> {
  readonly id: PortId;
  readonly library: LibraryId;
  readonly number: number;
  /** SCSI element address. */
  readonly elementAddress: number;
  readonly content: PortContent;
  readonly position: PortPosition;
  /** Seconds it may stay extended before the operator is called. */
  readonly maxExtendSeconds: number;
}

/** A cartridge (NTMS_PMIDINFORMATION). */
export interface CartridgeRecord extends ObjectRecord<"cartridge"> {
  readonly id: CartridgeId;
  /** The library it is in; the offline library where it is in none. */
  readonly library: LibraryId;
  readonly mediaPool: MediaPoolId;
  /** The slot, drive or port it is in; null while offline. */
  readonly location: Guid | null;
  readonly locationType: "slot" | "drive" | "port";
  readonly mediaType: MediaTypeId;
  /** The slot it belongs to. */
  readonly homeSlot: SlotId | null;
  readonly barCode: string;
  readonly barCodeState: BarCodeState;
  /** Number given by the service, to be written on the cartridge. */
  readonly sequenceNumber: string;
  readonly state: MediaState;
  readonly sideCount: number;
  /** SCSI medium type code. */
  readonly mediumTypeCode: number;
  /** SCSI density code. */
  readonly densityCode: number;
  readonly mountedSide: SideId | null;
}

/** A recording side (NTMS_PARTITIONINFORMATION). */
export interface SideRecord extends ObjectRecord<"side"> {
  readonly id: SideId;
  readonly cartridge: CartridgeId;
  /** The allocation, or null. */
  readonly logicalMedium: LogicalMediumId | null;
  readonly state: SideState;
  /** 0 = A or the only side, 1 = B. */
  readonly sideNumber: number;
  /** On-medium label: type, id as hexadecimal bytes, further text. */
  readonly label: {
    readonly type: string;
    readonly id: string;
    readonly info: string;
  };
  readonly mountCount: number;
  readonly allocateCount: number;
  /** Bytes on this side; 0 where not known. */
  readonly capacityBytes: number;
}

/** An allocation (NTMS_LMIDINFORMATION). */
export interface LogicalMediumRecord extends ObjectRecord<"logicalMedium"> {
  readonly id: LogicalMediumId;
  readonly mediaPool: MediaPoolId;
  readonly sideCount: number;
}

/** A media pool (NTMS_MEDIAPOOLINFORMATION). */
export interface MediaPoolRecord extends ObjectRecord<"mediaPool"> {
  readonly id: MediaPoolId;
  readonly kind: PoolKind;
  /** The media type it holds; null for a pool of pools. */
  readonly mediaType: MediaTypeId | null;
  readonly parent: MediaPoolId | null;
  /** Full path, such as `\App\Daily`. */
  readonly path: string;
  /** Whether media are drawn from the free pool when nothing is available. */
  readonly drawFromFree: boolean;
  /** Whether media go back to the free pool when they are deallocated. */
  readonly returnToFree: boolean;
  /** How often a side may be allocated; 0 = no limit. */
  readonly maxAllocates: number;
  readonly cartridgeCount: number;
  readonly logicalMediumCount: number;
  readonly poolCount: number;
}

/** A media type (NTMS_MEDIATYPEINFORMATION). */
export interface MediaTypeRecord extends ObjectRecord<"mediaType"> {
  readonly id: MediaTypeId;
  /** STORAGE_MEDIA_TYPE code. */
  readonly code: number;
  readonly sideCount: number;
  readonly writability: Writability;
  readonly deviceClass: DeviceClass;
}

/** A unit of library work (NTMS_LIBREQUESTINFORMATION). */
export interface LibraryRequestRecord extends ObjectRecord<"libraryRequest"> {
  readonly id: LibraryRequestId;
  readonly operation: LibraryOperation;
  /** Depends on the operation. */
  readonly option: number;
  readonly state: RequestState;
  readonly library: LibraryId;
  readonly side: SideId | null;
  readonly drive: DriveId | null;
  readonly cartridge: CartridgeId | null;
  readonly slot: SlotId | null;
  readonly queued: Date;
  readonly completed: Date | null;
  readonly application: string;
  readonly user: string;
  readonly computer: string;
  /** Documented number of the error it ended with; 0 for none. */
  readonly errorCode: number;
  /** -15 to 15. */
  readonly priority: number;
  /** Order among mounts; 0 = not orderable. */
  readonly order: number;
  /** What it waits for or how it failed, for people. */
  readonly message: string;
}

/** A task for a person (NTMS_OPREQUESTINFORMATION). */
export interface OperatorRequestRecord extends ObjectRecord<"operatorRequest"> {
  readonly command: OperatorCommand;
  readonly state: OperatorState;
  readonly submitted: Date;
  readonly message: string;
  readonly argument1: { readonly type: ObjectType; readonly id: Guid } | null;
  readonly argument2: { readonly type: ObjectType; readonly id: Guid } | null;
  readonly application: string;
  readonly user: string;
  readonly computer: string;
}

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
