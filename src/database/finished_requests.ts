/**
 * Queries on requests that have come to their end.
 *
 * @module
 */

import {
  LIBRARY_REQUEST_FLAGS,
  type OperatorState,
  type RequestState,
} from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import { chunks, deleteAlone } from "./objects.ts";
import { prepared, type Slots } from "./prepared.ts";
import { remembered } from "./read_memory.ts";

const FINISHED: readonly RequestState[] = [
  "passed",
  "failed",
  "invalid",
  "cancelled",
  "stopped",
];
/** Nobody is to wait for a thousand more. */
const PURGED_AT_ONCE = 500;
const SETTLED: readonly OperatorState[] = ["complete", "refused"];

/** Deletes those of some requests that have come to their end. */
export async function deleteFinishedRequests(
  db: Writer,
  type: "libraryRequest" | "operatorRequest",
  ids: readonly string[],
): Promise<void> {
  for (const some of chunks(ids)) {
    for (const id of await finishedAmong(db, type, some)) {
      await deleteAlone(db, type, id);
    }
  }
}

async function finishedAmong(
  db: Reader,
  type: "libraryRequest" | "operatorRequest",
  ids: readonly string[],
): Promise<string[]> {
  const rows = type === "libraryRequest"
    ? await db.selectFrom("libraryRequest").select("id")
      .where("id", "in", ids).where("state", "in", FINISHED).execute()
    : await db.selectFrom("operatorRequest").select("id")
      .where("id", "in", ids).where("state", "in", SETTLED).execute();
  return rows.map(({ id }) => id);
}

const rules = prepared((db) =>
  db.selectFrom("computer")
    .select(["libraryRequestFlags", "libraryRequestPurgeSeconds"])
);

const libraryRequestRules = remembered(["computer"], (db) => rules(db, {}));

/** Finished requests of a time before, the oldest first. */
function expiredIn(states: readonly RequestState[]) {
  return prepared((db, slot: Slots<{ before: number }>) =>
    db.selectFrom("libraryRequest").select("id")
      .where("completed", "<", slot("before")).where("state", "in", states)
      .orderBy("completed").limit(PURGED_AT_ONCE)
  );
}

const expired = expiredIn(FINISHED);
const expiredButFailed = expiredIn(
  FINISHED.filter((state) => state !== "failed"),
);

/** Deletes the finished library requests that the computer does not keep any longer, the oldest first and some at a time. */
export async function purgeLibraryRequests(
  db: Writer,
  now: number,
): Promise<void> {
  const [computer] = await libraryRequestRules(db);
  if (computer === undefined) return;
  const flags = computer.libraryRequestFlags;
  if ((flags & LIBRARY_REQUEST_FLAGS.noAutoPurge) !== 0) return;
  const keepFailed = (flags & LIBRARY_REQUEST_FLAGS.noFailedPurge) !== 0;
  const before = now - computer.libraryRequestPurgeSeconds * 1_000;
  const find = keepFailed ? expiredButFailed : expired;
  const rows = await find(db, { before });
  for (const { id } of rows) await deleteAlone(db, "libraryRequest", id);
}
