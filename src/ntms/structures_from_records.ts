/**
 * Fills NTMS_OBJECTINFORMATION from the record of an object.
 *
 * @module
 */

import type { NtmsObject } from "../model/objects.ts";
import { OBJECT_TYPES, OPERATIONAL_STATES } from "../model/states.ts";
import {
  changerInformation,
  changerTypeInformation,
  doorInformation,
  driveInformation,
  driveTypeInformation,
  libraryInformation,
  portInformation,
  slotInformation,
} from "./library_structures_from_records.ts";
import {
  cartridgeInformation,
  computerInformation,
  libraryRequestInformation,
  logicalMediumInformation,
  mediaPoolInformation,
  mediaTypeInformation,
  operatorRequestInformation,
  sideInformation,
} from "./media_structures_from_records.ts";
import type {
  FilledObjectInformation,
  ObjectInformationUnion,
} from "./structures.ts";
import type { Charset } from "./windows_1252.ts";

/**
 * The structure that tells what a record tells.
 *
 * @param record The object.
 * @param dwSize Size the caller stated; repeated in the structure.
 * @param text Puts text into the structure's character set.
 */
export function objectInformation(
  record: NtmsObject,
  dwSize: number,
  text: Charset,
): FilledObjectInformation {
  return {
    dwSize,
    Created: record.created,
    Modified: record.modified,
    ObjectGuid: record.id,
    Enabled: record.enabled,
    dwOperationalState: OPERATIONAL_STATES[record.operationalState],
    szName: text(record.name),
    szDescription: text(record.description),
    ...infoOf(record, text),
  };
}

function infoOf(record: NtmsObject, text: Charset): ObjectInformationUnion {
  switch (record.type) {
    case "changer":
      return {
        dwType: OBJECT_TYPES.changer,
        Info: { Changer: changerInformation(record, text) },
      };
    case "changerType":
      return {
        dwType: OBJECT_TYPES.changerType,
        Info: { ChangerType: changerTypeInformation(record, text) },
      };
    case "door":
      return {
        dwType: OBJECT_TYPES.door,
        Info: { IEDoor: doorInformation(record) },
      };
    case "drive":
      return {
        dwType: OBJECT_TYPES.drive,
        Info: { Drive: driveInformation(record, text) },
      };
    case "driveType":
      return {
        dwType: OBJECT_TYPES.driveType,
        Info: { DriveType: driveTypeInformation(record, text) },
      };
    case "library":
      return {
        dwType: OBJECT_TYPES.library,
        Info: { Library: libraryInformation(record) },
      };
    case "port":
      return {
        dwType: OBJECT_TYPES.port,
        Info: { IEPort: portInformation(record) },
      };
    case "slot":
      return {
        dwType: OBJECT_TYPES.slot,
        Info: { StorageSlot: slotInformation(record) },
      };
    default:
      return mediaInfoOf(record, text);
  }
}

type LibraryPart =
  | "changer"
  | "changerType"
  | "door"
  | "drive"
  | "driveType"
  | "library"
  | "port"
  | "slot";

function mediaInfoOf(
  record: Exclude<NtmsObject, { type: LibraryPart }>,
  text: Charset,
): ObjectInformationUnion {
  switch (record.type) {
    case "cartridge":
      return {
        dwType: OBJECT_TYPES.cartridge,
        Info: { PhysicalMedia: cartridgeInformation(record, text) },
      };
    case "computer":
      return {
        dwType: OBJECT_TYPES.computer,
        Info: { Computer: computerInformation(record) },
      };
    case "libraryRequest":
      return {
        dwType: OBJECT_TYPES.libraryRequest,
        Info: { LibRequest: libraryRequestInformation(record, text) },
      };
    case "logicalMedium":
      return {
        dwType: OBJECT_TYPES.logicalMedium,
        Info: { LogicalMedia: logicalMediumInformation(record) },
      };
    case "mediaPool":
      return {
        dwType: OBJECT_TYPES.mediaPool,
        Info: { MediaPool: mediaPoolInformation(record) },
      };
    case "mediaType":
      return {
        dwType: OBJECT_TYPES.mediaType,
        Info: { MediaType: mediaTypeInformation(record) },
      };
    case "operatorRequest":
      return {
        dwType: OBJECT_TYPES.operatorRequest,
        Info: { OpRequest: operatorRequestInformation(record, text) },
      };
    case "side":
      return {
        dwType: OBJECT_TYPES.side,
        Info: { Partition: sideInformation(record, text) },
      };
  }
}
