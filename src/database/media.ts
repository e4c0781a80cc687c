/**
 * Queries on cartridges, sides and allocations.
 *
 * @module
 */

import {
  type Insertable,
  type RawBuilder,
  type Selectable,
  sql,
  type Updateable,
} from "kysely";
import type { Reader, Writer } from "./database.ts";
import { chunks, insertObjects, type NewObject } from "./objects.ts";
import { prepared, type Slots, updateRow } from "./prepared.ts";
import { preparedList } from "./prepared_list.ts";
import { remembered } from "./read_memory.ts";
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
  readonly row: Omit<Insertable<CartridgeTable>, "id" | "position">;
  readonly sides: readonly {
    readonly object: NewObject;
    readonly row: Omit<
      Insertable<SideTable>,
      "id" | "position" | "cartridgeId" | "poolId"
    >;
  }[];
}

const sidesByEither = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("side").selectAll().where((e) =>
    e.or([e("id", "=", slot("id")), e("logicalMediumId", "=", slot("id"))])
  ).orderBy("sideNumber")
);

const namedCartridge = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("cartridge")
    .innerJoin("object", "object.id", "cartridge.id").selectAll("cartridge")
    .select(["object.name", "object.enabled"])
    .where("cartridge.id", "=", slot("id"))
);

/** The side that an id names, as a side or as a logical medium; null where it names none. */
export const findMedium: (
  db: Reader,
  id: string,
) => Promise<Medium | null> = remembered(
  ["side", "cartridge", "object.name", "object.enabled"],
  async (db, id: string) => {
    const [side] = await sidesByEither(db, { id });
    if (side === undefined) return null;
    // A side does not outlive its cartridge.
    const [row] = await namedCartridge(db, { id: side.cartridgeId });
    if (row === undefined) return null;
    return { side, cartridge: { ...row, enabled: row.enabled === 1 } };
  },
);

const cartridgeByPlace = prepared((db, slot: Slots<{ placeId: string }>) =>
  db.selectFrom("cartridge").selectAll()
    .where("placeId", "=", slot("placeId"))
);

/** The cartridge in a place; null when it is empty. */
export const cartridgeAt: (
  db: Reader,
  placeId: string,
) => Promise<CartridgeRow | null> = remembered(
  ["cartridge"],
  async (db, placeId: string) =>
    (await cartridgeByPlace(db, { placeId }))[0] ?? null,
);

const cartridgeById = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("cartridge").selectAll().where("id", "=", slot("id"))
);

/** A cartridge by its id. */
export const findCartridge: (
  db: Reader,
  id: string,
) => Promise<CartridgeRow | null> = remembered(
  ["cartridge"],
  async (db, id: string) => (await cartridgeById(db, { id }))[0] ?? null,
);

/** What of a cartridge an inventory compares. */
const COMPARED = [
  "id",
  "libraryId",
  "placeId",
  "homeSlotId",
  "barCode",
  "barCodeState",
  "state",
] as const;

const cartridgesByBarCodes = preparedList((db, barCodes) =>
  db.selectFrom("cartridge").select(COMPARED).where("barCode", "in", barCodes)
);

const cartridgesByLibrary = prepared((
  db,
  slot: Slots<{ libraryId: string }>,
) =>
  db.selectFrom("cartridge").select(COMPARED)
    .where("libraryId", "=", slot("libraryId"))
);

/** The cartridges of a library, and those elsewhere that have one of the bar codes. */
export async function cartridgesToCompare(
  db: Reader,
  libraryId: string,
  barCodes: readonly string[],
): Promise<Pick<CartridgeRow, typeof COMPARED[number]>[]> {
  const rows = await cartridgesByLibrary(db, { libraryId });
  for (const some of chunks(barCodes)) {
    for (const row of await cartridgesByBarCodes(db, some)) {
      if (row.libraryId !== libraryId) rows.push(row);
    }
  }
  return rows;
}

const restlessByLibrary = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("cartridge").select("id")
    .where("libraryId", "=", slot("libraryId"))
    .where("placeType", "!=", "drive").where("state", "!=", "idle")
);

/** Ids of the cartridges of a library that are in none of its drives and in some use for all that. */
export async function cartridgesNotAtRest(
  db: Reader,
  libraryId: string,
): Promise<string[]> {
  const rows = await restlessByLibrary(db, { libraryId });
  return rows.map(({ id }) => id);
}

const sidesByCartridge = prepared((db, slot: Slots<{ cartridgeId: string }>) =>
  db.selectFrom("side").selectAll()
    .where("cartridgeId", "=", slot("cartridgeId")).orderBy("sideNumber")
);

/** The sides of a cartridge, in order. */
export const sidesOf: (
  db: Reader,
  cartridgeId: string,
) => Promise<SideRow[]> = remembered(
  ["side"],
  (db, cartridgeId: string) => sidesByCartridge(db, { cartridgeId }),
);

