/**
 * Queries on cartridges, sides and allocations.
 *
 * @module
 */

import type { Insertable, Selectable, Updateable } from "kysely";
import type { Reader, Writer } from "./database.ts";
import { chunks, insertObjects, type NewObject } from "./objects.ts";
import type { CartridgeTable, SideTable } from "./schema.ts";

/** A cartridge's row. */
export type CartridgeRow = Selectable<CartridgeTable>;
/** A side's row. */
export type SideRow = Selectable<SideTable>;

/** A side with its cartridge, as calls need it. */
export interface Medium {
  readonly side: SideRow;
  readonly cartridge: CartridgeRow & {
    readonly name: string;
    readonly enabled: boolean;
  };
}

/** A cartridge to insert, with its sides. */
export interface NewCartridgeRow {
  readonly object: NewObject;
  readonly row: Omit<Insertable<CartridgeTable>, "id">;
  readonly sides: readonly {
    readonly object: NewObject;
    readonly row: Omit<Insertable<SideTable>, "id" | "cartridgeId" | "poolId">;
  }[];
}

/** The side that an id names, as a side or as a logical medium; null where it names none. */
export async function findMedium(
  db: Reader,
  id: string,
): Promise<Medium | null> {
  const side = await db.selectFrom("side").selectAll()
    .where((e) => e.or([e("id", "=", id), e("logicalMediumId", "=", id)]))
    .orderBy("sideNumber").executeTakeFirst();
  if (side === undefined) return null;
  const row = await db.selectFrom("cartridge")
    .innerJoin("object", "object.id", "cartridge.id").selectAll("cartridge")
    .select(["object.name", "object.enabled"])
    .where("cartridge.id", "=", side.cartridgeId).executeTakeFirstOrThrow();
  return { side, cartridge: { ...row, enabled: row.enabled === 1 } };
}

/** The cartridge in a place; null when it is empty. */
export async function cartridgeAt(
  db: Reader,
  placeId: string,
): Promise<CartridgeRow | null> {
  const row = await db.selectFrom("cartridge").selectAll()
    .where("placeId", "=", placeId).executeTakeFirst();
  return row ?? null;
}

