/**
 * Who a virtual device says it is: INQUIRY data and vital product data.
 *
 * @module
 */
import {
  type Command,
  encodeDeviceIdentification,
  encodeInquiry,
  encodeSupportedVpdPages,
  encodeUnitSerialNumber,
  type InquiryData,
  t10Designator,
  VPD_PAGE,
} from "../../scsi/mod.ts";
import type { DeviceIdentity } from "../changer.ts";
import { DRIVE_MODELS, type DriveModel } from "./drive_models.ts";
import type { Outcome } from "./logical_unit.ts";
import { atField, SENSE } from "./sense_codes.ts";

/** Version of the standard that virtual devices follow: SPC-3. */
const SPC_3 = 5;
/** Byte of an INQUIRY command that holds the page code. */
const PAGE_FIELD = 2;

/** Identity of the virtual changer of that name. */
export function changerIdentity(name: string): DeviceIdentity {
  return {
    vendor: "NTMS",
    product: "VIRTUAL LIBRARY",
    revision: "0001",
    serialNumber: `VL-${name}`,
  };
}

/** Identity of one of its drives, by number. */
export function driveIdentity(
  name: string,
  number: number,
  { product }: DriveModel = DRIVE_MODELS.tape,
): DeviceIdentity {
  return {
    vendor: "NTMS",
    product,
    revision: "0001",
    serialNumber: `VL-${name}-D${number}`,
  };
}

/** Answers INQUIRY. */
export function answerInquiry(
  identity: DeviceIdentity,
  deviceType: number,
  command: Extract<Command, { command: "inquiry" }>,
): Outcome {
  const { allocationLength, vpdPage } = command;
  const options = { deviceType, allocationLength };
  switch (vpdPage) {
    case null:
      return {
        data: encodeInquiry(
          inquiryData(identity, deviceType),
          allocationLength,
        ),
      };
    case VPD_PAGE.supportedPages:
      return {
        data: encodeSupportedVpdPages(Object.values(VPD_PAGE), options),
      };
    case VPD_PAGE.unitSerialNumber:
      return { data: encodeUnitSerialNumber(identity.serialNumber, options) };
    case VPD_PAGE.deviceIdentification:
      return {
        data: encodeDeviceIdentification([t10Designator(identity)], options),
      };
    default:
      return { sense: atField(SENSE.invalidField, PAGE_FIELD) };
  }
}

function inquiryData(
  identity: DeviceIdentity,
  deviceType: number,
): InquiryData {
  const { vendor, product, revision } = identity;
  return {
    qualifier: 0,
    deviceType,
    removable: true,
    version: SPC_3,
    attachedChanger: false,
    vendor,
    product,
    revision,
    barcodeReader: true,
    versionDescriptors: [],
  };
}
