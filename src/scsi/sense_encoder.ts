/**
 * Encoding of sense data, for the virtual changer and for tests.
 *
 * @module
 */
import { concatBytes, requireInteger, viewOf } from "./bytes.ts";
import type { Sense } from "./sense.ts";

const FIXED_SIZE = 18;
/** The additional length has 8 bits, but 244 is the most that SPC allows. */
const MOST_BYTES = 252;

/**
 * Encodes sense data in its own format.
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeSense(sense: Sense): Uint8Array {
  return sense.format === "fixed"
    ? encodeFixed(sense)
    : encodeDescriptors(sense);
}

function streamFlags(sense: Sense): number {
  return (sense.filemark ? 0x80 : 0) | (sense.endOfMedium ? 0x40 : 0) |
    (sense.incorrectLength ? 0x20 : 0);
}

function encodeFixed(sense: Sense): Uint8Array {
  const bytes = new Uint8Array(FIXED_SIZE);
  bytes[0] = (sense.information !== null ? 0x80 : 0) |
    (sense.deferred ? 0x71 : 0x70);
  bytes[2] = streamFlags(sense) | requireInteger(sense.key, 0x0f, "sense key");
  putHex(bytes, 3, 4, sense.information, "information");
  bytes[7] = FIXED_SIZE - 8;
  putHex(bytes, 8, 4, sense.commandSpecific, "command specific information");
  bytes[12] = requireInteger(sense.asc, 0xff, "ASC");
  bytes[13] = requireInteger(sense.ascq, 0xff, "ASCQ");
  bytes[14] = unitCode(sense);
  const keySpecific = encodeKeySpecific(sense);
  if (keySpecific !== null) bytes.set(keySpecific, 15);
  return bytes;
}

function encodeDescriptors(sense: Sense): Uint8Array {
  const parts: Uint8Array[] = [];
  const { commandSpecific, information } = sense;
  if (information !== null) {
    parts.push(wideDescriptor(0x00, 0x80, information, "information"));
  }
  if (commandSpecific !== null) {
    const what = "command specific information";
    parts.push(wideDescriptor(0x01, 0, commandSpecific, what));
  }
  const keySpecific = encodeKeySpecific(sense);
  if (keySpecific !== null) {
    parts.push(Uint8Array.of(0x02, 6, 0, 0, ...keySpecific, 0));
  }
  if (sense.fieldReplaceableUnit !== 0) {
    parts.push(Uint8Array.of(0x03, 2, 0, unitCode(sense)));
  }
  const stream = streamFlags(sense);
  if (stream !== 0) parts.push(Uint8Array.of(0x04, 2, 0, stream));
  const descriptors = concatBytes(parts);
  const header = Uint8Array.of(
    sense.deferred ? 0x73 : 0x72,
    requireInteger(sense.key, 0x0f, "sense key"),
    requireInteger(sense.asc, 0xff, "ASC"),
    requireInteger(sense.ascq, 0xff, "ASCQ"),
    0,
    0,
    0,
    requireInteger(descriptors.length, MOST_BYTES - 8, "additional length"),
  );
  return concatBytes([header, descriptors]);
}

function unitCode(sense: Sense): number {
  return requireInteger(
    sense.fieldReplaceableUnit,
    0xff,
    "field replaceable unit code",
  );
}

/** A descriptor of eight bytes of data after a flag byte. */
function wideDescriptor(
  type: number,
  flags: number,
  digits: string,
  what: string,
): Uint8Array {
  const bytes = Uint8Array.of(type, 10, flags, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  putHex(bytes, 4, 8, digits, what);
  return bytes;
}

/** The three sense-key specific bytes, or null where there is nothing to say. */
function encodeKeySpecific(sense: Sense): Uint8Array | null {
  const { fieldPointer, progress, retryCount } = sense;
  const bytes = Uint8Array.of(0x80, 0, 0);
  const view = viewOf(bytes);
  if (fieldPointer !== null) {
    const { bit, byte, inCdb } = fieldPointer;
    bytes[0] = 0x80 | (inCdb ? 0x40 : 0) |
      (bit === null ? 0 : 0x08 | requireInteger(bit, 7, "bit pointer"));
    view.setUint16(1, requireInteger(byte, 0xffff, "field pointer"));
    return bytes;
  }
  if (progress !== null) {
    const steps = Math.floor(progress * 0x10000);
    view.setUint16(1, requireInteger(steps, 0xffff, "progress"));
    return bytes;
  }
  if (retryCount !== null) {
    view.setUint16(1, requireInteger(retryCount, 0xffff, "retry count"));
    return bytes;
  }
  return null;
}

function putHex(
  bytes: Uint8Array,
  offset: number,
  size: number,
  digits: string | null,
  what: string,
): void {
  if (digits === null) return;
  if (digits.length !== 2 * size || !/^[0-9A-F]*$/.test(digits)) {
    throw new RangeError(
      `Cannot encode ${what}: ${
        2 * size
      } hexadecimal digits are needed, got "${digits}"`,
    );
  }
  for (let index = 0; index < size; index++) {
    const pair = digits.slice(2 * index, 2 * index + 2);
    bytes[offset + index] = parseInt(pair, 16);
  }
}
