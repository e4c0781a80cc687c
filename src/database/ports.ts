/**
 * Queries on ports and doors, through which cartridges come and go.
 *
 * @module
 */

import type { Selectable } from "kysely";
import type { Reader } from "./database.ts";
import type { CartridgeRow } from "./media.ts";
import type { Place } from "./places.ts";
import { prepared, type Slots } from "./prepared.ts";
import type { DoorTable, PortTable } from "./schema.ts";

const portsByLibrary = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("port").selectAll()
    .where("libraryId", "=", slot("libraryId")).orderBy("number")
);

/** The ports of a library, by number. */
export function portsOf(
  db: Reader,
  libraryId: string,
): Promise<Selectable<PortTable>[]> {
  return portsByLibrary(db, { libraryId });
}

/** The enabled port with the lowest number that is empty; null when there is none. */
export async function findFreePort(
  db: Reader,
  libraryId: string,
  taken: ReadonlySet<string>,
): Promise<Place | null> {
  const row = await db.selectFrom("port")
    .innerJoin("object", "object.id", "port.id")
    .select(["port.id", "port.elementAddress", "port.number"])
    .where("port.libraryId", "=", libraryId)
    .where("object.enabled", "=", 1)
    .where("port.content", "!=", "full")
    .where("port.id", "not in", [...taken])
    .orderBy("port.number").limit(1).executeTakeFirst();
  if (row === undefined) return null;
  const { elementAddress, id, number } = row;
  return { id, type: "port", elementAddress, name: `port ${number}` };
}

const inPortsOf = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("cartridge")
    .innerJoin("port", "port.id", "cartridge.placeId")
    .selectAll("cartridge").where("port.libraryId", "=", slot("libraryId"))
    .orderBy("port.number")
);

/** The cartridges in the ports of a library. */
export function cartridgesInPorts(
  db: Reader,
  libraryId: string,
): Promise<CartridgeRow[]> {
  return inPortsOf(db, { libraryId });
}

/** The first door of a library; null where it has none. */
export async function doorOf(
  db: Reader,
  libraryId: string,
): Promise<Selectable<DoorTable> | null> {
  return await db.selectFrom("door").selectAll()
    .where("libraryId", "=", libraryId).orderBy("number")
    .executeTakeFirst() ?? null;
}

/** Whether a slot of a library is empty. */
export async function hasFreeSlot(
  db: Reader,
  libraryId: string,
): Promise<boolean> {
  const row = await db.selectFrom("slot")
    .innerJoin("library", "library.id", "slot.libraryId").select("slot.id")
    .where("libraryId", "=", libraryId).where("state", "=", "empty")
    // That of the cleaning cartridge is nobody else's.
    .whereRef("slot.id", "is distinct from", "library.cleanerSlotId")
    .limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Whether a cartridge is on its way out of its library, or queued for that. */
export async function isBeingEjected(
  db: Reader,
  cartridgeId: string,
): Promise<boolean> {
  const row = await db.selectFrom("libraryRequest").select("id")
    .where("cartridgeId", "=", cartridgeId).where("operation", "=", "eject")
    .where("state", "in", ["queued", "inProcess", "waiting"])
    .limit(1).executeTakeFirst();
  return row !== undefined;
}
