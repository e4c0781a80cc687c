/**
 * Queries on mounts, library requests, operator requests and the journal of
 * robot steps.
 *
 * @module
 */

import type { Insertable, Selectable, Updateable } from "kysely";
import { NtmsError } from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import { UNFINISHED } from "./ends.ts";
import { deleteAlone, insertObjects, type NewObject } from "./objects.ts";
import { insertRow, prepared, type Slots, updateRow } from "./prepared.ts";
import { remembered } from "./read_memory.ts";
import type { MoveIntentTable } from "./journal_schema.ts";
import type {
  LibraryRequestTable,
  MountTable,
  OperatorRequestTable,
} from "./schema.ts";

/** A mount's row. */
export type MountRow = Selectable<MountTable>;
/** A library request's row. */
export type RequestRow = Selectable<LibraryRequestTable>;
/** A robot step's row. */
export type IntentRow = Selectable<MoveIntentTable>;

const mountBySide = prepared((db, slot: Slots<{ sideId: string }>) =>
  db.selectFrom("mount").selectAll().where("sideId", "=", slot("sideId"))
);

/** The mount of a side; null when it is not mounted. */
export const findMount: (
  db: Reader,
  sideId: string,
) => Promise<MountRow | null> = remembered(
  ["mount"],
  async (db, sideId: string) => (await mountBySide(db, { sideId }))[0] ?? null,
);

const mountsByLibrary = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("mount").innerJoin("drive", "drive.id", "mount.driveId")
    .selectAll("mount").where("drive.libraryId", "=", slot("libraryId"))
);

/** The mounts of the drives of a library. */
export const mountsInLibrary: (
  db: Reader,
  libraryId: string,
) => Promise<MountRow[]> = remembered(
  ["mount", "drive.libraryId"],
  (db, libraryId: string) => mountsByLibrary(db, { libraryId }),
);

/** The mounts that a session made and did not pass on. */
export function mountsOfSession(
  db: Reader,
  sessionId: string,
): Promise<MountRow[]> {
  return db.selectFrom("mount").selectAll().where("sessionId", "=", sessionId)
    .execute();
}

/** The mounts of sessions, of which none outlives a start of the service. */
export function mountsOfAnySession(db: Reader): Promise<MountRow[]> {
  return db.selectFrom("mount").selectAll().where("sessionId", "is not", null)
    .execute();
}

/** Inserts a mount. */
export async function insertMount(
  db: Writer,
  row: Insertable<MountTable>,
): Promise<void> {
  await insertRow(db, "mount", row);
}

/** Changes a mount. */
export async function updateMount(
  db: Writer,
  sideId: string,
  change: Updateable<MountTable>,
): Promise<void> {
  await updateRow(db, "mount", sideId, change, "sideId");
}

const endMount = prepared((db, slot: Slots<{ sideId: string }>) =>
  db.deleteFrom("mount").where("sideId", "=", slot("sideId"))
);

/** Ends a mount. */
export async function deleteMount(db: Writer, sideId: string): Promise<void> {
  await endMount(db, { sideId });
}

/** A closed session leaves its mounts to its application. */
export async function releaseMounts(
  db: Writer,
  sessionId: string,
): Promise<void> {
  await db.updateTable("mount").set({ sessionId: null })
    .where("sessionId", "=", sessionId).execute();
}

/** Inserts a library request. */
export async function insertRequest(
  db: Writer,
  object: NewObject,
  row: Omit<Insertable<LibraryRequestTable>, "id">,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await insertRow(db, "libraryRequest", { ...row, id: object.id });
}

/** Changes library requests. */
export async function updateRequests(
  db: Writer,
  ids: readonly string[],
  change: Updateable<LibraryRequestTable>,
): Promise<void> {
  for (const id of ids) await updateRow(db, "libraryRequest", id, change);
}

/** The library requests of these ids. */
export function findRequests(
  db: Reader,
  ids: readonly string[],
): Promise<RequestRow[]> {
  return db.selectFrom("libraryRequest").selectAll().where("id", "in", ids)
    .execute();
}

/** Ids of the library requests that are not finished, oldest first. */
export async function unfinishedRequests(
  db: Reader,
  libraryId: string | null,
): Promise<string[]> {
  let query = db.selectFrom("libraryRequest")
    .innerJoin("object", "object.id", "libraryRequest.id").select("object.id")
    .where("state", "in", UNFINISHED).orderBy("object.position");
  if (libraryId !== null) query = query.where("libraryId", "=", libraryId);
  return (await query.execute()).map(({ id }) => id);
}

/** Inserts an operator request. */
export async function insertOperatorRequest(
  db: Writer,
  object: NewObject,
  row: Omit<Insertable<OperatorRequestTable>, "id">,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await insertRow(db, "operatorRequest", { ...row, id: object.id });
}

