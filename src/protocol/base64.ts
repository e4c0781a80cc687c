/**
 * Bytes as text: base 64, as JSON carries them.
 *
 * @module
 */

/** How many bytes are turned at a time: as arguments of one call. */
const CHUNK = 8192;

/** Writes bytes as base 64. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

/**
 * Reads bytes from base 64.
 *
 * @throws {SyntaxError} When the text is something else.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new SyntaxError("The text is no base 64", { cause });
  }
}
