/**
 * Queries on places: the slots, drives and ports of a library as one kind.
 *
 * @module
 */

import type { Reader } from "./database.ts";
import type { CartridgeRow } from "./media.ts";
import { chunks } from "./objects.ts";

/** A slot, drive or port of a library. */
export interface Place {
  readonly id: string;
  readonly type: "slot" | "drive" | "port";
  readonly elementAddress: number;
  /** Name for people, such as "slot 7". */
  readonly name: string;
}

const TYPES = ["slot", "drive", "port"] as const;

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

/** All places of a library. */
export async function placesOf(
  db: Reader,
  libraryId: string,
): Promise<Place[]> {
  const places: Place[] = [];
  for (const type of TYPES) {
    const rows = await db.selectFrom(type)
      .select(["id", "elementAddress", "number"])
      .where("libraryId", "=", libraryId).orderBy("number").execute();
    places.push(...rows.map((row) => asPlace(type, row)));
  }
  return places;
}

/** A place by its id; null where it is none. */
export async function findPlace(db: Reader, id: string): Promise<Place | null> {
  for (const type of TYPES) {
    const row = await db.selectFrom(type)
      .select(["id", "elementAddress", "number"]).where("id", "=", id)
      .executeTakeFirst();
    if (row !== undefined) return asPlace(type, row);
  }
  return null;
}

/** A slot to put a cartridge in: its home if that is free, else a free slot that is nobody's home, else any free slot; null when there is none. */
export async function findFreeSlot(
  db: Reader,
  libraryId: string,
  cartridge: CartridgeRow,
): Promise<Place | null> {
  const free = db.selectFrom("slot")
    .select(["id", "elementAddress", "number"])
    .where("libraryId", "=", libraryId).where("state", "!=", "notPresent")
    .where((e) =>
      e.not(e.exists(
        e.selectFrom("cartridge").select("cartridge.id")
          .whereRef("cartridge.placeId", "=", "slot.id"),
      ))
    ).limit(1);
  const home = await free.where("id", "=", cartridge.homeSlotId ?? "")
    .executeTakeFirst();
  const row = home ??
    await free.where((e) =>
      e.not(e.exists(
        e.selectFrom("cartridge").select("cartridge.id")
          .whereRef("cartridge.homeSlotId", "=", "slot.id")
          .where("cartridge.id", "!=", cartridge.id),
      ))
    ).orderBy("number").executeTakeFirst() ??
    await free.orderBy("number").executeTakeFirst();
  return row === undefined ? null : asPlace("slot", row);
}

/** The cartridges in the drives of a library. */
export function cartridgesInDrives(
  db: Reader,
  libraryId: string,
): Promise<CartridgeRow[]> {
  return db.selectFrom("cartridge").innerJoin(
    "drive",
    "drive.id",
    "cartridge.placeId",
  ).selectAll("cartridge").where("drive.libraryId", "=", libraryId).execute();
}

/** Which of some cartridges are in a place of a library. */
export async function onlineAmong(
  db: Reader,
  libraryId: string,
  cartridgeIds: readonly string[],
): Promise<Set<string>> {
  const online = new Set<string>();
  for (const some of chunks(cartridgeIds)) {
    const rows = await db.selectFrom("cartridge").select("id")
      .where("libraryId", "=", libraryId).where("placeId", "is not", null)
      .where("id", "in", some).execute();
    for (const { id } of rows) online.add(id);
  }
  return online;
}