/** States of an operator request that is not settled. */
const OPEN = ["submitted", "active", "inProgress"] as const;

const openRequestOf = prepared((
  db,
  slot: Slots<
    { command: OperatorRequestTable["command"]; argument1Id: string }
  >,
) =>
  db.selectFrom("operatorRequest").select("id")
    .where("command", "=", slot("command"))
    .where("argument1Id", "=", slot("argument1Id"))
    .where("state", "in", OPEN).where("raisedBy", "!=", "program").limit(1)
);

/** Whether the service asks the operator for this already, or one of its calls does. */
export async function hasOpenOperatorRequest(
  db: Reader,
  command: OperatorRequestTable["command"],
  argument1Id: string,
): Promise<boolean> {
  const rows = await openRequestOf(db, { command, argument1Id });
  return rows.length > 0;
}

const completeRequestsAbout = prepared((
  db,
  slot: Slots<{
    command: OperatorRequestTable["command"];
    argument1Id: string;
    now: number;
    library: string | null;
  }>,
) =>
  db.updateTable("operatorRequest")
    .set({ state: "complete", completed: slot("now") })
    .where("command", "=", slot("command"))
    .where("argument1Id", "=", slot("argument1Id"))
    .where("state", "in", OPEN)
    .where((row) =>
      row.or([
        row("raisedBy", "!=", "program"),
        row("argument2Id", "=", slot("library")),
      ])
    )
);

/**
 * Completes the open operator requests about an object: their reason is gone.
 * What a program asked for is what it says, except that media come to a
 * library: that can be seen.
 */
export async function completeOperatorRequests(
  db: Writer,
  command: OperatorRequestTable["command"],
  argument1Ids: readonly string[],
  now: number,
  library: string | null = null,
): Promise<void> {
  for (const argument1Id of argument1Ids) {
    await completeRequestsAbout(db, { command, argument1Id, now, library });
  }
}

/** Completes one operator request, if it is open. */
export async function completeOperatorRequest(
  db: Writer,
  id: string,
  now: number,
): Promise<void> {
  await db.updateTable("operatorRequest")
    .set({ state: "complete", completed: now }).where("id", "=", id)
    .where("state", "in", OPEN).execute();
}

const openById = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("operatorRequest").select("id").where("id", "=", slot("id"))
    .where("state", "in", OPEN)
);

/** Deletes an operator request whose call gave up; what was settled before is kept. */
export async function deleteOperatorRequest(
  db: Writer,
  id: string,
): Promise<void> {
  const [row] = await openById(db, { id });
  if (row !== undefined) await deleteAlone(db, "operatorRequest", id);
}

/** Deletes the open operator requests of calls, of which none outlives a start of the service. */
export async function deleteOperatorRequestsOfCalls(db: Writer): Promise<void> {
  const rows = await db.selectFrom("operatorRequest").select("id")
    .where("raisedBy", "=", "call").where("state", "in", OPEN).execute();
  for (const { id } of rows) await deleteAlone(db, "operatorRequest", id);
}

const newestEpoch = prepared((db, _: Slots<Record<never, string>>) =>
  db.selectFrom("setting").select("value").where("name", "=", "epoch")
);

/**
 * Lets only the newest start of the service go on. Asked of the file, not of
 * what was read before: the newer one has a connection of its own.
 *
 * @throws {NtmsError} ERROR_NOT_READY when another service has been started
 * on this catalogue.
 */
export async function requireEpoch(db: Writer, epoch: number): Promise<void> {
  const [row] = await newestEpoch(db, {});
  if (row?.value === String(epoch)) return;
  throw new NtmsError(
    "ERROR_NOT_READY",
    `Another service has taken this catalogue over (start ${row?.value}; this is start ${epoch}); stop this one`,
  );
}

/** Writes down a robot step before it is taken; its id. */
export async function insertIntent(
  db: Writer,
  row: Insertable<MoveIntentTable>,
): Promise<number> {
  return await insertRow(db, "moveIntent", row);
}

/** Changes a robot step. */
export async function updateIntent(
  db: Writer,
  id: number,
  change: Updateable<MoveIntentTable>,
): Promise<void> {
  await updateRow(db, "moveIntent", id, change);
}

const intentsNotSettled = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("moveIntent").selectAll()
    .where("libraryId", "=", slot("libraryId"))
    .where("state", "in", ["planned", "sent", "unknown"]).orderBy("id")
);

/** Robot steps of a library whose end is not known. */
export function openIntents(
  db: Reader,
  libraryId: string,
): Promise<IntentRow[]> {
  return intentsNotSettled(db, { libraryId });
}
