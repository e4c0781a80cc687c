/**
 * GUIDs as label ids: 16 bytes, in the order in which the text is written.
 *
 * @module
 */
import { type Guid, parseGuid } from "../model/mod.ts";

/** Bytes as hexadecimal digits, two each. */
export function hexDigits(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes of a GUID. */
export const GUID_BYTES = 16;

/**
 * The bytes of a GUID.
 *
 * @throws {RangeError} When it is none.
 */
export function guidBytes(guid: Guid): Uint8Array {
  const digits = parseGuid(guid)?.replaceAll("-", "");
  if (digits === undefined) {
    throw new RangeError(`"${guid}" is no GUID`);
  }
  return Uint8Array.from(
    { length: GUID_BYTES },
    (_, index) => parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  );
}

/** The GUID of its 16 bytes. */
export function guidOf(bytes: Uint8Array): Guid {
  const digits = hexDigits(bytes.subarray(0, GUID_BYTES));
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
