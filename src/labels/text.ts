/**
 * Text that comes from a medium, made fit for a screen, a log and the lengths
 * of MediaLabelInfo.
 *
 * @module
 */

/** Controls, separators and marks that would change how text around them is shown, and halves of characters. */
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * The text without blanks around it, with U+FFFD for what a terminal must not
 * get, and at most `length` UTF-16 units long.
 */
export function cleanText(text: string, length: number): string {
  const clean = text.replaceAll(UNPRINTABLE, "\ufffd").trim();
  const cut = clean.slice(0, length);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

const LATIN_1 = new TextDecoder("latin1");
const UTF_8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Each byte as the character of its number, so that positions stay. */
export function latin1(bytes: Uint8Array): string {
  return LATIN_1.decode(bytes);
}

/** UTF-8 with U+FFFD where it is not valid. */
export function utf8(bytes: Uint8Array): string {
  return UTF_8.decode(bytes);
}

/** The bytes up to the first NUL, or all of them. */
export function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** A field that is blank or holds what ASCII cannot print says nothing. */
export function printableField(text: string): string {
  return /^[ -~]*$/.test(text) ? text.trim() : "";
}
