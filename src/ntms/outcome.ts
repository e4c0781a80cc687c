/**
 * From errors to codes: what a documented function that returns DWORD ends
 * with. No such function throws or rejects.
 *
 * @module
 */

import { ERROR_CODES, NtmsError } from "../model/errors.ts";
import { storeOutcome } from "./last_error.ts";
import type { DWORD } from "./types.ts";

/**
 * Does the work of one documented function.
 *
 * @param work What it does; an error it throws becomes the code.
 * @returns The code it ended with, stored for GetLastError too.
 */
export async function outcomeOf(work: () => Promise<void>): Promise<DWORD> {
  try {
    await work();
    storeOutcome(ERROR_CODES.ERROR_SUCCESS.win32, null);
    return ERROR_CODES.ERROR_SUCCESS.win32;
  } catch (error) {
    const code = codeOf(error);
    storeOutcome(code, error);
    return code;
  }
}

function codeOf(error: unknown): DWORD {
  if (error instanceof NtmsError) return error.win32;
  if (
    error instanceof Deno.errors.NotCapable ||
    error instanceof Deno.errors.PermissionDenied
  ) return ERROR_CODES.ERROR_ACCESS_DENIED.win32;
  // The native library cannot be found or loaded; its errors are ffi's own.
  if (error instanceof Error && error.name === "NativeLibraryError") {
    return ERROR_CODES.ERROR_NOT_SUPPORTED.win32;
  }
  return ERROR_CODES.ERROR_INVALID_PARAMETER.win32;
}
