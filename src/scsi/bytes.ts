/**
 * Checked big-endian reads and writes. SCSI data is untrusted: each read names
 * what it wanted, where, and how much there was.
 *
 * @module
 */

/** A DataView over exactly the bytes given, whatever buffer they stand in. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Fails unless `size` bytes can be read at `offset`.
 *
 * @throws {RangeError} Naming what was to be read, the offset and both sizes.
 */
export function requireBytes(
  bytes: Uint8Array,
  offset: number,
  size: number,
  what: string,
): void {
  if (offset + size > bytes.length) {
    throw new RangeError(
      `Cannot read ${what}: ${size} bytes at offset ${offset} needed, the data ends at ${bytes.length}`,
    );
  }
}

/** The byte at `offset`. */
export function readUint8(
  bytes: Uint8Array,
  offset: number,
  what: string,
): number {
  requireBytes(bytes, offset, 1, what);
  return bytes[offset] ?? 0;
}

/** The two bytes at `offset`, big-endian. */
export function readUint16(
  bytes: Uint8Array,
  offset: number,
  what: string,
): number {
  requireBytes(bytes, offset, 2, what);
  return viewOf(bytes).getUint16(offset);
}

/** A copy of `size` bytes at `offset`, so that no answer buffer is kept alive. */
export function copyBytes(
  bytes: Uint8Array,
  offset: number,
  size: number,
  what: string,
): Uint8Array {
  requireBytes(bytes, offset, size, what);
  return bytes.slice(offset, offset + size);
}

/** Joins byte arrays into one. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  const joined = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * Cuts an answer to the allocation length of its command. Length fields inside
 * the answer keep the full size: that is how the initiator learns of the rest.
 */
export function truncate(
  answer: Uint8Array,
  allocationLength: number,
): Uint8Array {
  return answer.length <= allocationLength
    ? answer
    : answer.slice(0, allocationLength);
}

/**
 * Fails unless `value` is a whole number from 0 to `maximum`.
 *
 * @returns The value, for use in place.
 * @throws {RangeError} Naming the field and its limit.
 */
export function requireInteger(
  value: number,
  maximum: number,
  what: string,
): number {
  if (!Number.isInteger(value) || value < 0 || value > maximum) {
    throw new RangeError(
      `Cannot encode ${what}: a whole number from 0 to ${maximum} is needed, got ${value}`,
    );
  }
  return value;
}

/** `value` as `digits` upper-case hexadecimal digits. */
export function hex(value: number, digits = 2): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
