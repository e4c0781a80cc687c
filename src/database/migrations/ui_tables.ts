/**
 * Part of migration 0001: the destinations of messages, and messages on their
 * way.
 *
 * @module
 */

import type { Kysely } from "kysely";

/** Creates the tables. */
export async function createUi(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable("uiDestination")
    .addColumn("position", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn(
      "objectId",
      "text",
      (c) => c.notNull().references("object.id").onDelete("cascade"),
    )
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("destination", "text", (c) => c.notNull())
    .addUniqueConstraint("uiDestinationKey", [
      "objectId",
      "type",
      "destination",
    ]).execute();
  await db.schema.createTable("uiDelivery")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("destination", "text", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn(
      "requestId",
      "text",
      (c) => c.references("operatorRequest.id").onDelete("cascade"),
    )
    .addColumn("message", "text", (c) => c.notNull())
    .addColumn("created", "bigint", (c) => c.notNull())
    .addColumn("failed", "bigint")
    .addColumn("failure", "text", (c) => c.notNull()).execute();
  await db.schema.createIndex("uiDeliveryByDestination").on("uiDelivery")
    .columns(["destination", "id"]).execute();
  await db.schema.createIndex("uiDeliveryByRequest").on("uiDelivery")
    .column("requestId").execute();
}
