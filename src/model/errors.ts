/**
 * The errors of RSM: their documented names and numbers, and the one class
 * that carries them. The table is the single source of the HTTP status, the
 * exit status of `rsm` and the documentation page of each code.
 *
 * @module
 */

import type { ErrorCodeRow, RetryAdvice } from "./error_code_row.ts";
import { GENERAL_ERROR_CODES } from "./general_error_codes.ts";
import { MEDIA_ERROR_CODES } from "./media_error_codes.ts";

export type { ErrorCodeRow, RetryAdvice };
export { GENERAL_ERROR_CODES, MEDIA_ERROR_CODES };

/** Every documented error code (ntmsapi.h and winerror.h). */
export const ERROR_CODES:
  & typeof GENERAL_ERROR_CODES
  & typeof MEDIA_ERROR_CODES = { ...GENERAL_ERROR_CODES, ...MEDIA_ERROR_CODES };

/** Name of a documented error code. */
export type NtmsErrorCode = keyof typeof ERROR_CODES;

/** Details that a program may want beside the message. */
export type ErrorData = Readonly<Record<string, unknown>>;

/** More about an {@linkcode NtmsError}. */
export interface NtmsErrorOptions {
  /** The lower error that caused this one. */
  cause?: unknown;
  /** Details for programs: object ids, sense data, limits. */
  data?: ErrorData;
}

/**
 * An error that callers may handle. The message says what happened, to which
 * object, and what to do next.
 */
export class NtmsError extends Error {
  /** The documented name, such as `"ERROR_NOT_READY"`. */
  readonly code: NtmsErrorCode;
  /** The documented number, such as 21. */
  readonly win32: number;
  /** Whether trying again can help. */
  readonly retry: RetryAdvice;
  /** Details for programs. */
  readonly data: ErrorData;

  /** Makes an error with a documented code. */
  constructor(
    code: NtmsErrorCode,
    message: string,
    options: NtmsErrorOptions = {},
  ) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "NtmsError";
    this.code = code;
    const row: ErrorCodeRow = ERROR_CODES[code];
    this.win32 = row.win32;
    this.retry = row.retry;
    this.data = options.data ?? {};
  }
}

/** Whether `name` is the name of a documented error code. */
export function isErrorCode(name: string): name is NtmsErrorCode {
  return Object.hasOwn(ERROR_CODES, name);
}
