/**
 * Waiting for library requests by their records, by whomever they were made.
 *
 * @module
 */

import { findRequests, type RequestRow, UNFINISHED } from "../database/mod.ts";
import {
  ERROR_CODES,
  INFINITE,
  isErrorCode,
  type LibraryRequestId,
  NtmsError,
  type NtmsErrorCode,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { deferred, timedOut, within } from "./waiting.ts";

/**
 * Waits until all of the requests have ended.
 *
 * @throws {NtmsError} What the first one that failed has failed with;
 * ERROR_TIMEOUT, ERROR_CANCELLED.
 */
export async function waitForRequests(
  { clock, database }: Context,
  ids: readonly LibraryRequestId[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const what = "The wait for library requests";
  const started = clock.monotonic();
  for (;;) {
    const change = deferred<void>();
    const unlisten = database.onCommit(
      ["libraryRequest"],
      () => change.resolve(),
    );
    try {
      const rows = await database.read((db) => findRequests(db, ids));
      if (rows.every(hasPassed)) return;
      const spentMs = clock.monotonic() - started;
      const left = timeoutMs === INFINITE
        ? INFINITE
        : Math.max(0, timeoutMs - spentMs);
      await within(change.promise, { clock, timeoutMs: left, signal, what });
    } catch (error) {
      const late = error instanceof NtmsError && error.code === "ERROR_TIMEOUT";
      throw late ? timedOut(what, timeoutMs) : error;
    } finally {
      unlisten();
    }
  }
}

/** Throws how a request failed. */
function hasPassed({ errorCode, message, state }: RequestRow): boolean {
  if (UNFINISHED.includes(state)) return false;
  if (state === "passed") return true;
  throw new NtmsError(codeOf(errorCode), message);
}

function codeOf(win32: number): NtmsErrorCode {
  for (const [name, row] of Object.entries(ERROR_CODES)) {
    if (row.win32 === win32 && isErrorCode(name)) return name;
  }
  return "ERROR_CANCELLED";
}
