/**
 * Sense data, fixed (70h, 71h) and descriptor format (72h, 73h), SPC-4 4.5.
 *
 * @module
 */
import { hex, readUint8, requireBytes, viewOf } from "./bytes.ts";

/** Which field of a command or its data the device objects to. */
export interface FieldPointer {
  /** Whether the field is in the CDB; otherwise in the parameter data. */
  readonly inCdb: boolean;
  /** Offset of the byte. */
  readonly byte: number;
  /** The bit in that byte, null where the device names none. */
  readonly bit: number | null;
}

/** What a device says about the outcome of a command. */
export interface Sense {
  /** In which of the two formats it came. */
  readonly format: "fixed" | "descriptor";
  /** Whether it belongs to an earlier command than the one it came with. */
  readonly deferred: boolean;
  /** Sense key, 0 to 15. */
  readonly key: number;
  /** Additional sense code; 0 where the sense data is too short to have one. */
  readonly asc: number;
  /** Additional sense code qualifier. */
  readonly ascq: number;
  /** FILEMARK: a file mark was met. */
  readonly filemark: boolean;
  /** EOM: the end of the medium was met. */
  readonly endOfMedium: boolean;
  /** ILI: the block has another length than asked for. */
  readonly incorrectLength: boolean;
  /** INFORMATION as hexadecimal, 8 digits (fixed) or 16 (descriptor), or null. */
  readonly information: string | null;
  /** COMMAND-SPECIFIC INFORMATION as hexadecimal, 8 or 16 digits, or null. */
  readonly commandSpecific: string | null;
  /** Field replaceable unit code, 0 for none. */
  readonly fieldReplaceableUnit: number;
  /** The field objected to (illegal request), or null. */
  readonly fieldPointer: FieldPointer | null;
  /** How far the operation is, from 0 to below 1 (no sense, not ready), or null. */
  readonly progress: number | null;
  /** How often the device tried (recovered, medium, hardware error), or null. */
  readonly retryCount: number | null;
}

/** Sense keys by name, where code has to tell them apart. */
export const SENSE_KEY = {
  noSense: 0x0,
  recoveredError: 0x1,
  notReady: 0x2,
  mediumError: 0x3,
  hardwareError: 0x4,
  illegalRequest: 0x5,
  unitAttention: 0x6,
  dataProtect: 0x7,
  blankCheck: 0x8,
  vendorSpecific: 0x9,
  copyAborted: 0xa,
  abortedCommand: 0xb,
  volumeOverflow: 0xd,
  miscompare: 0xe,
  completed: 0xf,
} as const;

/** What sense data says when it says nothing; the fields of {@linkcode Sense} default to it. */
export const NO_SENSE: Sense = {
  format: "fixed",
  deferred: false,
  key: SENSE_KEY.noSense,
  asc: 0,
  ascq: 0,
  filemark: false,
  endOfMedium: false,
  incorrectLength: false,
  information: null,
  commandSpecific: null,
  fieldReplaceableUnit: 0,
  fieldPointer: null,
  progress: null,
  retryCount: null,
};

const KEYS_WITH_RETRY_COUNT: readonly number[] = [
  SENSE_KEY.recoveredError,
  SENSE_KEY.mediumError,
  SENSE_KEY.hardwareError,
];

const KEYS_WITH_PROGRESS: readonly number[] = [
  SENSE_KEY.noSense,
  SENSE_KEY.notReady,
];

type KeySpecific = Pick<Sense, "fieldPointer" | "progress" | "retryCount">;

/**
 * Decodes sense data of either format. Short sense data is legal; what it
 * leaves out reads as 0 or null.
 *
 * @throws {RangeError} When there is no sense key in it, or the response code is unknown.
 */
export function decodeSense(bytes: Uint8Array): Sense {
  const responseCode = readUint8(bytes, 0, "the sense response code") & 0x7f;
  switch (responseCode) {
    case 0x70:
    case 0x71:
      return decodeFixed(bytes, responseCode === 0x71);
    case 0x72:
    case 0x73:
      return decodeDescriptors(bytes, responseCode === 0x73);
    default:
      throw new RangeError(
        `Cannot decode sense data: response code ${
          hex(responseCode)
        }h at offset 0 of ${bytes.length} bytes is none of 70h to 73h`,
      );
  }
}