/** The position of the object of a row that is inserted. */
function positionOf(id: string): RawBuilder<number> {
  return sql<number>`(select "position" from "object" where "id" = ${id})`;
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
      .values(
        some.map(({ object: { id }, row }) => ({
          ...row,
          id,
          position: positionOf(id),
        })),
      )
      .execute();
    await db.insertInto("side").values(
      some.flatMap((cartridge) =>
        cartridge.sides.map(({ object: { id }, row }) => ({
          ...row,
          id,
          position: positionOf(id),
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
  await updateRow(db, "cartridge", id, change);
}

const clearPlacesOf = preparedList((db, ids) =>
  db.updateTable("cartridge").set({ placeId: null }).where("id", "in", ids)
);

/** Takes cartridges out of their places, so that others can be put there. */
export async function clearPlaces(
  db: Writer,
  cartridgeIds: readonly string[],
): Promise<void> {
  for (const some of chunks(cartridgeIds)) await clearPlacesOf(db, some);
}

/** Changes a side. */
export async function updateSide(
  db: Writer,
  id: string,
  change: Updateable<SideTable>,
): Promise<void> {
  await updateRow(db, "side", id, change);
}

/** The available sides of a pool that may be handed out, the least used and oldest first; `whole`: of cartridges of which every side is. */
function availableSides(
  db: Reader,
  poolId: RawBuilder<string>,
  whole: boolean,
) {
  const sides = db.selectFrom("side")
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
  return whole
    ? sides.where((e) =>
      e.not(e.exists(
        e.selectFrom("side as other").select("other.id")
          .whereRef("other.cartridgeId", "=", "side.cartridgeId")
          .where("other.state", "!=", "available"),
      ))
    )
    : sides;
}

const cartridgesOfPoolInDrives = prepared((
  db,
  slot: Slots<{ poolId: string }>,
) =>
  db.selectFrom("cartridge").select("id")
    // Written out, as its index has it.
    .where("placeType", "=", sql.lit("drive"))
    .where("poolId", "=", slot("poolId"))
);

const firstAmong = (whole: boolean) =>
  prepared((db, slot: Slots<{ poolId: string; cartridges: string }>) =>
    availableSides(db, slot("poolId"), whole).where(
      "cartridge.id",
      "in",
      sql<string>`(select "value" from json_each(${slot("cartridges")}))`,
    )
  );

const firstInDrives = firstAmong(false);
const firstInDrivesWhole = firstAmong(true);

const firstAvailable = prepared((db, slot: Slots<{ poolId: string }>) =>
  availableSides(db, slot("poolId"), false)
);

const firstAvailableWhole = prepared((db, slot: Slots<{ poolId: string }>) =>
  availableSides(db, slot("poolId"), true)
);

/**
 * The side to allocate from a pool: available, in a library, of a cartridge
 * that may be used; one in a drive first, then the least used and oldest.
 * `whole`: only one of a cartridge of which every side is available.
 */
export const findAvailable: (
  db: Reader,
  poolId: string,
  whole?: boolean,
) => Promise<Medium | null> = remembered(
  [
    "side",
    "cartridge",
    "library",
    "object.name",
    "object.enabled",
    "object.operationalState",
  ],
  async (db, poolId: string, whole = false) => {
    const inDrives = await cartridgesOfPoolInDrives(db, { poolId });
    const among = whole ? firstInDrivesWhole : firstInDrives;
    const cartridges = JSON.stringify(inDrives.map(({ id }) => id));
    const [inDrive] = inDrives.length === 0
      ? []
      : await among(db, { poolId, cartridges });
    const first = whole ? firstAvailableWhole : firstAvailable;
    const row = inDrive ?? (await first(db, { poolId }))[0];
    return row === undefined ? null : await findMedium(db, row.id);
  },
);

const newLogicalMedium = prepared((
  db,
  slot: Slots<{ id: string; poolId: string }>,
) =>
  db.insertInto("logicalMedium").values({
    id: slot("id"),
    poolId: slot("poolId"),
    position: (e) =>
      e.selectFrom("object").select("position").where("id", "=", slot("id")),
  })
);

/** Inserts an allocation of a side. */
export async function insertLogicalMedium(
  db: Writer,
  object: NewObject,
  poolId: string,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await newLogicalMedium(db, { id: object.id, poolId });
}

const moveSides = prepared((
  db,
  slot: Slots<{ cartridgeId: string; poolId: string }>,
) =>
  db.updateTable("side").set({ poolId: slot("poolId") })
    .where("cartridgeId", "=", slot("cartridgeId"))
);

/** Moves a cartridge with its sides and allocations to another pool. */
export async function moveToPool(
  db: Writer,
  cartridgeId: string,
  poolId: string,
): Promise<void> {
  await updateRow(db, "cartridge", cartridgeId, { poolId });
  await moveSides(db, { cartridgeId, poolId });
  const media = (await sidesOf(db, cartridgeId)).flatMap((side) =>
    side.logicalMediumId ?? []
  );
  if (media.length === 0) return;
  await db.updateTable("logicalMedium").set({ poolId })
    .where("id", "in", media).execute();
}
