/**
 * What a device says of itself: standard INQUIRY data and vital product data
 * pages (SPC-4 6.4 and 7.8).
 *
 * @module
 */
import { hex, readUint16, readUint8, requireBytes, viewOf } from "./bytes.ts";
import { type Designator, readDesignator } from "./designator.ts";
import { readText, textInView } from "./text.ts";

/** Peripheral device types that this project meets. */
export const DEVICE_TYPE = {
  disk: 0x00,
  tape: 0x01,
  writeOnce: 0x04,
  cdDvd: 0x05,
  opticalMemory: 0x07,
  mediumChanger: 0x08,
  storageArray: 0x0c,
  enclosure: 0x0d,
  simplifiedDisk: 0x0e,
  none: 0x1f,
} as const;

/** Standard INQUIRY data. Text is trimmed; what the device left out is empty or null. */
export interface InquiryData {
  /** Peripheral qualifier: 0 connected, 1 not connected, 3 no such unit. */
  readonly qualifier: number;
  /** Peripheral device type, see {@linkcode DEVICE_TYPE}. */
  readonly deviceType: number;
  /** RMB: the medium can be removed. */
  readonly removable: boolean;
  /** Version of the standard: 2 SCSI-2, 3 SPC, 4 SPC-2, 5 SPC-3, 6 SPC-4, 7 SPC-5. */
  readonly version: number;
  /** MCHNGR: an old way to a changer, through this drive's logical unit. */
  readonly attachedChanger: boolean;
  /** Maker, at most 8 characters. */
  readonly vendor: string;
  /** Model, at most 16 characters. */
  readonly product: string;
  /** Firmware, at most 4 characters. */
  readonly revision: string;
  /**
   * Byte 55 bit 0, by which the Exabyte, IBM TS3100 and HP MSL families say
   * that a bar code reader is fitted. Null where the data ends before it.
   */
  readonly barcodeReader: boolean | null;
  /** Version descriptors, without the empty ones. */
  readonly versionDescriptors: readonly number[];
}

const VERSION_DESCRIPTORS_START = 58;
const VERSION_DESCRIPTORS_END = 74;

/**
 * Decodes standard INQUIRY data. Bytes after the announced length do not count.
 *
 * @throws {RangeError} When even the header of 5 bytes is not there.
 */
export function decodeInquiry(answer: Uint8Array): InquiryData {
  requireBytes(answer, 0, 5, "standard INQUIRY data");
  const bytes = answer.subarray(0, 5 + readUint8(answer, 4, "its length"));
  const view = viewOf(bytes);
  const first = view.getUint8(0);
  const textAt = (offset: number, size: number): string =>
    bytes.length >= offset + size ? textInView(view, offset, size) : "";
  const versionDescriptors: number[] = [];
  const end = Math.min(bytes.length, VERSION_DESCRIPTORS_END);
  for (let at = VERSION_DESCRIPTORS_START; at + 2 <= end; at += 2) {
    const descriptor = view.getUint16(at);
    if (descriptor !== 0) versionDescriptors.push(descriptor);
  }
  return {
    qualifier: first >> 5,
    deviceType: first & 0x1f,
    removable: (view.getUint8(1) & 0x80) !== 0,
    version: view.getUint8(2),
    attachedChanger: ((bytes[6] ?? 0) & 0x08) !== 0,
    vendor: textAt(8, 8),
    product: textAt(16, 16),
    revision: textAt(32, 4),
    barcodeReader: bytes.length > 55 ? (view.getUint8(55) & 1) !== 0 : null,
    versionDescriptors,
  };
}

/** Codes of the vital product data pages decoded here. */
export const VPD_PAGE = {
  supportedPages: 0x00,
  unitSerialNumber: 0x80,
  deviceIdentification: 0x83,
} as const;

/**
 * The data of a vital product data page, after its header.
 *
 * @throws {RangeError} When it is another page or not all there.
 */
function vpdData(answer: Uint8Array, page: number): Uint8Array {
  const what = `VPD page ${hex(page)}h`;
  requireBytes(answer, 0, 4, `the header of ${what}`);
  const found = answer[1] ?? 0;
  if (found !== page) {
    throw new RangeError(
      `Cannot read ${what}: the page code at offset 1 is ${hex(found)}h`,
    );
  }
  const size = readUint16(answer, 2, `the length of ${what}`);
  requireBytes(answer, 4, size, what);
  return answer.subarray(4, 4 + size);
}

/**
 * Decodes VPD page 00h: the codes of the pages that the device has.
 *
 * @throws {RangeError} When it is another page or not all there.
 */
export function decodeSupportedVpdPages(answer: Uint8Array): readonly number[] {
  return Array.from(vpdData(answer, VPD_PAGE.supportedPages));
}

/**
 * Decodes VPD page 80h: the serial number, without the blanks and NULs around
 * it; empty where the device has a page but no number.
 *
 * @throws {RangeError} When it is another page or not all there.
 */
export function decodeUnitSerialNumber(answer: Uint8Array): string {
  const data = vpdData(answer, VPD_PAGE.unitSerialNumber);
  return readText(data, 0, data.length, "the unit serial number");
}

/**
 * Decodes VPD page 83h: the device's designators.
 *
 * @throws {RangeError} When it is another page, or a designator is cut.
 */
export function decodeDeviceIdentification(
  answer: Uint8Array,
): readonly Designator[] {
  const data = vpdData(answer, VPD_PAGE.deviceIdentification);
  const designators: Designator[] = [];
  let offset = 0;
  while (offset < data.length) {
    const { designator, next } = readDesignator(data, offset);
    designators.push(designator);
    offset = next;
  }
  return designators;
}
