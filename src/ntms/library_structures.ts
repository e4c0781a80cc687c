/**
 * The documented structures of libraries and their parts. Text members are
 * whole strings, ids lower-case GUIDs, and an id that names nothing is
 * NTMS_NULLGUID.
 *
 * @module
 */

import type { Guid, LibraryId, SideId, SlotId } from "../model/ids.ts";
import type {
  NtmsDoorState,
  NtmsDriveState,
  NtmsInventoryMethod,
  NtmsLibraryFlags,
  NtmsLibraryType,
  NtmsPortContent,
  NtmsPortPosition,
  NtmsSlotState,
} from "./library_constants.ts";
import type { NtmsDeviceType } from "./media_type_constants.ts";
import type { DWORD } from "./types.ts";

/** A library. Of the offline library only `LibraryType` and `dwNumberOfMedia` mean anything. */
export interface NTMS_LIBRARYINFORMATION {
  /** Robotic, stand-alone or offline. */
  LibraryType: NtmsLibraryType;
  /** The slot reserved for a cleaning cartridge. */
  CleanerSlot: SlotId;
  /** The slot preferred for a cleaning cartridge. */
  CleanerSlotDefault: SlotId;
  /** Whether drives can be cleaned automatically. */
  LibrarySupportsDriveCleaning: boolean;
  /** Whether it has a bar code reader. */
  BarCodeReaderInstalled: boolean;
  /** What NTMS_INVENTORY_DEFAULT does here. */
  InventoryMethod: NtmsInventoryMethod;
  /** Cleanings left; 0 without a cleaning cartridge, 0xFFFFFFFF where they are not counted. */
  dwCleanerUsesRemaining: DWORD;
  /** Number of the first drive, 0 or 1. */
  FirstDriveNumber: DWORD;
  /** How many drives it has. */
  dwNumberOfDrives: DWORD;
  /** Number of the first slot, 0 or 1. */
  FirstSlotNumber: DWORD;
  /** How many slots it has. */
  dwNumberOfSlots: DWORD;
  /** Number of the first door, 0 or 1. */
  FirstDoorNumber: DWORD;
  /** How many doors it has. */
  dwNumberOfDoors: DWORD;
  /** Number of the first import/export port, 0 or 1. */
  FirstPortNumber: DWORD;
  /** How many import/export ports it has. */
  dwNumberOfPorts: DWORD;
  /** Number of the first robot, 0 or 1. */
  FirstChangerNumber: DWORD;
  /** How many robots it has. */
  dwNumberOfChangers: DWORD;
  /** Cartridges in it. */
  dwNumberOfMedia: DWORD;
  /** Media types it handles. */
  dwNumberOfMediaTypes: DWORD;
  /** Library requests on record for it. */
  dwNumberOfLibRequests: DWORD;
  /** NTMS_NULLGUID. */
  Reserved: Guid;
  /** Whether a mount that fails starts a full inventory. */
  AutoRecovery: boolean;
  /** Bits of the library. */
  dwFlags: NtmsLibraryFlags;
}

/** A robot. */
export interface NTMS_CHANGERINFORMATION {
  /** Number in its library. */
  Number: DWORD;
  /** Id of its make and model. */
  ChangerType: Guid;
  /** Serial number; empty where the device tells none. */
  szSerialNumber: string;
  /** Firmware revision. */
  szRevision: string;
  /** Device path or URL. */
  szDeviceName: string;
  /** Host adapter it was last seen at. */
  ScsiPort: number;
  /** Bus it was last seen at. */
  ScsiBus: number;
  /** Target it was last seen as. */
  ScsiTarget: number;
  /** Logical unit it was last seen as. */
  ScsiLun: number;
  /** Its library. */
  Library: LibraryId;
}

/** A make and model of robots. */
export interface NTMS_CHANGERTYPEINFORMATION {
  /** Vendor, as the device tells it. */
  szVendor: string;
  /** Product, as the device tells it. */
  szProduct: string;
  /** FILE_DEVICE_CHANGER. */
  DeviceType: NtmsDeviceType;
}

/** A drive. */
export interface NTMS_DRIVEINFORMATION {
  /** Number in its library. */
  Number: DWORD;
  /** Whether a medium is in it, and how ready it is. */
  State: NtmsDriveState;
  /** Id of its make and model. */
  DriveType: Guid;
  /** Path to open for reading and writing, such as `/dev/nst0`; empty where none was found. */
  szDeviceName: string;
  /** Serial number; empty where the device tells none. */
  szSerialNumber: string;
  /** Firmware revision. */
  szRevision: string;
  /** Host adapter it was last seen at. */
  ScsiPort: number;
  /** Bus it was last seen at. */
  ScsiBus: number;
  /** Target it was last seen as. */
  ScsiTarget: number;
  /** Logical unit it was last seen as. */
  ScsiLun: number;
  /** Mounts so far. */
  dwMountCount: DWORD;
  /** When it was cleaned last; `null` for never. */
  LastCleanedTs: Date | null;
  /** The side in it; NTMS_NULLGUID while it is empty, and while a medium that a person put in is not identified. */
  SavedPartitionId: SideId;
  /** Its library. */
  Library: LibraryId;
  /** NTMS_NULLGUID. */
  Reserved: Guid;
  /** Seconds that a medium stays at least after a deferred dismount. */
  dwDeferDismountDelay: DWORD;
}

/** A make and model of drives. */
export interface NTMS_DRIVETYPEINFORMATION {
  /** Vendor, as the device tells it. */
  szVendor: string;
  /** Product, as the device tells it. */
  szProduct: string;
  /** 0; reserved. */
  NumberOfHeads: DWORD;
  /** FILE_DEVICE_TAPE, or what else it is. */
  DeviceType: NtmsDeviceType;
}

/** A storage slot. */
export interface NTMS_STORAGESLOTINFORMATION {
  /** Number in its library. */
  Number: DWORD;
  /** Whether a cartridge is in it. */
  State: NtmsSlotState;
  /** Its library. */
  Library: LibraryId;
}

/** A door. */
export interface NTMS_IEDOORINFORMATION {
  /** Number in its library. */
  Number: DWORD;
  /** Whether it is open. */
  State: NtmsDoorState;
  /** Seconds it may stay open before the operator is asked, 0 to 65535. */
  MaxOpenSecs: number;
  /** Its library. */
  Library: LibraryId;
}

/** An import/export port. */
export interface NTMS_IEPORTINFORMATION {
  /** Number in its library. */
  Number: DWORD;
  /** Whether a cartridge is in it. */
  Content: NtmsPortContent;
  /** Whether it is extended. */
  Position: NtmsPortPosition;
  /** Seconds it may stay extended before the operator is asked, 0 to 65535. */
  MaxExtendSecs: number;
  /** Its library. */
  Library: LibraryId;
}
