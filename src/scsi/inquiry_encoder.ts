/**
 * Encoding of standard INQUIRY data and vital product data pages, for the
 * virtual changer and for tests.
 *
 * @module
 */
import { concatBytes, requireInteger, truncate, viewOf } from "./bytes.ts";
import { type Designator, encodeDesignator } from "./designator.ts";
import { type InquiryData, VPD_PAGE } from "./inquiry.ts";
import { encodeText, writeText } from "./text.ts";

const STANDARD_SIZE = 74;
const VERSION_DESCRIPTORS_START = 58;
const VERSION_DESCRIPTORS = 8;
/** SPC-3 and later: the fields have the places that the standard gives them. */
const CURRENT_FORMAT = 0x02;
const MOST_BYTES = 0xffff;

/**
 * Encodes standard INQUIRY data, cut to the allocation length of the command.
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeInquiry(
  data: InquiryData,
  allocationLength: number = MOST_BYTES,
): Uint8Array {
  const bytes = new Uint8Array(STANDARD_SIZE);
  const view = viewOf(bytes);
  bytes[0] = (requireInteger(data.qualifier, 7, "peripheral qualifier") << 5) |
    requireInteger(data.deviceType, 0x1f, "device type");
  bytes[1] = data.removable ? 0x80 : 0;
  bytes[2] = requireInteger(data.version, 0xff, "version");
  bytes[3] = CURRENT_FORMAT;
  bytes[4] = STANDARD_SIZE - 5;
  bytes[6] = data.attachedChanger ? 0x08 : 0;
  writeText(bytes, 8, 8, data.vendor, "vendor");
  writeText(bytes, 16, 16, data.product, "product");
  writeText(bytes, 32, 4, data.revision, "revision");
  bytes[55] = data.barcodeReader === true ? 1 : 0;
  requireInteger(
    data.versionDescriptors.length,
    VERSION_DESCRIPTORS,
    "number of version descriptors",
  );
  data.versionDescriptors.forEach((descriptor, index) => {
    view.setUint16(
      VERSION_DESCRIPTORS_START + 2 * index,
      requireInteger(descriptor, 0xffff, "version descriptor"),
    );
  });
  return truncate(bytes, allocationLength);
}

/** To which device a page belongs, and the room for it. */
export interface EncodeVpdOptions {
  /** Peripheral device type, see DEVICE_TYPE. */
  readonly deviceType: number;
  /** Room for the answer. @default {65535} */
  readonly allocationLength?: number;
}

function encodeVpd(
  page: number,
  data: Uint8Array,
  options: EncodeVpdOptions,
): Uint8Array {
  const header = new Uint8Array(4);
  header[0] = requireInteger(options.deviceType, 0x1f, "device type");
  header[1] = page;
  viewOf(header).setUint16(
    2,
    requireInteger(data.length, 0xffff, "VPD page length"),
  );
  return truncate(
    concatBytes([header, data]),
    options.allocationLength ?? MOST_BYTES,
  );
}

/** Encodes VPD page 00h: the codes of the pages that the device has. */
export function encodeSupportedVpdPages(
  pages: readonly number[],
  options: EncodeVpdOptions,
): Uint8Array {
  const codes = pages.map((page) => requireInteger(page, 0xff, "page code"));
  return encodeVpd(VPD_PAGE.supportedPages, Uint8Array.from(codes), options);
}

/** Encodes VPD page 80h: the serial number. */
export function encodeUnitSerialNumber(
  serialNumber: string,
  options: EncodeVpdOptions,
): Uint8Array {
  const data = encodeText(serialNumber, "serial number");
  return encodeVpd(VPD_PAGE.unitSerialNumber, data, options);
}

/** Encodes VPD page 83h: the device's designators. */
export function encodeDeviceIdentification(
  designators: readonly Designator[],
  options: EncodeVpdOptions,
): Uint8Array {
  const data = concatBytes(designators.map(encodeDesignator));
  return encodeVpd(VPD_PAGE.deviceIdentification, data, options);
}
