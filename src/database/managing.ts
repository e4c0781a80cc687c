/**
 * Queries of the calls that manage pools, media and objects.
 *
 * @module
 */

import type { Selectable, Updateable } from "kysely";
import type { Reader, Writer } from "./database.ts";
import { chunks } from "./objects.ts";
import { preparedList } from "./prepared_list.ts";
import { remembered } from "./read_memory.ts";
import type {
  AttributeTable,
  ComputerTable,
  DoorTable,
  Flag,
  MediaPoolTable,
  ObjectTable,
  PortTable,
} from "./schema.ts";
import { UNFINISHED } from "./ends.ts";

/** An object's common record. */
export type ObjectRow = Selectable<ObjectTable>;

/** The common record of an object; null where there is none of this id. */
export async function findObjectRow(
  db: Reader,
  id: string,
): Promise<ObjectRow | null> {
  const row = await db.selectFrom("object").selectAll().where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Changes what a caller may change of the common record of an object. */
export async function updateObjectRow(
  db: Writer,
  id: string,
  change: { name?: string; description?: string; enabled?: Flag },
  now: number,
): Promise<void> {
  await db.updateTable("object").set({ ...change, modified: now })
    .where("id", "=", id).execute();
}

/** What is in a pool. */
export async function contentOfPool(
  db: Reader,
  id: string,
): Promise<{ cartridges: number; pools: number }> {
  const cartridges = await db.selectFrom("cartridge")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("poolId", "=", id).executeTakeFirstOrThrow();
  const pools = await db.selectFrom("mediaPool")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("parentId", "=", id).executeTakeFirstOrThrow();
  return { cartridges: Number(cartridges.count), pools: Number(pools.count) };
}

/** Changes a pool. */
export async function updatePool(
  db: Writer,
  id: string,
  change: Updateable<MediaPoolTable>,
): Promise<void> {
  await db.updateTable("mediaPool").set(change).where("id", "=", id).execute();
}

/** Whether a request about a cartridge is not finished. */
export async function hasUnfinishedRequest(
  db: Reader,
  cartridgeId: string,
): Promise<boolean> {
  const row = await db.selectFrom("libraryRequest").select("id")
    .where("cartridgeId", "=", cartridgeId).where("state", "in", UNFINISHED)
    .limit(1).executeTakeFirst();
  return row !== undefined;
}

const disabledOf = preparedList((db, ids) =>
  db.selectFrom("object").select("id").where("id", "in", ids)
    .where("enabled", "=", 0)
);

/** Which of some objects are disabled. */
export const disabledAmong: (
  db: Reader,
  ids: readonly string[],
) => Promise<Set<string>> = remembered(
  ["object.enabled"],
  async (db, ids: readonly string[]) => {
    const disabled = new Set<string>();
    for (const some of chunks(ids)) {
      for (const { id } of await disabledOf(db, some)) disabled.add(id);
    }
    return disabled;
  },
);

/** The settings of the computer. */
export async function findComputer(
  db: Reader,
  id: string,
): Promise<Selectable<ComputerTable>> {
  return await db.selectFrom("computer").selectAll().where("id", "=", id)
    .executeTakeFirstOrThrow();
}

/** Changes the settings of the computer. */
export async function updateComputer(
  db: Writer,
  id: string,
  change: Updateable<ComputerTable>,
): Promise<void> {
  await db.updateTable("computer").set(change).where("id", "=", id).execute();
}

/** Changes a door. */
export async function updateDoor(
  db: Writer,
  id: string,
  change: Updateable<DoorTable>,
): Promise<void> {
  await db.updateTable("door").set(change).where("id", "=", id).execute();
}

/** Changes a port. */
export async function updatePort(
  db: Writer,
  id: string,
  change: Updateable<PortTable>,
): Promise<void> {
  await db.updateTable("port").set(change).where("id", "=", id).execute();
}

/** Types of objects that have siblings, of which none may have the same name. */
export type NamedType = "library" | "logicalMedium" | "side" | "cartridge";

/** Whether a sibling of an object has a name: another library, or another medium of the same pool, or side of the same cartridge. */
export async function siblingHasName(
  db: Reader,
  type: NamedType,
  id: string,
  name: string,
): Promise<boolean> {
  const named = db.selectFrom("object").select("object.id")
    .where("object.type", "=", type).where("object.name", "=", name)
    .where("object.id", "!=", id).limit(1);
  switch (type) {
    case "library":
      return await named.executeTakeFirst() !== undefined;
    case "side":
      return await named
        .innerJoin("side", "side.id", "object.id")
        .where(
          "side.cartridgeId",
          "=",
          (e) =>
            e.selectFrom("side as own").select("own.cartridgeId")
              .where("own.id", "=", id),
        ).executeTakeFirst() !== undefined;
    case "cartridge":
      return await named
        .innerJoin("cartridge", "cartridge.id", "object.id")
        .where(
          "cartridge.poolId",
          "=",
          (e) =>
            e.selectFrom("cartridge as own").select("own.poolId")
              .where("own.id", "=", id),
        ).executeTakeFirst() !== undefined;
    case "logicalMedium":
      return await named
        .innerJoin("logicalMedium", "logicalMedium.id", "object.id")
        .where(
          "logicalMedium.poolId",
          "=",
          (e) =>
            e.selectFrom("logicalMedium as own").select("own.poolId")
              .where("own.id", "=", id),
        ).executeTakeFirst() !== undefined;
  }
}

/** An attribute's data, in base 64; null where the object has none of this name. */
export async function findAttribute(
  db: Reader,
  objectId: string,
  name: string,
): Promise<string | null> {
  const row = await db.selectFrom("attribute").select("data")
    .where("objectId", "=", objectId).where("name", "=", name)
    .executeTakeFirst();
  return row?.data ?? null;
}

/** How many attributes an object has. */
export async function countAttributes(
  db: Reader,
  objectId: string,
): Promise<number> {
  const { count } = await db.selectFrom("attribute")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("objectId", "=", objectId).executeTakeFirstOrThrow();
  return Number(count);
}

/** Makes or replaces an attribute. */
export async function putAttribute(
  db: Writer,
  row: Selectable<AttributeTable>,
): Promise<void> {
  await db.insertInto("attribute").values(row)
    .onConflict((conflict) =>
      conflict.columns(["objectId", "name"]).doUpdateSet({ data: row.data })
    ).execute();
}

/** Deletes an attribute, if there is one. */
export async function deleteAttribute(
  db: Writer,
  objectId: string,
  name: string,
): Promise<void> {
  await db.deleteFrom("attribute").where("objectId", "=", objectId)
    .where("name", "=", name).execute();
}
