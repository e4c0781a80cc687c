/**
 * Text fields of SCSI data: ASCII in a field of fixed size, padded with blanks
 * or NULs on either side.
 *
 * @module
 */
import { requireBytes, viewOf } from "./bytes.ts";

const BLANK = 0x20;
const LAST_PRINTABLE = 0x7e;

/**
 * The UTF-16 code of each byte. A NUL inside a field counts as a blank: the
 * IBM 3584 family pads its serial number with both. Every other byte that ASCII
 * cannot print becomes U+FFFD, so that no control character of a device ever
 * reaches a terminal or a log.
 */
const CODES: Uint16Array = Uint16Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0) return BLANK;
  return byte >= BLANK && byte <= LAST_PRINTABLE ? byte : 0xfffd;
});

function codeAt(view: DataView, offset: number): number {
  return CODES[view.getUint8(offset)] ?? 0;
}

/**
 * The text of a field, without the blanks and NULs around it. The caller has
 * checked that the field lies inside the view.
 *
 * Element status has a tag for each of up to 65,535 elements. A TextDecoder
 * call costs many times more than fields this short; a slice of one long
 * string would keep the text of the whole answer alive; and characters joined
 * four at a time are measured to be three times as fast as one at a time.
 */
export function textInView(
  view: DataView,
  offset: number,
  size: number,
): string {
  let start = offset;
  let end = offset + size;
  while (end - 4 >= start && view.getUint32(end - 4) === 0x20202020) end -= 4;
  while (end > start && codeAt(view, end - 1) === BLANK) end--;
  while (start < end && codeAt(view, start) === BLANK) start++;
  let text = "";
  let at = start;
  for (; at + 4 <= end; at += 4) {
    text += String.fromCharCode(
      codeAt(view, at),
      codeAt(view, at + 1),
      codeAt(view, at + 2),
      codeAt(view, at + 3),
    );
  }
  for (; at < end; at++) text += String.fromCharCode(codeAt(view, at));
  return text;
}

/**
 * The text of a field, without the blanks and NULs around it.
 *
 * @throws {RangeError} When the field does not lie inside the bytes.
 */
export function readText(
  bytes: Uint8Array,
  offset: number,
  size: number,
  what: string,
): string {
  requireBytes(bytes, offset, size, what);
  return textInView(viewOf(bytes), offset, size);
}

/**
 * Writes ASCII text, left aligned and padded with blanks.
 *
 * @throws {RangeError} When the text is too long or not printable ASCII.
 */
export function writeText(
  bytes: Uint8Array,
  offset: number,
  size: number,
  text: string,
  what: string,
): void {
  if (text.length > size) {
    throw new RangeError(
      `Cannot encode ${what}: at most ${size} characters fit, got "${text}"`,
    );
  }
  for (let index = 0; index < size; index++) {
    const code = index < text.length ? text.charCodeAt(index) : BLANK;
    if (code < BLANK || code > LAST_PRINTABLE) {
      throw new RangeError(
        `Cannot encode ${what}: only printable ASCII is allowed, got ${
          JSON.stringify(text)
        }`,
      );
    }
    bytes[offset + index] = code;
  }
}

/** ASCII text as bytes of just its length. */
export function encodeText(text: string, what: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  writeText(bytes, 0, text.length, text, what);
  return bytes;
}
