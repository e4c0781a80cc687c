/**
 * Queries on operator requests as their callers and people see them.
 *
 * @module
 */

import type { Selectable } from "kysely";
import { OPERATOR_REQUEST_FLAGS, type OperatorState } from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import { deleteAlone } from "./objects.ts";
import { prepared, type Slots } from "./prepared.ts";
import { remembered } from "./read_memory.ts";
import type { OperatorRequestTable } from "./schema.ts";

/** An operator request's row. */
export type OperatorRequestRow = Selectable<OperatorRequestTable>;

/** An operator request; null where there is none of this id. */
export async function findOperatorRequest(
  db: Reader,
  id: string,
): Promise<OperatorRequestRow | null> {
  const row = await db.selectFrom("operatorRequest").selectAll()
    .where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

/** Changes the state of an operator request; `completed` where that settles it. */
export async function updateOperatorRequest(
  db: Writer,
  id: string,
  change: { state: OperatorState; completed: number | null },
): Promise<void> {
  await db.updateTable("operatorRequest").set(change).where("id", "=", id)
    .execute();
}

const operatorRequestRules = remembered(
  ["computer"],
  (db) =>
    db.selectFrom("computer")
      .select(["operatorRequestFlags", "operatorRequestPurgeSeconds"])
      .executeTakeFirstOrThrow(),
);

/** Settled requests of a time before. */
function expiredIn(states: readonly OperatorState[]) {
  return prepared((db, slot: Slots<{ before: number }>) =>
    db.selectFrom("operatorRequest").select("id")
      .where("state", "in", states).where("completed", "<", slot("before"))
  );
}

const expired = expiredIn(["complete", "refused"]);
const expiredButRefused = expiredIn(["complete"]);

/** Deletes the settled operator requests that the computer does not keep any longer. */
export async function purgeOperatorRequests(
  db: Writer,
  now: number,
): Promise<void> {
  const computer = await operatorRequestRules(db);
  const flags = computer.operatorRequestFlags;
  if ((flags & OPERATOR_REQUEST_FLAGS.noAutoPurge) !== 0) return;
  const find = (flags & OPERATOR_REQUEST_FLAGS.noFailedPurge) === 0
    ? expired
    : expiredButRefused;
  const before = now - computer.operatorRequestPurgeSeconds * 1_000;
  const rows = await find(db, { before });
  for (const { id } of rows) await deleteAlone(db, "operatorRequest", id);
}
