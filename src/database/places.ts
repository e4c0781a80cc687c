/**
 * Queries on places: the slots, drives and ports of a library as one kind.
 *
 * @module
 */

import { sql } from "kysely";
import type { Reader, Writer } from "./database.ts";
import { type CartridgeRow, updateCartridge } from "./media.ts";
import { chunks } from "./objects.ts";
import { prepared, type Slots, updateRow } from "./prepared.ts";
import { preparedList } from "./prepared_list.ts";
import { remembered, type Source } from "./read_memory.ts";

/** A slot, drive or port of a library. */
export interface Place {
  readonly id: string;
  readonly type: "slot" | "drive" | "port";
  readonly elementAddress: number;
  /** Name for people, such as "slot 7". */
  readonly name: string;
}

/** STORAGE_MEDIA_TYPE of cleaning cartridges. */
export const CLEANER_CODE = 50;

const TYPES = ["slot", "drive", "port"] as const;

/** What a place is told by. */
const PLACE_SOURCES: readonly Source[] = TYPES.flatMap((type) =>
  [
    `${type}.libraryId`,
    `${type}.elementAddress`,
    `${type}.number`,
  ] as const
);

function asPlace(
  type: Place["type"],
  row: { id: string; elementAddress: number; number: number },
): Place {
  return {
    id: row.id,
    type,
    elementAddress: row.elementAddress,
    name: `${type} ${row.number}`,
  };
}

const placesByType = TYPES.map((type) => ({
  type,
  find: prepared((db, slot: Slots<{ libraryId: string }>) =>
    db.selectFrom(type).select(["id", "elementAddress", "number"])
      .where("libraryId", "=", slot("libraryId")).orderBy("number")
  ),
}));

/** All places of a library. */
export const placesOf: (
  db: Reader,
  libraryId: string,
) => Promise<Place[]> = remembered(
  PLACE_SOURCES,
  async (db, libraryId: string) => {
    const places: Place[] = [];
    for (const { find, type } of placesByType) {
      const rows = await find(db, { libraryId });
      for (const row of rows) places.push(asPlace(type, row));
    }
    return places;
  },
);

const findByType = TYPES.map((type) => ({
  type,
  find: prepared((db, slot: Slots<{ id: string }>) =>
    db.selectFrom(type).select(["id", "elementAddress", "number"])
      .where("id", "=", slot("id"))
  ),
}));

/** A place by its id; null where it is none. */
export const findPlace: (
  db: Reader,
  id: string,
) => Promise<Place | null> = remembered(
  PLACE_SOURCES,
  async (db, id: string) => {
    for (const { find, type } of findByType) {
      const [row] = await find(db, { id });
      if (row !== undefined) return asPlace(type, row);
    }
    return null;
  },
);

/** The free slots of a library that nothing is on its way to, the first one; not that of the cleaning cartridge. */
function freeSlot(
  db: Reader,
  slot: Slots<{ libraryId: string; taken: string }>,
) {
  return anyFreeSlot(db, slot).where((e) =>
    e.not(e.exists(
      e.selectFrom("library").select("library.id")
        .whereRef("library.id", "=", "slot.libraryId")
        .whereRef("library.cleanerSlotId", "=", "slot.id"),
    ))
  );
}

function anyFreeSlot(
  db: Reader,
  slot: Slots<{ libraryId: string; taken: string }>,
) {
  return db.selectFrom("slot")
    .select(["id", "elementAddress", "number"])
    .where("libraryId", "=", slot("libraryId"))
    .where("state", "!=", "notPresent")
    .where(
      "id",
      "not in",
      sql<
        string
      >`(select "value" from json_each(${slot("taken")}))`,
    )
    .where((e) =>
      e.not(e.exists(
        e.selectFrom("cartridge").select("cartridge.id")
          .whereRef("cartridge.placeId", "=", "slot.id"),
      ))
    ).orderBy("number").limit(1);
}

