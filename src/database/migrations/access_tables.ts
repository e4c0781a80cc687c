/**
 * Part of migration 0001: who may do what, tokens, and the audit.
 *
 * @module
 */

import { type Kysely, sql } from "kysely";

/**
 * The audit only grows, whoever writes to the file with SQL: the purge first
 * says how far it goes, which never goes back, and takes no row beyond that.
 */
const APPEND_ONLY = [
  `CREATE TRIGGER "audit_unchanged" BEFORE UPDATE ON "audit"
     BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END`,
  `CREATE TRIGGER "audit_kept" BEFORE DELETE ON "audit"
     WHEN OLD."number" >= (SELECT "before" FROM "auditPurge")
     BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END`,
  `CREATE TRIGGER "auditPurge_forward" BEFORE UPDATE ON "auditPurge"
     WHEN NEW."before" < OLD."before" OR NEW."id" <> 1
     BEGIN SELECT RAISE(ABORT, 'the purge does not go back'); END`,
  `CREATE TRIGGER "auditPurge_kept" BEFORE DELETE ON "auditPurge"
     BEGIN SELECT RAISE(ABORT, 'the purge does not go back'); END`,
];

/** Creates the tables. */
export async function createAccess(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable("access")
    .addColumn(
      "objectId",
      "text",
      (c) => c.primaryKey().references("object.id").onDelete("cascade"),
    )
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("group", "text", (c) => c.notNull())
    .addColumn("entries", "text", (c) => c.notNull()).execute();
  await db.schema.createTable("token")
    .addColumn("number", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("name", "text", (c) => c.notNull().unique())
    .addColumn("hash", "text", (c) => c.notNull().unique())
    .addColumn("user", "text")
    .addColumn("created", "bigint", (c) => c.notNull()).execute();
  await createAudit(db);
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable("audit")
    .addColumn("number", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("time", "bigint", (c) => c.notNull())
    .addColumn("user", "text", (c) => c.notNull())
    .addColumn("uid", "bigint")
    .addColumn("pid", "bigint")
    .addColumn("token", "text")
    .addColumn("application", "text", (c) => c.notNull())
    .addColumn("computer", "text", (c) => c.notNull())
    .addColumn("operation", "text", (c) => c.notNull())
    .addColumn("object", "text")
    .addColumn("detail", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("outcome", "text", (c) => c.notNull()).execute();
  await db.schema.createIndex("auditByObject").on("audit")
    .columns(["object", "number"]).execute();
  await db.schema.createTable("auditPurge")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("before", "bigint", (c) => c.notNull()).execute();
  await sql`INSERT INTO "auditPurge" ("id", "before") VALUES (1, 0)`
    .execute(db);
  for (const trigger of APPEND_ONLY) await sql.raw(trigger).execute(db);
}
