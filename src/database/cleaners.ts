/**
 * Queries on cleaning cartridges and the slot that is theirs.
 *
 * @module
 */

import type { Selectable } from "kysely";
import type { Reader } from "./database.ts";
import type { CartridgeRow } from "./media.ts";
import { CLEANER_CODE } from "./places.ts";
import { remembered } from "./read_memory.ts";
import type { LibraryTable, SlotTable } from "./schema.ts";

/** The cleaning cartridges of a catalogue; by pools, of which those of cleaning types have few media. */
function cleaners(db: Reader) {
  return db.selectFrom("cartridge")
    .innerJoin("mediaPool", "mediaPool.id", "cartridge.poolId")
    .innerJoin("mediaType", "mediaType.id", "mediaPool.mediaTypeId")
    .selectAll("cartridge").where("mediaType.code", "=", CLEANER_CODE);
}

/** Whether cartridges of a media type are for cleaning. */
export const isCleanerType: (
  db: Reader,
  mediaTypeId: string,
) => Promise<boolean> = remembered(
  ["mediaType.code"],
  async (db, mediaTypeId: string) => {
    const row = await db.selectFrom("mediaType").select("code")
      .where("id", "=", mediaTypeId).executeTakeFirst();
    return row?.code === CLEANER_CODE;
  },
);

/** The cleaning cartridge in the slot with the lowest number; null for none. */
export async function firstCleaner(
  db: Reader,
  libraryId: string,
): Promise<CartridgeRow | null> {
  const row = await cleaners(db)
    .innerJoin("slot", "slot.id", "cartridge.placeId")
    .where("slot.libraryId", "=", libraryId)
    .orderBy("slot.number").limit(1).executeTakeFirst();
  return row ?? null;
}

/** The cleaning cartridges of a library, wherever in it they are. */
export function cleanersIn(
  db: Reader,
  libraryId: string,
): Promise<CartridgeRow[]> {
  return cleaners(db).where("cartridge.libraryId", "=", libraryId).execute();
}

/** The cleaning cartridges in the drives of a library. */
export function cleanersInDrives(
  db: Reader,
  libraryId: string,
): Promise<CartridgeRow[]> {
  return cleaners(db).innerJoin("drive", "drive.id", "cartridge.placeId")
    .where("drive.libraryId", "=", libraryId).execute();
}

/** The cleaning cartridge whose home is the reserved slot, wherever in the library it is; null for none. */
export async function cleanerOf(
  db: Reader,
  { cleanerSlotId, id }: Pick<Selectable<LibraryTable>, "id" | "cleanerSlotId">,
): Promise<CartridgeRow | null> {
  if (cleanerSlotId === null) return null;
  const row = await cleaners(db)
    .where("cartridge.libraryId", "=", id)
    .where("cartridge.homeSlotId", "=", cleanerSlotId)
    .where("cartridge.placeId", "is not", null)
    .limit(1).executeTakeFirst();
  return row ?? null;
}

/** A slot by its id; null where it is none. */
export async function findSlot(
  db: Reader,
  id: string,
): Promise<Selectable<SlotTable> | null> {
  const row = await db.selectFrom("slot").selectAll()
    .where("id", "=", id).executeTakeFirst();
  return row ?? null;
}
