/**
 * Fills the documented structures of libraries and their parts.
 *
 * @module
 */

import { NULL_GUID } from "../model/ids.ts";
import type {
  ChangerRecord,
  ChangerTypeRecord,
  DoorRecord,
  DriveRecord,
  DriveTypeRecord,
  LibraryRecord,
  PortRecord,
  ScsiAddress,
  SlotRecord,
} from "../model/objects.ts";
import {
  DEVICE_CLASSES,
  DOOR_STATES,
  DRIVE_STATES,
  INVENTORY_METHODS,
  LIBRARY_KINDS,
  PORT_CONTENTS,
  PORT_POSITIONS,
  SLOT_STATES,
} from "../model/states.ts";
import type {
  NTMS_CHANGERINFORMATION,
  NTMS_CHANGERTYPEINFORMATION,
  NTMS_DRIVEINFORMATION,
  NTMS_DRIVETYPEINFORMATION,
  NTMS_IEDOORINFORMATION,
  NTMS_IEPORTINFORMATION,
  NTMS_LIBRARYINFORMATION,
  NTMS_STORAGESLOTINFORMATION,
} from "./library_structures.ts";
import type { Charset } from "./windows_1252.ts";

/** Fills NTMS_LIBRARYINFORMATION. */
export function libraryInformation(
  record: LibraryRecord,
): NTMS_LIBRARYINFORMATION {
  return {
    LibraryType: LIBRARY_KINDS[record.kind],
    CleanerSlot: record.cleanerSlot ?? NULL_GUID,
    CleanerSlotDefault: record.cleanerSlotDefault ?? NULL_GUID,
    LibrarySupportsDriveCleaning: record.supportsDriveCleaning,
    BarCodeReaderInstalled: record.barCodeReader,
    InventoryMethod: INVENTORY_METHODS[record.inventoryMethod],
    dwCleanerUsesRemaining: record.cleanerUsesRemaining,
    FirstDriveNumber: record.drives.first,
    dwNumberOfDrives: record.drives.count,
    FirstSlotNumber: record.slots.first,
    dwNumberOfSlots: record.slots.count,
    FirstDoorNumber: record.doors.first,
    dwNumberOfDoors: record.doors.count,
    FirstPortNumber: record.ports.first,
    dwNumberOfPorts: record.ports.count,
    FirstChangerNumber: record.changers.first,
    dwNumberOfChangers: record.changers.count,
    dwNumberOfMedia: record.mediaCount,
    dwNumberOfMediaTypes: record.mediaTypeCount,
    dwNumberOfLibRequests: record.requestCount,
    Reserved: NULL_GUID,
    AutoRecovery: record.autoRecovery,
    dwFlags: record.flags,
  };
}

/** Fills NTMS_CHANGERINFORMATION. */
export function changerInformation(
  record: ChangerRecord,
  text: Charset,
): NTMS_CHANGERINFORMATION {
  return {
    Number: record.number,
    ChangerType: record.changerType,
    szSerialNumber: text(record.serialNumber),
    szRevision: text(record.revision),
    szDeviceName: text(record.device),
    ...scsiMembers(record.scsi),
    Library: record.library,
  };
}

/** Fills NTMS_CHANGERTYPEINFORMATION. */
export function changerTypeInformation(
  record: ChangerTypeRecord,
  text: Charset,
): NTMS_CHANGERTYPEINFORMATION {
  return {
    szVendor: text(record.vendor),
    szProduct: text(record.product),
    DeviceType: DEVICE_CLASSES[record.deviceClass],
  };
}

/** Fills NTMS_DRIVEINFORMATION. */
export function driveInformation(
  record: DriveRecord,
  text: Charset,
): NTMS_DRIVEINFORMATION {
  return {
    Number: record.number,
    State: DRIVE_STATES[record.state],
    DriveType: record.driveType,
    szDeviceName: text(record.device),
    szSerialNumber: text(record.serialNumber),
    szRevision: text(record.revision),
    ...scsiMembers(record.scsi),
    dwMountCount: record.mountCount,
    LastCleanedTs: record.lastCleaned,
    SavedPartitionId: record.side ?? NULL_GUID,
    Library: record.library,
    Reserved: NULL_GUID,
    dwDeferDismountDelay: record.deferDismountSeconds,
  };
}

/** Fills NTMS_DRIVETYPEINFORMATION. */
export function driveTypeInformation(
  record: DriveTypeRecord,
  text: Charset,
): NTMS_DRIVETYPEINFORMATION {
  return {
    szVendor: text(record.vendor),
    szProduct: text(record.product),
    NumberOfHeads: 0,
    DeviceType: DEVICE_CLASSES[record.deviceClass],
  };
}

/** Fills NTMS_STORAGESLOTINFORMATION. */
export function slotInformation(
  record: SlotRecord,
): NTMS_STORAGESLOTINFORMATION {
  return {
    Number: record.number,
    State: SLOT_STATES[record.state],
    Library: record.library,
  };
}

/** Fills NTMS_IEDOORINFORMATION. */
export function doorInformation(record: DoorRecord): NTMS_IEDOORINFORMATION {
  return {
    Number: record.number,
    State: DOOR_STATES[record.state],
    MaxOpenSecs: record.maxOpenSeconds,
    Library: record.library,
  };
}

/** Fills NTMS_IEPORTINFORMATION. */
export function portInformation(record: PortRecord): NTMS_IEPORTINFORMATION {
  return {
    Number: record.number,
    Content: PORT_CONTENTS[record.content],
    Position: PORT_POSITIONS[record.position],
    MaxExtendSecs: record.maxExtendSeconds,
    Library: record.library,
  };
}

function scsiMembers(
  address: ScsiAddress,
): Pick<
  NTMS_DRIVEINFORMATION,
  "ScsiPort" | "ScsiBus" | "ScsiTarget" | "ScsiLun"
> {
  return {
    ScsiPort: address.port,
    ScsiBus: address.bus,
    ScsiTarget: address.target,
    ScsiLun: address.lun,
  };
}