const freeHome = prepared((
  db,
  slot: Slots<{ libraryId: string; taken: string; home: string }>,
) => freeSlot(db, slot).where("id", "=", slot("home")));

/** The reserved slot, for the cleaning cartridge that came from it. */
const freeForCleaner = prepared((
  db,
  slot: Slots<
    { libraryId: string; taken: string; home: string; mediaType: string }
  >,
) =>
  anyFreeSlot(db, slot).where("id", "=", slot("home"))
    .where((e) =>
      e.exists(
        e.selectFrom("mediaType").select("mediaType.id")
          .where("mediaType.id", "=", slot("mediaType"))
          .where("mediaType.code", "=", CLEANER_CODE),
      )
    )
);

const freeAndNobodys = prepared((
  db,
  slot: Slots<{ libraryId: string; taken: string; cartridge: string }>,
) =>
  freeSlot(db, slot).where((e) =>
    e.not(e.exists(
      e.selectFrom("cartridge").select("cartridge.id")
        .whereRef("cartridge.homeSlotId", "=", "slot.id")
        .where("cartridge.id", "!=", slot("cartridge")),
    ))
  )
);

const freeAtAll = prepared(freeSlot);

/** A slot to put a cartridge in: its home if that is free, else a free slot that is nobody's home, else any free slot; null when there is none. */
export async function findFreeSlot(
  db: Reader,
  libraryId: string,
  cartridge: CartridgeRow,
  taken: ReadonlySet<string>,
): Promise<Place | null> {
  const common = { libraryId, taken: JSON.stringify([...taken]) };
  const home = cartridge.homeSlotId ?? "";
  const mediaType = cartridge.mediaTypeId;
  const row = (await freeHome(db, { ...common, home }))[0] ??
    (await freeForCleaner(db, { ...common, home, mediaType }))[0] ??
    (await freeAndNobodys(db, { ...common, cartridge: cartridge.id }))[0] ??
    (await freeAtAll(db, common))[0];
  return row === undefined ? null : asPlace("slot", row);
}

const inDrivesOf = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("cartridge")
    .innerJoin("drive", "drive.id", "cartridge.placeId")
    .selectAll("cartridge").where("drive.libraryId", "=", slot("libraryId"))
);

/** The cartridges in the drives of a library. */
export const cartridgesInDrives: (
  db: Reader,
  libraryId: string,
) => Promise<CartridgeRow[]> = remembered(
  ["cartridge", "drive.libraryId"],
  (db, libraryId: string) => inDrivesOf(db, { libraryId }),
);

const whereabouts = preparedList((db, ids) =>
  // Asked for the library too, SQLite would go through all it has.
  db.selectFrom("cartridge").select(["id", "libraryId", "placeId"])
    .where("id", "in", ids)
);

/** Which of some cartridges are in a place of a library. */
export const onlineAmong: (
  db: Reader,
  libraryId: string,
  cartridgeIds: readonly string[],
) => Promise<Set<string>> = remembered(
  ["cartridge.libraryId", "cartridge.placeId"],
  async (db, libraryId: string, cartridgeIds: readonly string[]) => {
    const online = new Set<string>();
    for (const some of chunks(cartridgeIds)) {
      for (const row of await whereabouts(db, some)) {
        const inPlace = row.libraryId === libraryId && row.placeId !== null;
        if (inPlace) online.add(row.id);
      }
    }
    return online;
  },
);

/** Enters that a cartridge went from one place to another; a slot is its home from then on. */
export async function moveCartridge(
  db: Writer,
  cartridgeId: string,
  source: Place,
  target: Place,
): Promise<void> {
  await updateCartridge(db, cartridgeId, {
    placeId: target.id,
    placeType: target.type,
    ...(target.type === "slot" ? { homeSlotId: target.id } : {}),
  });
  for (const [place, state] of [[source, "empty"], [target, "full"]] as const) {
    const { id, type } = place;
    if (type === "slot") await updateRow(db, "slot", id, { state });
    if (type === "port") await updateRow(db, "port", id, { content: state });
  }
}
