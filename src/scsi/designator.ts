/**
 * Designators: how SCSI names a device, in VPD page 83h (SPC-4 7.8.5) and, in
 * almost the same form, in the element status of a drive.
 *
 * @module
 */
import {
  concatBytes,
  copyBytes,
  readUint8,
  requireInteger,
  viewOf,
} from "./bytes.ts";
import { encodeText, textInView } from "./text.ts";

/** How the bytes of a designator are coded. */
export type CodeSet = "binary" | "ascii" | "utf8" | "reserved";

/** The name of a code set. */
export function codeSetOf(code: number): CodeSet {
  switch (code & 0x0f) {
    case 1:
      return "binary";
    case 2:
      return "ascii";
    case 3:
      return "utf8";
    default:
      return "reserved";
  }
}

/** The designator types that a program tells apart. */
export const DESIGNATOR_TYPE = {
  vendorSpecific: 0,
  t10: 1,
  eui64: 2,
  naa: 3,
  relativePort: 4,
  portGroup: 5,
  logicalUnitGroup: 6,
  md5: 7,
  scsiName: 8,
} as const;

/** What a designator names. */
export type Association = "logicalUnit" | "targetPort" | "targetDevice";

const ASSOCIATIONS: readonly Association[] = [
  "logicalUnit",
  "targetPort",
  "targetDevice",
];

/** The part that designators and device identifiers have in common. */
export interface DeviceIdentifier {
  /** Code set as sent: 1 binary, 2 ASCII, 3 UTF-8. */
  readonly codeSet: number;
  /** Designator type as sent, see {@linkcode DESIGNATOR_TYPE}. */
  readonly type: number;
  /**
   * The name: text without the blanks around it, or for anything but text the
   * bytes in hexadecimal, in lower case.
   */
  readonly text: string;
}

/** One designator of VPD page 83h. */
export interface Designator extends DeviceIdentifier {
  /** What it names; null for a reserved code. */
  readonly association: Association | null;
  /** Protocol identifier, null where the page says that there is none. */
  readonly protocol: number | null;
  /** The bytes as sent. */
  readonly bytes: Uint8Array;
}

/** The text of a designator's bytes, as {@linkcode DeviceIdentifier} has it. */
export function designatorText(
  codeSet: number,
  bytes: Uint8Array,
): string {
  switch (codeSetOf(codeSet)) {
    case "ascii":
      return textInView(viewOf(bytes), 0, bytes.length);
    case "utf8":
      return utf8Text(bytes);
    default:
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
        .join("");
  }
}

function utf8Text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
    .replaceAll("\0", " ").trim().replaceAll(/\p{Cc}/gu, "\uFFFD");
}

/**
 * The bytes of a designator's text; hexadecimal for anything but text.
 *
 * @throws {RangeError} When the text cannot be written in that code set.
 */
export function encodeDesignatorText(
  codeSet: number,
  text: string,
): Uint8Array {
  switch (codeSetOf(codeSet)) {
    case "ascii":
      return encodeText(text, "designator");
    case "utf8":
      return new TextEncoder().encode(text);
    default:
      if (!/^([0-9a-f]{2})*$/.test(text)) {
        throw new RangeError(
          `Cannot encode designator: pairs of lower-case hexadecimal digits are needed, got "${text}"`,
        );
      }
      return Uint8Array.from(
        text.match(/../g) ?? [],
        (pair) => parseInt(pair, 16),
      );
  }
}

/** One designator with its header, as it stands in VPD page 83h. */
export function encodeDesignator(designator: Designator): Uint8Array {
  const { association, protocol } = designator;
  const code = association === null ? 3 : ASSOCIATIONS.indexOf(association);
  const header = Uint8Array.of(
    (requireInteger(protocol ?? 0, 0x0f, "protocol identifier") << 4) |
      requireInteger(designator.codeSet, 0x0f, "code set"),
    (protocol !== null ? 0x80 : 0) | (code << 4) |
      requireInteger(designator.type, 0x0f, "designator type"),
    0,
    requireInteger(designator.bytes.length, 0xff, "designator length"),
  );
  return concatBytes([header, designator.bytes]);
}

/**
 * The T10 designator of a device: vendor, product and serial number, the
 * form in which nearly every library names its drives.
 */
export function t10Designator(
  device: {
    readonly vendor: string;
    readonly product: string;
    readonly serialNumber: string;
  },
): Designator {
  const text = device.vendor.padEnd(8) + device.product.padEnd(16) +
    device.serialNumber;
  return {
    codeSet: 2,
    type: DESIGNATOR_TYPE.t10,
    text: text.trim(),
    association: "logicalUnit",
    protocol: null,
    bytes: encodeText(text, "designator"),
  };
}

/**
 * The designator at `offset` and the offset of the next one.
 *
 * @throws {RangeError} When it does not lie inside the bytes.
 */
export function readDesignator(
  bytes: Uint8Array,
  offset: number,
): { readonly designator: Designator; readonly next: number } {
  const size = readUint8(bytes, offset + 3, "the length of a designator");
  const data = copyBytes(bytes, offset + 4, size, "a designator");
  const first = bytes[offset] ?? 0;
  const second = bytes[offset + 1] ?? 0;
  const codeSet = first & 0x0f;
  const designator: Designator = {
    codeSet,
    type: second & 0x0f,
    text: designatorText(codeSet, data),
    association: ASSOCIATIONS[(second >> 4) & 0x03] ?? null,
    protocol: (second & 0x80) !== 0 ? first >> 4 : null,
    bytes: data,
  };
  return { designator, next: offset + 4 + size };
}
