/**
 * Element status reports put together byte by byte.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { decodeElementStatus, type ElementStatus } from "../../src/scsi/mod.ts";

/** Bytes written as hexadecimal and quoted text: `00 "ABC" ff`. */
export function bytes(source: string): Uint8Array {
  const tokens = source.match(/"[^"]*"|[0-9a-fA-F]{2}/g) ?? [];
  return Uint8Array.from(
    tokens.flatMap((token) =>
      token.startsWith('"')
        ? [...token.slice(1, -1)].map((character) => character.charCodeAt(0))
        : [parseInt(token, 16)]
    ),
  );
}

/** A report of one page, with these descriptors of `length` bytes each. */
export function report(
  count: number,
  type: number,
  flags: number,
  length: number,
  ...descriptors: Uint8Array[]
): Uint8Array {
  const size = descriptors.length * length;
  const answer = new Uint8Array(16 + size);
  const view = new DataView(answer.buffer);
  view.setUint16(2, count);
  view.setUint32(4, 8 + size);
  view.setUint8(8, type);
  view.setUint8(9, flags);
  view.setUint16(10, length);
  view.setUint32(12, size);
  descriptors.forEach((descriptor, index) =>
    answer.set(descriptor, 16 + index * length)
  );
  return answer;
}

/** The only element of a report. */
export function only(answer: Uint8Array): ElementStatus {
  const { elements } = decodeElementStatus(answer);
  assertEquals(elements.length, 1);
  return elements[0]!;
}

/** The flag of a page whose descriptors have primary volume tags. */
export const PVOLTAG = 0x80;

/** The volume tag ABC001L8. */
export const TAG = `"ABC001L8                        " 00 00 00 00`;

/** The device identifier of a drive. */
export const IDENTIFIER = `02 01 00 22 "IBM     ULT3580-TD8     SERIAL0001"`;
