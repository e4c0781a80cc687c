/**
 * Library requests: the rows that show callers what became of their work.
 *
 * @module
 */

import { insertRequest, updateRequests, type Writer } from "../database/mod.ts";
import {
  type Caller,
  type LibraryOperation,
  type LibraryRequestId,
  type NtmsError,
  ORDER_LAST,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { documentedDeviceError } from "./device_errors.ts";
import { purgeWhenDue } from "./request_purge.ts";
import type { Deferred } from "./waiting.ts";

/** What a request is about. */
export interface RequestSubject {
  readonly libraryId: string;
  readonly operation: LibraryOperation;
  readonly option?: number;
  readonly sideId?: string;
  readonly driveId?: string | null;
  readonly cartridgeId?: string;
  readonly slotId?: string | null;
  readonly priority?: number;
  /** Of a cancellation: the request that it ends. */
  readonly workItemId?: string;
  readonly name: string;
}

/** How a request was cancelled. */
export interface Cancelled {
  /** Resolves when it has ended, where it had begun; null where it only waited. */
  readonly ended: Promise<unknown> | null;
}

/** Enters a request into the queue's record; its id. */
export async function enterRequest(
  db: Writer,
  context: Context,
  caller: Caller,
  subject: RequestSubject,
): Promise<LibraryRequestId> {
  const id = context.random.guid();
  const now = context.clock.now();
  await insertRequest(
    db,
    { id, type: "libraryRequest", name: subject.name.slice(0, 64) },
    {
      libraryId: subject.libraryId,
      operation: subject.operation,
      option: subject.option ?? 0,
      state: "queued",
      sideId: subject.sideId ?? null,
      driveId: subject.driveId ?? null,
      cartridgeId: subject.cartridgeId ?? null,
      slotId: subject.slotId ?? null,
      queued: now,
      completed: null,
      application: caller.application,
      user: caller.user,
      computer: caller.computer,
      errorCode: 0,
      priority: subject.priority ?? 0,
      orderNumber: subject.operation === "mount" ? ORDER_LAST : 0,
      workItemId: subject.workItemId ?? null,
      message: "",
    },
    now,
  );
  await purgeWhenDue(db, context);
  return id;
}

/** Notes that requests run. */
export function beginRequests(
  context: Context,
  ids: readonly string[],
): Promise<void> {
  return commit(
    context,
    "requestBegins",
    (db) => updateRequests(db, ids, { state: "inProcess", message: "" }),
  );
}

/** Notes what requests wait for. */
export function holdRequests(
  db: Writer,
  ids: readonly string[],
  reason: string,
): Promise<void> {
  return updateRequests(db, ids, {
    state: "waiting",
    message: `waits for ${reason}`,
  });
}

/** Notes that requests are done. */
export function passRequests(
  db: Writer,
  context: Context,
  ids: readonly string[],
): Promise<void> {
  return updateRequests(db, ids, {
    state: "passed",
    completed: context.clock.now(),
    message: "",
  });
}

/** Notes that work with ports and doors is done, and what else that changes; where the catalogue cannot be written, as soon as it can. */
export function endPortWork(
  context: Context,
  name: "portWorkEnds" | "cartridgeLeft",
  ids: readonly string[],
  also: (db: Writer) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const note = () =>
    commit(context, name, async (db) => {
      await also(db);
      await passRequests(db, context, ids);
    });
  return context.background.insist("note the end of a request", note);
}

/** Notes how requests failed; where the catalogue cannot be written, as soon as it can. */
export function failRequests(
  context: Context,
  ids: readonly string[],
  error: NtmsError,
): Promise<void> {
  const cancelled = error.code === "ERROR_CANCELLED" ||
    error.code === "ERROR_TIMEOUT";
  const note = () =>
    commit(context, "requestFails", (db) =>
      updateRequests(db, ids, {
        state: cancelled ? "cancelled" : "failed",
        completed: context.clock.now(),
        errorCode: error.win32,
        message: error.message,
      }));
  return context.background.insist("note how a request failed", note);
}

/** Ends work that failed: for who waits for it, for its requests and for the log. */
export async function failWork<T>(
  context: Context,
  library: { readonly name: string },
  ids: readonly string[],
  done: Deferred<T>,
  error: unknown,
): Promise<void> {
  const documented = documentedDeviceError(error);
  done.reject(documented);
  await failRequests(context, ids, documented);
  context.log.warn("A library request failed", {
    library: library.name,
    requests: ids,
    code: documented.code,
    error: documented.message,
  });
}
