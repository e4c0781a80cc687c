/**
 * The records of libraries and their parts.
 *
 * @module
 */

import type {
  DriveId,
  Guid,
  LibraryId,
  PortId,
  SideId,
  SlotId,
} from "./ids.ts";
import type { DeviceFailures } from "./health.ts";
import type { ObjectRecord, PartCount, ScsiAddress } from "./object_record.ts";
import type {
  DeviceClass,
  DoorState,
  DriveState,
  InventoryMethod,
  LibraryKind,
  PortContent,
  PortPosition,
  SlotState,
} from "./states.ts";

/** A library (NTMS_LIBRARYINFORMATION). */
export interface LibraryRecord extends ObjectRecord<"library"> {
  /** Its id. */
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
  /** Whether labels are read before media are handed out. */
  readonly checkLabels: boolean;
  /** Whether a drive that asks for a cleaning gets it by itself. */
  readonly autoClean: boolean;
  /** The method an inventory uses when none is named. */
  readonly inventoryMethod: InventoryMethod;
  /** Cleanings left; 0xFFFFFFFF where they are not counted. */
  readonly cleanerUsesRemaining: number;
  /** Whether a failed mount starts a full inventory. */
  readonly autoRecovery: boolean;
  /** NtmsLibraryFlags. */
  readonly flags: number;
  /** Its drives. */
  readonly drives: PartCount;
  /** Its slots. */
  readonly slots: PartCount;
  /** Its doors. */
  readonly doors: PartCount;
  /** Its import/export ports. */
  readonly ports: PartCount;
  /** Its robots. */
  readonly changers: PartCount;
  /** Cartridges in it. */
  readonly mediaCount: number;
  /** Media types it handles. */
  readonly mediaTypeCount: number;
  /** Library requests on record. */
  readonly requestCount: number;
  /** How often its robot failed; null for never. */
  readonly failures: DeviceFailures | null;
}

/** A robot (NTMS_CHANGERINFORMATION). */
export interface ChangerRecord extends ObjectRecord<"changer"> {
  /** The library it belongs to. */
  readonly library: LibraryId;
  /** Number in the library. */
  readonly number: number;
  /** Id of its make and model. */
  readonly changerType: Guid;
  /** Serial number; empty where the device tells none. */
  readonly serialNumber: string;
  /** Firmware revision. */
  readonly revision: string;
  /** Device path or URL. */
  readonly device: string;
  /** Where on the SCSI bus it was last seen. */
  readonly scsi: ScsiAddress;
}

/** Make and model of a robot (NTMS_CHANGERTYPEINFORMATION). */
export interface ChangerTypeRecord extends ObjectRecord<"changerType"> {
  /** Vendor, as the device tells it. */
  readonly vendor: string;
  /** Product, as the device tells it. */
  readonly product: string;
  /** Class of the device. */
  readonly deviceClass: DeviceClass;
}

/** A drive (NTMS_DRIVEINFORMATION). */
export interface DriveRecord extends ObjectRecord<"drive"> {
  /** Its id. */
  readonly id: DriveId;
  /** The library it belongs to. */
  readonly library: LibraryId;
  /** Number in the library. */
  readonly number: number;
  /** SCSI element address. */
  readonly elementAddress: number;
  /** Whether a medium is in it, and how ready it is. */
  readonly state: DriveState;
  /** Id of its make and model. */
  readonly driveType: Guid;
  /** Path a program opens to read and write; empty where none was found. */
  readonly device: string;
  /** Serial number; empty where the device tells none. */
  readonly serialNumber: string;
  /** Firmware revision. */
  readonly revision: string;
  /** Where on the SCSI bus it was last seen. */
  readonly scsi: ScsiAddress;
  /** Mounts so far. */
  readonly mountCount: number;
  /** When it was cleaned last; null for never. */
  readonly lastCleaned: Date | null;
  /** TapeAlert flags that it raised when it was last asked, 1 to 64; 20 and 21 stay until it is cleaned. */
  readonly alerts: readonly number[];
  /** The side in the drive; null for an empty drive, and for one a person filled. */
  readonly side: SideId | null;
  /** Least seconds a medium stays after a deferred dismount. */
  readonly deferDismountSeconds: number;
  /** How often it failed; null for never. */
  readonly failures: DeviceFailures | null;
}

/** Make and model of a drive (NTMS_DRIVETYPEINFORMATION). */
export interface DriveTypeRecord extends ObjectRecord<"driveType"> {
  /** Vendor, as the device tells it. */
  readonly vendor: string;
  /** Product, as the device tells it. */
  readonly product: string;
  /** Class of the device. */
  readonly deviceClass: DeviceClass;
}

/** A storage slot (NTMS_STORAGESLOTINFORMATION). */
export interface SlotRecord extends ObjectRecord<"slot"> {
  /** Its id. */
  readonly id: SlotId;
  /** The library it belongs to. */
  readonly library: LibraryId;
  /** Number in its library. */
  readonly number: number;
  /** SCSI element address. */
  readonly elementAddress: number;
  /** Whether a cartridge is in it. */
  readonly state: SlotState;
}

/** A door (NTMS_IEDOORINFORMATION). */
export interface DoorRecord extends ObjectRecord<"door"> {
  /** The library it belongs to. */
  readonly library: LibraryId;
  /** Number in its library. */
  readonly number: number;
  /** Whether it is open. */
  readonly state: DoorState;
  /** Seconds it may stay open before the operator is called. */
  readonly maxOpenSeconds: number;
}

/** An import/export port (NTMS_IEPORTINFORMATION). */
export interface PortRecord extends ObjectRecord<"port"> {
  /** Its id. */
  readonly id: PortId;
  /** The library it belongs to. */
  readonly library: LibraryId;
  /** Number in its library. */
  readonly number: number;
  /** SCSI element address. */
  readonly elementAddress: number;
  /** Whether a cartridge is in it. */
  readonly content: PortContent;
  /** Whether it is extended. */
  readonly position: PortPosition;
  /** Seconds it may stay extended before the operator is called. */
  readonly maxExtendSeconds: number;
}