/** A cartridge by its id. */
export async function findCartridge(
  db: Reader,
  id: string,
): Promise<CartridgeRow | null> {
  const row = await db.selectFrom("cartridge").selectAll().where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** The cartridges of a library, and those elsewhere that have one of the bar codes. */
export async function cartridgesToCompare(
  db: Reader,
  libraryId: string,
  barCodes: readonly string[],
): Promise<CartridgeRow[]> {
  const rows = await db.selectFrom("cartridge").selectAll()
    .where("libraryId", "=", libraryId).execute();
  for (const some of chunks(barCodes)) {
    rows.push(
      ...await db.selectFrom("cartridge").selectAll()
        .where("libraryId", "!=", libraryId).where("barCode", "in", some)
        .execute(),
    );
  }
  return rows;
}

/** The sides of a cartridge, in order. */
export function sidesOf(db: Reader, cartridgeId: string): Promise<SideRow[]> {
  return db.selectFrom("side").selectAll()
    .where("cartridgeId", "=", cartridgeId).orderBy("sideNumber").execute();
}

/** What a map shows of the cartridges of a library: one row a side, those of a cartridge together. */
export function mapCartridgeRows(db: Reader, libraryId: string) {
  return db.selectFrom("cartridge")
    .innerJoin("object", "object.id", "cartridge.id")
    .innerJoin("mediaPool", "mediaPool.id", "cartridge.poolId")
    .innerJoin("side", "side.cartridgeId", "cartridge.id")
    .select([
      "cartridge.id",
      "object.name",
      "object.enabled",
      "cartridge.barCode",
      "cartridge.barCodeState",
      "cartridge.placeId as location",
      "cartridge.placeType as locationType",
      "cartridge.homeSlotId as homeSlot",
      "cartridge.state",
      "mediaPool.path as poolPath",
      "side.id as sideId",
      "side.state as sideState",
      "side.logicalMediumId",
    ]).where("cartridge.libraryId", "=", libraryId)
    .orderBy("object.position").orderBy("side.sideNumber").execute();
}

/** Inserts cartridges with their sides, thousands if need be. */
export async function insertCartridges(
  db: Writer,
  cartridges: readonly NewCartridgeRow[],
  now: number,
): Promise<void> {
  await insertObjects(
    db,
    cartridges.flatMap(({ object, sides }) => [
      object,
      ...sides.map((side) => side.object),
    ]),
    now,
  );
  for (const some of chunks(cartridges)) {
    await db.insertInto("cartridge")
      .values(some.map(({ object, row }) => ({ ...row, id: object.id })))
      .execute();
    await db.insertInto("side").values(
      some.flatMap((cartridge) =>
        cartridge.sides.map(({ object, row }) => ({
          ...row,
          id: object.id,
          cartridgeId: cartridge.object.id,
          poolId: cartridge.row.poolId,
        }))
      ),
    ).execute();
  }
}

/** Changes a cartridge, but for its pool. */
export async function updateCartridge(
  db: Writer,
  id: string,
  change: Omit<Updateable<CartridgeTable>, "poolId">,
): Promise<void> {
  await db.updateTable("cartridge").set(change).where("id", "=", id).execute();
}

/** Takes cartridges out of their places, so that others can be put there. */
export async function clearPlaces(
  db: Writer,
  cartridgeIds: readonly string[],
): Promise<void> {
  for (const some of chunks(cartridgeIds)) {
    await db.updateTable("cartridge").set({ placeId: null })
      .where("id", "in", some).execute();
  }
}

/** Changes a side. */
export async function updateSide(
  db: Writer,
  id: string,
  change: Updateable<SideTable>,
): Promise<void> {
  await db.updateTable("side").set(change).where("id", "=", id).execute();
}

/** The available sides of a pool that may be handed out, the least used and oldest first. */
function availableSides(db: Reader, poolId: string) {
  return db.selectFrom("side")
    .innerJoin("cartridge", "cartridge.id", "side.cartridgeId")
    .innerJoin("object", "object.id", "cartridge.id")
    .innerJoin("object as library", "library.id", "cartridge.libraryId")
    .select("side.id")
    .where("side.poolId", "=", poolId).where("side.state", "=", "available")
    .where("cartridge.placeId", "is not", null)
    .where("object.enabled", "=", 1).where("library.enabled", "=", 1)
    .where("library.operationalState", "=", "ready")
    .orderBy("side.allocateCount").orderBy("side.mountCount")
    .orderBy("side.ordinal").limit(1);
}

/**
 * The side to allocate from a pool: available, in a library, of a cartridge
 * that may be used; one in a drive first, then the least used and oldest.
 */
export async function findAvailable(
  db: Reader,
  poolId: string,
): Promise<Medium | null> {
  const inDrives = await db.selectFrom("cartridge").select("id")
    .where("placeType", "=", "drive").where("poolId", "=", poolId).execute();
  const inDrive = inDrives.length === 0
    ? undefined
    : await availableSides(db, poolId)
      .where("cartridge.id", "in", inDrives.map(({ id }) => id))
      .executeTakeFirst();
  const row = inDrive ?? await availableSides(db, poolId).executeTakeFirst();
  return row === undefined ? null : await findMedium(db, row.id);
}

/** Inserts an allocation of a side. */
export async function insertLogicalMedium(
  db: Writer,
  object: NewObject,
  poolId: string,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("logicalMedium").values({ id: object.id, poolId })
    .execute();
}

/** Moves a cartridge with its sides and allocations to another pool. */
export async function moveToPool(
  db: Writer,
  cartridgeId: string,
  poolId: string,
): Promise<void> {
  await db.updateTable("cartridge").set({ poolId })
    .where("id", "=", cartridgeId).execute();
  await db.updateTable("side").set({ poolId })
    .where("cartridgeId", "=", cartridgeId).execute();
  const media = (await sidesOf(db, cartridgeId)).flatMap((side) =>
    side.logicalMediumId ?? []
  );
  if (media.length === 0) return;
  await db.updateTable("logicalMedium").set({ poolId })
    .where("id", "in", media).execute();
}
