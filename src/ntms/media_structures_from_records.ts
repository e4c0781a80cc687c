/**
 * Fills the documented structures of media, pools, requests and the service.
 *
 * @module
 */

import { NULL_GUID } from "../model/ids.ts";
import type {
  CartridgeRecord,
  ComputerRecord,
  LibraryRequestRecord,
  LogicalMediumRecord,
  MediaPoolRecord,
  MediaTypeRecord,
  OperatorRequestRecord,
  SideRecord,
} from "../model/objects.ts";
import {
  BAR_CODE_STATES,
  DEVICE_CLASSES,
  LIBRARY_OPERATIONS,
  MEDIA_STATES,
  OBJECT_TYPES,
  OPERATOR_COMMANDS,
  OPERATOR_STATES,
  POOL_KINDS,
  REQUEST_STATES,
  SIDE_STATES,
  WRITABILITIES,
} from "../model/states.ts";
import {
  NTMS_ALLOCATE_FROMSCRATCH,
  NTMS_DEALLOCATE_TOSCRATCH,
} from "./media_constants.ts";
import type {
  NTMS_LMIDINFORMATION,
  NTMS_MEDIAPOOLINFORMATION,
  NTMS_MEDIATYPEINFORMATION,
  NTMS_PARTITIONINFORMATION,
  NTMS_PMIDINFORMATION,
} from "./media_structures.ts";
import { NTMS_UNKNOWN } from "./object_constants.ts";
import type {
  NTMS_COMPUTERINFORMATION,
  NTMS_LIBREQUESTINFORMATION,
  NTMS_OPREQUESTINFORMATION,
} from "./request_structures.ts";
import type { Charset } from "./windows_1252.ts";

/** Fills NTMS_PMIDINFORMATION. */
export function cartridgeInformation(
  record: CartridgeRecord,
  text: Charset,
): NTMS_PMIDINFORMATION {
  return {
    CurrentLibrary: record.library,
    MediaPool: record.mediaPool,
    Location: record.location ?? NULL_GUID,
    LocationType: OBJECT_TYPES[record.locationType],
    MediaType: record.mediaType,
    HomeSlot: record.homeSlot ?? NULL_GUID,
    szBarCode: text(record.barCode),
    BarCodeState: BAR_CODE_STATES[record.barCodeState],
    szSequenceNumber: text(record.sequenceNumber),
    MediaState: MEDIA_STATES[record.state],
    dwNumberOfPartitions: record.sideCount,
    dwMediaTypeCode: record.mediumTypeCode,
    dwDensityCode: record.densityCode,
    MountedPartition: record.mountedSide ?? NULL_GUID,
  };
}

/** Fills NTMS_LMIDINFORMATION. */
export function logicalMediumInformation(
  record: LogicalMediumRecord,
): NTMS_LMIDINFORMATION {
  return {
    MediaPool: record.mediaPool,
    dwNumberOfPartitions: record.sideCount,
  };
}

/** Fills NTMS_PARTITIONINFORMATION. */
export function sideInformation(
  record: SideRecord,
  text: Charset,
): NTMS_PARTITIONINFORMATION {
  const labelId = bytesOfHex(record.label.id);
  return {
    PhysicalMedia: record.cartridge,
    LogicalMedia: record.logicalMedium ?? NULL_GUID,
    State: SIDE_STATES[record.state],
    Side: record.sideNumber,
    dwOmidLabelIdLength: labelId.length,
    OmidLabelId: labelId,
    szOmidLabelType: text(record.label.type),
    szOmidLabelInfo: text(record.label.info),
    dwMountCount: record.mountCount,
    dwAllocateCount: record.allocateCount,
    Capacity: BigInt(record.capacityBytes),
  };
}

/** Fills NTMS_MEDIAPOOLINFORMATION. */
export function mediaPoolInformation(
  record: MediaPoolRecord,
): NTMS_MEDIAPOOLINFORMATION {
  return {
    PoolType: POOL_KINDS[record.kind],
    MediaType: record.mediaType ?? NULL_GUID,
    Parent: record.parent ?? NULL_GUID,
    AllocationPolicy: record.drawFromFree ? NTMS_ALLOCATE_FROMSCRATCH : 0,
    DeallocationPolicy: record.returnToFree ? NTMS_DEALLOCATE_TOSCRATCH : 0,
    dwMaxAllocates: record.maxAllocates,
    dwNumberOfPhysicalMedia: record.cartridgeCount,
    dwNumberOfLogicalMedia: record.logicalMediumCount,
    dwNumberOfMediaPools: record.poolCount,
  };
}

/** Fills NTMS_MEDIATYPEINFORMATION. */
export function mediaTypeInformation(
  record: MediaTypeRecord,
): NTMS_MEDIATYPEINFORMATION {
  return {
    MediaType: record.code,
    NumberOfSides: record.sideCount,
    ReadWriteCharacteristics: WRITABILITIES[record.writability],
    DeviceType: DEVICE_CLASSES[record.deviceClass],
  };
}

/** Fills NTMS_LIBREQUESTINFORMATION. */
export function libraryRequestInformation(
  record: LibraryRequestRecord,
  text: Charset,
): NTMS_LIBREQUESTINFORMATION {
  return {
    OperationCode: LIBRARY_OPERATIONS[record.operation],
    OperationOption: record.option,
    State: REQUEST_STATES[record.state],
    PartitionId: record.side ?? NULL_GUID,
    DriveId: record.drive ?? NULL_GUID,
    PhysMediaId: record.cartridge ?? NULL_GUID,
    Library: record.library,
    SlotId: record.slot ?? NULL_GUID,
    TimeQueued: record.queued,
    TimeCompleted: record.completed,
    szApplication: text(record.application),
    szUser: text(record.user),
    szComputer: text(record.computer),
    dwErrorCode: record.errorCode,
    WorkItemId: record.workItem ?? NULL_GUID,
    dwPriority: record.priority,
  };
}

/** Fills NTMS_OPREQUESTINFORMATION. */
export function operatorRequestInformation(
  record: OperatorRequestRecord,
  text: Charset,
): NTMS_OPREQUESTINFORMATION {
  const { argument1, argument2 } = record;
  return {
    Request: OPERATOR_COMMANDS[record.command],
    Submitted: record.submitted,
    State: OPERATOR_STATES[record.state],
    szMessage: text(record.message),
    Arg1Type: argument1 ? OBJECT_TYPES[argument1.type] : NTMS_UNKNOWN,
    Arg1: argument1?.id ?? NULL_GUID,
    Arg2Type: argument2 ? OBJECT_TYPES[argument2.type] : NTMS_UNKNOWN,
    Arg2: argument2?.id ?? NULL_GUID,
    szApplication: text(record.application),
    szUser: text(record.user),
    szComputer: text(record.computer),
  };
}

/** Fills NTMS_COMPUTERINFORMATION. */
export function computerInformation(
  record: ComputerRecord,
): NTMS_COMPUTERINFORMATION {
  return {
    dwLibRequestPurgeTime: record.libraryRequestPurgeSeconds,
    dwOpRequestPurgeTime: record.operatorRequestPurgeSeconds,
    dwLibRequestFlags: record.libraryRequestFlags,
    dwOpRequestFlags: record.operatorRequestFlags,
    dwMediaPoolPolicy: record.mediaPoolPolicy,
  };
}

/** The bytes that two hexadecimal digits each stand for. */
function bytesOfHex(hex: string): Uint8Array {
  const pairs = hex.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}
