/**
 * Queries on what a map of a library shows.
 *
 * @module
 */

import type { Reader } from "./database.ts";

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

/** What a map shows of the slots of a library. */
export function mapSlotRows(db: Reader, libraryId: string) {
  return db.selectFrom("slot").innerJoin("object", "object.id", "slot.id")
    .select([
      "slot.id",
      "slot.number",
      "slot.elementAddress",
      "slot.state",
      "object.enabled",
    ]).where("slot.libraryId", "=", libraryId).orderBy("slot.number").execute();
}
