/**
 * The character set of the `A` functions.
 *
 * @module
 */

import type { NtmsErrorCode } from "../model/errors.ts";
import { invalid } from "./arguments.ts";

/** Puts text into the character set of a structure. */
export type Charset = (text: string) => string;

/** What an `A` structure holds where Windows-1252 lacks a character. */
const SUBSTITUTE = "?";

/** Made at first use: most programs call no `A` function. */
let repertoire: ReadonlySet<string> | undefined;

/**
 * Reads the text of an `A` function: bytes up to the first zero byte, or a
 * string.
 *
 * @param value What the caller gave.
 * @param name The argument's name.
 * @param code What a character that Windows-1252 lacks ends with.
 */
export function readAnsi(
  value: unknown,
  name: string,
  code: NtmsErrorCode = "ERROR_INVALID_PARAMETER",
): string {
  if (value instanceof Uint8Array) {
    const end = value.indexOf(0);
    return decode(end === -1 ? value : value.subarray(0, end));
  }
  if (typeof value !== "string") {
    throw invalid(`${name} is missing: give bytes or a string`);
  }
  const strange = Array.from(value).find((character) => !has(character));
  if (strange === undefined) return value;
  throw invalid(
    `${name} has "${strange}", which Windows-1252 lacks: use the W function`,
    code,
  );
}

/** The text with a question mark for each character that Windows-1252 lacks, as Windows converts it. */
export function toAnsi(text: string): string {
  return Array.from(text, (c) => has(c) ? c : SUBSTITUTE).join("");
}

function has(character: string): boolean {
  repertoire ??= new Set(
    decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
  );
  return repertoire.has(character);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("windows-1252").decode(bytes);
}
