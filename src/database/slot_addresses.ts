/**
 * Where the slots of a library are, for who plans the ways of its arm.
 *
 * @module
 */

import type { Reader } from "./database.ts";
import { prepared, type Slots } from "./prepared.ts";
import { remembered } from "./read_memory.ts";

const addresses = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("slot").select(["id", "elementAddress"])
    .where("libraryId", "=", slot("libraryId"))
);

/** The element addresses of the slots of a library, by their ids. */
export const slotAddresses: (
  db: Reader,
  libraryId: string,
) => Promise<ReadonlyMap<string, number>> = remembered(
  ["slot.elementAddress"],
  async (db, libraryId: string) => {
    const rows = await addresses(db, { libraryId });
    return new Map(rows.map(({ id, elementAddress }) => [id, elementAddress]));
  },
);
