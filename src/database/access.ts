/**
 * Queries on who may do what, and on tokens.
 *
 * @module
 */

import type { Insertable, Selectable } from "kysely";
import type { ObjectType, PoolKind } from "../model/mod.ts";
import type { AccessTable, TokenTable } from "./access_schema.ts";
import type { Reader, Writer } from "./database.ts";
import { prepared, type Slots } from "./prepared.ts";
import { remembered } from "./read_memory.ts";

/** A token's row. */
export type TokenRow = Selectable<TokenTable>;

const accessById = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("access").selectAll().where("objectId", "=", slot("id"))
);

/** Who may do what to one object; null where that was never set. */
export async function findAccess(
  db: Reader,
  id: string,
): Promise<Selectable<AccessTable> | null> {
  return (await accessById(db, { id }))[0] ?? null;
}

/** Sets who may do what to an object. */
export async function setAccess(
  db: Writer,
  row: Insertable<AccessTable>,
): Promise<void> {
  const { entries, group, owner } = row;
  await db.insertInto("access").values(row)
    .onConflict((conflict) =>
      conflict.column("objectId").doUpdateSet({ entries, group, owner })
    ).execute();
}

/** What governs an object: itself, or what it is in. */
export interface GovernorRow {
  readonly type: ObjectType;
  readonly pool: string | null;
  readonly library: string | null;
}

const governorsById = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("object")
    .leftJoin("mediaPool", "mediaPool.id", "object.id")
    .leftJoin("logicalMedium", "logicalMedium.id", "object.id")
    .leftJoin("side", (join) =>
      join.on((on) =>
        on.or([
          on("side.id", "=", slot("id")),
          on("side.logicalMediumId", "=", slot("id")),
        ])
      ))
    .leftJoin("cartridge", (join) =>
      join.on((on) =>
        on.or([
          on("cartridge.id", "=", slot("id")),
          on("cartridge.id", "=", on.ref("side.cartridgeId")),
        ])
      ))
    .leftJoin("library", "library.id", "object.id")
    .leftJoin("drive", "drive.id", "object.id")
    .leftJoin("changer", "changer.id", "object.id")
    .leftJoin("slot", "slot.id", "object.id")
    .leftJoin("port", "port.id", "object.id")
    .leftJoin("door", "door.id", "object.id")
    .leftJoin("libraryRequest", "libraryRequest.id", "object.id")
    .where("object.id", "=", slot("id"))
    .select(({ fn }) => [
      "object.type",
      fn.coalesce("mediaPool.id", "logicalMedium.poolId", "cartridge.poolId")
        .as("pool"),
      fn.coalesce(
        "library.id",
        "cartridge.libraryId",
        "drive.libraryId",
        "changer.libraryId",
        fn.coalesce(
          "slot.libraryId",
          "port.libraryId",
          "door.libraryId",
          "libraryRequest.libraryId",
        ),
      ).as("library"),
    ])
);

/** What governs an object; null where there is none of this id. */
export const findGovernors: (
  db: Reader,
  id: string,
) => Promise<GovernorRow | null> = remembered(
  [
    "object",
    "mediaPool",
    "logicalMedium",
    "side",
    "cartridge",
    "library",
    "drive",
    "changer",
    "slot",
    "port",
    "door",
    "mediaType",
    "deviceType",
    "libraryRequest",
    "operatorRequest",
    "computer",
  ],
  async (db, id: string) => (await governorsById(db, { id }))[0] ?? null,
);

/** What the rules of access ask about a pool. */
export interface PoolFacts {
  readonly id: string;
  readonly kind: PoolKind;
  readonly parentId: string | null;
  readonly path: string;
  readonly mediaTypeId: string | null;
  readonly drawFromFree: 0 | 1;
  readonly returnToFree: 0 | 1;
}

/** What the rules of access ask about the whole catalogue. */
export interface AccessFacts {
  /** Id of the computer. */
  readonly computer: string;
  /** Every pool. */
  readonly pools: readonly PoolFacts[];
  /** Who may do what, of every object for which that was set. */
  readonly lists: readonly Selectable<AccessTable>[];
}

/** What the rules of access ask about the whole catalogue. */
export const accessFacts: (db: Reader) => Promise<AccessFacts> = remembered(
  ["computer", "mediaPool", "access"],
  async (db) => {
    const computer = await computerId(db);
    const pools = await db.selectFrom("mediaPool").select([
      "id",
      "kind",
      "parentId",
      "path",
      "mediaTypeId",
      "drawFromFree",
      "returnToFree",
    ]).execute();
    const lists = await db.selectFrom("access").selectAll().execute();
    return { computer, pools, lists };
  },
);

/** Id of the computer. */
export const computerId: (db: Reader) => Promise<string> = remembered(
  ["computer"],
  async (db) =>
    (await db.selectFrom("computer").select("id").executeTakeFirstOrThrow())
      .id,
);

/** Every token, in the order in which they were made. */
export const allTokens: (db: Reader) => Promise<readonly TokenRow[]> =
  remembered(
    ["token"],
    (db) => db.selectFrom("token").selectAll().orderBy("number").execute(),
  );

/** Adds a token. */
export async function insertToken(
  db: Writer,
  row: Insertable<TokenTable>,
): Promise<void> {
  await db.insertInto("token").values(row).execute();
}

/** Takes a token out. */
export async function deleteToken(db: Writer, number: number): Promise<void> {
  await db.deleteFrom("token").where("number", "=", number).execute();
}

/** How many ids one query asks about. */
const IDS_AT_ONCE = 500;

/** The pools that sides are in, by the ids of the sides. */
export async function poolsOfSides(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const pools = new Map<string, string>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const rows = await db.selectFrom("side").select(["id", "poolId"])
      .where("id", "in", ids.slice(start, start + IDS_AT_ONCE)).execute();
    for (const { id, poolId } of rows) pools.set(id, poolId);
  }
  return pools;
}
