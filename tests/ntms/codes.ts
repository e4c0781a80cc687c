/**
 * Reads codes off errors.
 *
 * @module
 */

import { fail } from "@std/assert";
import { ERROR_CODES, NtmsError } from "../../src/model/errors.ts";

/** The documented name that a function fails with. */
export function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof NtmsError) return error.code;
    throw error;
  }
  fail("expected the function to throw");
}

/** The documented name of a number. */
export function nameOf(code: number): string {
  const row = Object.entries(ERROR_CODES).find(([, { win32 }]) =>
    win32 === code
  );
  return row?.[0] ?? `${code}`;
}
