/**
 * From handles to sessions. The number comes from the table that all Workers
 * of the process share; the connection behind it is each Worker's own, made
 * when the Worker uses the handle for the first time.
 *
 * @module
 */

import {
  acquireSessionHandle,
  attachSession,
  closeSessionHandle,
  type HeldSession,
  openSessionHandle,
  type Session,
  type SessionToken,
} from "../client/mod.ts";
import { invalid } from "./arguments.ts";
import type { HANDLE } from "./types.ts";

/** The sessions that this Worker has connections to. */
const attached = new Map<HANDLE, Session>();

/** Makes a handle for a session of this Worker. */
export function openHandle(session: Session): HANDLE {
  const handle = openSessionHandle(session.token());
  attached.set(handle, session);
  return handle;
}

/**
 * Does something with the session of a handle.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when the handle is closed, unknown
 * or of another process.
 */
export async function withSession(
  hSession: unknown,
  use: (session: Session) => Promise<void>,
): Promise<void> {
  const handle = readHandle(hSession);
  using held = acquire(handle);
  await use(sessionOf(handle, held.token));
}

/**
 * Ends the session of a handle. Of several that try, one succeeds.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when the handle is closed, unknown
 * or of another process.
 */
export async function closeHandle(hSession: unknown): Promise<void> {
  const handle = readHandle(hSession);
  const token = closeSessionHandle(handle);
  const session = sessionOf(handle, token);
  attached.delete(handle);
  await session.close();
}

function readHandle(hSession: unknown): HANDLE {
  if (typeof hSession === "bigint") return hSession;
  throw invalid(
    `hSession is no handle: give what OpenNtmsSession gave, not ${
      String(hSession)
    }`,
    "ERROR_INVALID_HANDLE",
  );
}

function acquire(handle: HANDLE): HeldSession {
  try {
    return acquireSessionHandle(handle);
  } catch (error) {
    // Another Worker may have closed it: then nothing needs the connection.
    attached.get(handle)?.detach();
    attached.delete(handle);
    throw error;
  }
}

function sessionOf(handle: HANDLE, token: SessionToken): Session {
  const session = attached.get(handle) ?? attachSession(token);
  attached.set(handle, session);
  return session;
}
