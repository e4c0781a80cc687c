/**
 * Queries on the destinations of messages, and on messages on their way.
 *
 * @module
 */

import type { Insertable, Selectable } from "kysely";
import type {
  ObjectType,
  OperatorState,
  UiFailure,
  UiType,
} from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import { prepared, type Slots } from "./prepared.ts";
import { remembered } from "./read_memory.ts";
import type { UiDeliveryTable } from "./ui_schema.ts";

/** A message on its way. */
export type UiDeliveryRow = Selectable<UiDeliveryTable>;

/** A destination of an object. */
export interface UiDestinationRow {
  readonly objectId: string;
  readonly type: UiType;
  readonly destination: string;
}

const uiDestinations = prepared((db) =>
  db.selectFrom("uiDestination").select(["objectId", "type", "destination"])
    .orderBy("position")
);

/** All destinations, in the order in which they were added. */
export const allUiDestinations: (
  db: Reader,
) => Promise<readonly UiDestinationRow[]> = remembered(
  ["uiDestination"],
  (db) => uiDestinations(db, {}),
);

/** Adds a destination. */
export async function insertUiDestination(
  db: Writer,
  row: UiDestinationRow,
): Promise<void> {
  await db.insertInto("uiDestination").values(row).execute();
}

/** Takes destinations of an object out: one, or all where it is null. */
export async function deleteUiDestinations(
  db: Writer,
  objectId: string,
  type: UiType,
  destination: string | null,
): Promise<void> {
  let query = db.deleteFrom("uiDestination").where("objectId", "=", objectId)
    .where("type", "=", type);
  if (destination !== null) {
    query = query.where("destination", "=", destination);
  }
  await query.execute();
}

/** The computer's id. */
export async function findComputerId(db: Reader): Promise<string> {
  const { id } = await db.selectFrom("computer").select("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Parts of a library, which have its id. */
const PARTS = [
  "changer",
  "drive",
  "door",
  "port",
  "slot",
  "cartridge",
] as const;

/** The library that an object is, or is in; null where it is in none. */
export async function libraryOf(
  db: Reader,
  type: ObjectType,
  id: string,
): Promise<string | null> {
  if (type === "library") return id;
  if (type === "side") {
    const side = await db.selectFrom("side").select("cartridgeId")
      .where("id", "=", id).executeTakeFirst();
    return side === undefined
      ? null
      : await libraryOf(db, "cartridge", side.cartridgeId);
  }
  const table = PARTS.find((each) => each === type);
  if (table === undefined) return null;
  const row = await db.selectFrom(table).select("libraryId")
    .where("id", "=", id).executeTakeFirst();
  return row?.libraryId ?? null;
}

/** Puts a message on its way. */
export async function insertUiDelivery(
  db: Writer,
  row: Insertable<UiDeliveryTable>,
): Promise<void> {
  await db.insertInto("uiDelivery").values(row).execute();
}

/** How many messages wait for a destination. */
export async function countUiDeliveries(
  db: Reader,
  destination: string,
): Promise<number> {
  const { count } = await db.selectFrom("uiDelivery")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("destination", "=", destination).executeTakeFirstOrThrow();
  return Number(count);
}

/** The message of a destination to give up where too many wait: the oldest that tells of progress, else the oldest. */
export async function leastUiDelivery(
  db: Reader,
  destination: string,
): Promise<UiDeliveryRow | null> {
  const oldest = db.selectFrom("uiDelivery").selectAll()
    .where("destination", "=", destination).orderBy("id").limit(1);
  const row = await oldest.where("type", "=", "info").executeTakeFirst() ??
    await oldest.executeTakeFirst();
  return row ?? null;
}

const firstDelivery = prepared((db, slot: Slots<{ destination: string }>) =>
  db.selectFrom("uiDelivery")
    .leftJoin("operatorRequest", "operatorRequest.id", "uiDelivery.requestId")
    .selectAll("uiDelivery").select("operatorRequest.state")
    .where("destination", "=", slot("destination")).orderBy("uiDelivery.id")
    .limit(1)
);

/** The next message for a destination, with the state of the operator request that it tells of; null where none waits. */
export async function nextUiDelivery(
  db: Reader,
  destination: string,
): Promise<UiDeliveryRow & { state: OperatorState | null } | null> {
  return (await firstDelivery(db, { destination }))[0] ?? null;
}

const destinationsWaitedFor = prepared((db) =>
  db.selectFrom("uiDelivery").select("destination").distinct()
);

/** The destinations that messages wait for. */
export const waitingUiDestinations: (
  db: Reader,
) => Promise<readonly string[]> = remembered(["uiDelivery"], async (db) => {
  const rows = await destinationsWaitedFor(db, {});
  return rows.map(({ destination }) => destination);
});

/** The message is delivered, or given up. */
export async function deleteUiDelivery(db: Writer, id: number): Promise<void> {
  await db.deleteFrom("uiDelivery").where("id", "=", id).execute();
}

/** Notes that a message was tried in vain. */
export async function failUiDelivery(
  db: Writer,
  id: number,
  { at, reason }: UiFailure,
): Promise<void> {
  await db.updateTable("uiDelivery").set({ failed: at, failure: reason })
    .where("id", "=", id).execute();
}

/** What waits for each destination: how many, and the last failure among them. */
export async function uiBacklog(
  db: Reader,
): Promise<Map<string, { waiting: number; failure: UiFailure | null }>> {
  const rows = await db.selectFrom("uiDelivery")
    .select(["destination", "failed", "failure"]).orderBy("id").execute();
  const backlog = new Map<
    string,
    { waiting: number; failure: UiFailure | null }
  >();
  for (const { destination, failed, failure } of rows) {
    const before = backlog.get(destination) ?? { waiting: 0, failure: null };
    backlog.set(destination, {
      waiting: before.waiting + 1,
      failure: failed === null
        ? before.failure
        : { at: failed, reason: failure },
    });
  }
  return backlog;
}