function decodeFixed(bytes: Uint8Array, deferred: boolean): Sense {
  requireBytes(bytes, 0, 3, "the sense key of fixed format sense data");
  const end = bytes.length < 8
    ? bytes.length
    : Math.min(bytes.length, 8 + readUint8(bytes, 7, "the sense length"));
  const at = (offset: number): number => offset < end ? bytes[offset] ?? 0 : 0;
  const flags = at(2);
  const key = flags & 0x0f;
  const valid = (at(0) & 0x80) !== 0 && end >= 7;
  return {
    format: "fixed",
    deferred,
    key,
    asc: at(12),
    ascq: at(13),
    filemark: (flags & 0x80) !== 0,
    endOfMedium: (flags & 0x40) !== 0,
    incorrectLength: (flags & 0x20) !== 0,
    information: valid ? hexOf(bytes, 3, 4) : null,
    commandSpecific: end >= 12 && someByteSet(bytes, 8, 4)
      ? hexOf(bytes, 8, 4)
      : null,
    fieldReplaceableUnit: at(14),
    ...(end >= 18 ? decodeKeySpecific(bytes, 15, key) : NO_KEY_SPECIFIC),
  };
}

const NO_KEY_SPECIFIC: KeySpecific = {
  fieldPointer: null,
  progress: null,
  retryCount: null,
};

function decodeKeySpecific(
  bytes: Uint8Array,
  offset: number,
  key: number,
): KeySpecific {
  const view = viewOf(bytes);
  const flags = view.getUint8(offset);
  if ((flags & 0x80) === 0) return NO_KEY_SPECIFIC;
  const value = view.getUint16(offset + 1);
  if (key === SENSE_KEY.illegalRequest) {
    const fieldPointer = {
      inCdb: (flags & 0x40) !== 0,
      byte: value,
      bit: (flags & 0x08) !== 0 ? flags & 0x07 : null,
    };
    return { ...NO_KEY_SPECIFIC, fieldPointer };
  }
  if (KEYS_WITH_PROGRESS.includes(key)) {
    return { ...NO_KEY_SPECIFIC, progress: value / 0x10000 };
  }
  if (KEYS_WITH_RETRY_COUNT.includes(key)) {
    return { ...NO_KEY_SPECIFIC, retryCount: value };
  }
  return NO_KEY_SPECIFIC;
}

function decodeDescriptors(bytes: Uint8Array, deferred: boolean): Sense {
  requireBytes(bytes, 0, 2, "the sense key of descriptor format sense data");
  const key = (bytes[1] ?? 0) & 0x0f;
  let sense: Sense = {
    ...NO_SENSE,
    format: "descriptor",
    deferred,
    key,
    asc: bytes[2] ?? 0,
    ascq: bytes[3] ?? 0,
  };
  if (bytes.length < 8) return sense;
  const end = Math.min(bytes.length, 8 + (bytes[7] ?? 0));
  let offset = 8;
  // A descriptor has a header of two bytes, so the walk always advances.
  while (offset + 2 <= end) {
    const size = 2 + (bytes[offset + 1] ?? 0);
    if (offset + size > end) break;
    sense = {
      ...sense,
      ...decodeDescriptor(bytes.subarray(offset, offset + size), key),
    };
    offset += size;
  }
  return sense;
}

function decodeDescriptor(
  descriptor: Uint8Array,
  key: number,
): Partial<Sense> {
  const size = descriptor.length;
  const byte2 = descriptor[2] ?? 0;
  const byte3 = descriptor[3] ?? 0;
  switch (descriptor[0]) {
    case 0x00:
      return size >= 12 && (byte2 & 0x80) !== 0
        ? { information: hexOf(descriptor, 4, 8) }
        : {};
    case 0x01:
      return size >= 12 ? { commandSpecific: hexOf(descriptor, 4, 8) } : {};
    case 0x02:
      return size >= 7 ? decodeKeySpecific(descriptor, 4, key) : {};
    case 0x03:
      return size >= 4 ? { fieldReplaceableUnit: byte3 } : {};
    case 0x04:
      return {
        filemark: (byte3 & 0x80) !== 0,
        endOfMedium: (byte3 & 0x40) !== 0,
        incorrectLength: (byte3 & 0x20) !== 0,
      };
    default:
      return {};
  }
}

function hexOf(bytes: Uint8Array, offset: number, size: number): string {
  let text = "";
  for (let at = offset; at < offset + size; at++) text += hex(bytes[at] ?? 0);
  return text;
}

function someByteSet(bytes: Uint8Array, offset: number, size: number): boolean {
  return bytes.subarray(offset, offset + size).some((byte) => byte !== 0);
}
