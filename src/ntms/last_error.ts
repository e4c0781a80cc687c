/**
 * The last error of a Worker, and of parts of its work that overlap.
 *
 * Each documented function stores the code it ends with, ERROR_SUCCESS too,
 * whether it returns that code or, as OpenNtmsSession, a handle.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import type { DWORD } from "./types.ts";

/** Where a code is stored: one for the Worker, one for each withLastError. */
interface Cell {
  code: DWORD;
  error: unknown;
}

const workerCell: Cell = { code: 0, error: null };
const cells = new AsyncLocalStorage<Cell>();

function cell(): Cell {
  return cells.getStore() ?? workerCell;
}

/** Stores the code that a documented function ended with, and the error behind it. */
export function storeOutcome(code: DWORD, error: unknown): void {
  Object.assign(cell(), { code, error });
}

/**
 * The code that the last documented function ended with: the last one of this
 * Worker, or within {@linkcode withLastError} the last one of that part.
 *
 * Read it right after the `await` of the function. Functions that overlap in
 * one Worker overwrite each other's code, unless each runs in a part of its
 * own.
 *
 * @returns A documented error code; 0 where the function succeeded or none
 * was called.
 *
 * @example
 * ```ts
 * import { GetLastError, SetLastError } from "@ntms/rsm/ntmsapi";
 *
 * SetLastError(87);
 * console.log(GetLastError()); // 87
 * ```
 */
export function GetLastError(): DWORD {
  return cell().code;
}

/**
 * Stores a code for {@linkcode GetLastError} to find.
 *
 * @param dwErrCode The code; taken modulo 2 to the power of 32, as a DWORD is.
 *
 * @example
 * ```ts
 * import { ERROR_SUCCESS, SetLastError } from "@ntms/rsm/ntmsapi";
 *
 * SetLastError(ERROR_SUCCESS);
 * ```
 */
export function SetLastError(dwErrCode: DWORD): void {
  storeOutcome(Number(dwErrCode) >>> 0, null);
}

/**
 * The error behind the last code, with a message for people that names the
 * object and says what to do. Not documented for RSM: there only the code is
 * told.
 *
 * @returns The error, which in most cases is an `NtmsError`; `null` after a
 * success and after {@linkcode SetLastError}.
 *
 * @example
 * ```ts
 * import { CloseNtmsSession, lastErrorDetail } from "@ntms/rsm/ntmsapi";
 *
 * if (await CloseNtmsSession(0n) !== 0) console.log(lastErrorDetail());
 * ```
 */
export function lastErrorDetail(): unknown {
  return cell().error;
}

/**
 * Runs a function with a last error of its own, as a thread has: what it and
 * all that it awaits store is seen by them alone.
 *
 * @param fn The function; asynchronous or not.
 * @returns What `fn` returns.
 *
 * @example Two calls that overlap, each with its own code
 * ```ts
 * import {
 *   GetLastError,
 *   INVALID_HANDLE_VALUE,
 *   OpenNtmsSession,
 *   withLastError,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const codes = await Promise.all(["no host!", "nor this?"].map((server) =>
 *   withLastError(async () => {
 *     const handle = await OpenNtmsSession(server, null, 0);
 *     return handle === INVALID_HANDLE_VALUE ? GetLastError() : 0;
 *   })
 * ));
 * console.log(codes); // [1210, 1210]
 * ```
 */
export function withLastError<T>(fn: () => T): T {
  return cells.run({ code: 0, error: null }, fn);
}
