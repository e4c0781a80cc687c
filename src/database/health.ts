/**
 * Queries on the health of devices and media.
 *
 * @module
 */

import type { Selectable } from "kysely";
import type { Reader, Writer } from "./database.ts";
import type {
  CartridgeMemoryTable,
  DeviceFailureTable,
} from "./health_schema.ts";
import { preparedList } from "./prepared_list.ts";
import { remembered } from "./read_memory.ts";

/** How often a device failed. */
export type DeviceFailureRow = Selectable<DeviceFailureTable>;
/** What a drive told of a cartridge. */
export type CartridgeMemoryRow = Selectable<CartridgeMemoryTable>;

const failuresById = preparedList((db, ids) =>
  db.selectFrom("deviceFailure").selectAll().where("objectId", "in", ids)
);

const memoriesById = preparedList((db, ids) =>
  db.selectFrom("cartridgeMemory").selectAll().where("objectId", "in", ids)
);

/** How often a device failed; null where it never did. */
export const findFailure: (
  db: Reader,
  id: string,
) => Promise<DeviceFailureRow | null> = remembered(
  ["deviceFailure"],
  async (db, id: string) => (await failuresById(db, [id]))[0] ?? null,
);

/** Which of some devices failed, and how often. */
export async function failuresOf(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DeviceFailureRow>> {
  const rows = await failuresById(db, ids);
  return new Map(rows.map((row) => [row.objectId, row]));
}

/** Writes down how often a device failed. */
export async function putFailure(
  db: Writer,
  row: DeviceFailureRow,
): Promise<void> {
  await db.insertInto("deviceFailure").values(row)
    .onConflict((conflict) => conflict.column("objectId").doUpdateSet(row))
    .execute();
}

/** What the drives told of some cartridges. */
export async function memoriesOf(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CartridgeMemoryRow>> {
  const rows = await memoriesById(db, ids);
  return new Map(rows.map((row) => [row.objectId, row]));
}

/** Writes down what a drive told of a cartridge. */
export async function putMemory(
  db: Writer,
  row: CartridgeMemoryRow,
): Promise<void> {
  await db.insertInto("cartridgeMemory").values(row)
    .onConflict((conflict) => conflict.column("objectId").doUpdateSet(row))
    .execute();
}
