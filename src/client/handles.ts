/**
 * Sessions as numbers: handles that every Worker of this process may use.
 *
 * @module
 */

import {
  acquireHandle,
  closeHandle,
  ErrnoError,
  openHandle,
  releaseHandle,
} from "../../ffi/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { isObject } from "../protocol/mod.ts";
import type { SessionToken } from "./session.ts";

/** Kind of the handles that stand for sessions. */
const SESSION_KIND = 1;

/** A session that a handle stands for, held until it is disposed of. */
export interface HeldSession extends Disposable {
  readonly token: SessionToken;
}

/**
 * Makes a handle that stands for a session.
 *
 * @throws {NtmsError} ERROR_NOT_ENOUGH_MEMORY when too many are open.
 */
export function openSessionHandle(token: SessionToken): bigint {
  const payload = new TextEncoder().encode(JSON.stringify(token));
  return inTable(() => openHandle(SESSION_KIND, payload));
}

/**
 * The session that a handle stands for. While it is held, closing the handle
 * does not free it; nobody else can take it any more.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when it is not open in this process.
 */
export function acquireSessionHandle(handle: bigint): HeldSession {
  const payload = inTable(() => acquireHandle(handle, SESSION_KIND));
  let held = true;
  return {
    token: decodeToken(payload),
    [Symbol.dispose](): void {
      if (held) inTable(() => releaseHandle(handle, SESSION_KIND));
      held = false;
    },
  };
}

/**
 * Ends a handle; of several that try, one succeeds.
 *
 * @returns What the handle stood for, for the session to be closed too.
 * @throws {NtmsError} ERROR_INVALID_HANDLE when it is not open in this process.
 */
export function closeSessionHandle(handle: bigint): SessionToken {
  using held = acquireSessionHandle(handle);
  inTable(() => closeHandle(handle, SESSION_KIND));
  return held.token;
}

function inTable<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof ErrnoError)) throw cause;
    throw new NtmsError(
      cause.code === "EBADF"
        ? "ERROR_INVALID_HANDLE"
        : "ERROR_NOT_ENOUGH_MEMORY",
      cause.message,
      { cause },
    );
  }
}

function decodeToken(payload: Uint8Array): SessionToken {
  const value: unknown = JSON.parse(new TextDecoder().decode(payload));
  if (isToken(value)) return value;
  throw new NtmsError(
    "ERROR_INVALID_HANDLE",
    "The handle does not stand for a session",
  );
}

function isToken(value: unknown): value is SessionToken {
  if (!isObject(value) || typeof value.leaseSeconds !== "number") return false;
  return ["address", "id", "secret", "application", "server"]
    .every((key) => typeof value[key] === "string");
}
