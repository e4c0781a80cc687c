/**
 * Part of migration 0001: failures of devices, and what drives tell of media.
 *
 * @module
 */

import type { CreateTableBuilder, Kysely } from "kysely";

/** A table whose rows are part of the records of objects. */
function partOfObject(
  db: Kysely<unknown>,
  name: string,
): CreateTableBuilder<string, "objectId"> {
  return db.schema.createTable(name).addColumn(
    "objectId",
    "text",
    (c) => c.primaryKey().references("object.id").onDelete("cascade"),
  );
}

/** Creates the tables. */
export async function createHealth(db: Kysely<unknown>): Promise<void> {
  await partOfObject(db, "deviceFailure")
    .addColumn("inARow", "bigint", (c) => c.notNull())
    .addColumn("last", "bigint", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("outOfService", "bigint", (c) => c.notNull()).execute();
  await partOfObject(db, "cartridgeMemory")
    .addColumn("serialNumber", "text", (c) => c.notNull())
    .addColumn("manufacturer", "text", (c) => c.notNull())
    .addColumn("kind", "text")
    .addColumn("loadCount", "bigint")
    .addColumn("maximumBytes", "bigint")
    .addColumn("remainingBytes", "bigint")
    .addColumn("writeProtected", "bigint")
    .addColumn("told", "bigint", (c) => c.notNull()).execute();
}
