/**
 * Errors on the wire: `application/problem+json` (RFC 9457) with the
 * documented code, number, message, advice and details.
 *
 * @module
 */

import {
  ERROR_CODES,
  type ErrorData,
  isErrorCode,
  NtmsError,
  type NtmsErrorCode,
  type RetryAdvice,
} from "../model/mod.ts";
import { isObject } from "./plain.ts";

/** Media type of an error answer. */
export const PROBLEM_TYPE = "application/problem+json";

/** An error as it is on the wire. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: NtmsErrorCode;
  readonly win32: number;
  readonly message: string;
  readonly retry: RetryAdvice;
  readonly data: ErrorData;
}

/** Writes an error; `status` where the HTTP status says more than the code's own. */
export function encodeProblem(
  error: NtmsError,
  status: number = ERROR_CODES[error.code].http,
): Problem {
  return {
    type: `urn:rsm:error:${error.code}`,
    title: ERROR_CODES[error.code].meaning,
    status,
    code: error.code,
    win32: error.win32,
    message: error.message,
    retry: error.retry,
    data: error.data,
  };
}

/**
 * Reads an error answer.
 *
 * A code that this version does not know becomes a known one of the same
 * number, or the nearest one for its HTTP status; its name is in `data.code`.
 *
 * @returns The error, or `null` where the text is no error of an RSM service.
 */
export function decodeProblem(text: string, status: number): NtmsError | null {
  const value = parse(text);
  if (!isObject(value)) return null;
  const { code, message, data } = value;
  if (typeof code !== "string" || typeof message !== "string") return null;
  const details = isObject(data) ? data : {};
  if (isErrorCode(code) && code !== "ERROR_SUCCESS") {
    return new NtmsError(code, message, { data: details });
  }
  return new NtmsError(codeOf(value.win32) ?? nearestCode(status), message, {
    data: { ...details, code },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function codeOf(win32: unknown): NtmsErrorCode | null {
  for (const [code, row] of Object.entries(ERROR_CODES)) {
    if (row.win32 === win32 && win32 !== 0 && isErrorCode(code)) return code;
  }
  return null;
}

/** What an unknown error most likely means, by the status it came with. */
function nearestCode(status: number): NtmsErrorCode {
  switch (status) {
    case 401:
      return "ERROR_INVALID_HANDLE";
    case 403:
      return "ERROR_ACCESS_DENIED";
    case 404:
    case 410:
      return "ERROR_OBJECT_NOT_FOUND";
    case 409:
      return "ERROR_INVALID_STATE";
    case 499:
      return "ERROR_CANCELLED";
    case 501:
      return "ERROR_CALL_NOT_IMPLEMENTED";
    case 503:
      return "ERROR_NOT_READY";
    case 504:
      return "ERROR_TIMEOUT";
    case 505:
      return "RPC_S_NO_INTERFACES";
    case 507:
      return "ERROR_DATABASE_FULL";
    default:
      return status >= 400 && status < 500
        ? "ERROR_INVALID_PARAMETER"
        : "ERROR_RESOURCE_NOT_AVAILABLE";
  }
}
