/**
 * Notes in each transaction which objects it changes, so that no query can
 * forget to. On SQLite by triggers of this connection: they are made of the
 * schema as it is, and what they write is never in the file.
 *
 * @module
 */

import { type Kysely, sql } from "kysely";
import type { ObjectEvent } from "../model/mod.ts";
import { ENDS, TOLD_OF_END } from "./ends.ts";
import { prepared } from "./prepared.ts";
import type { Schema } from "./schema.ts";

/** More changes of one transaction are not told one by one. */
const MOST_CHANGES = 100_000;

/** Where a row of another table belongs to the record of an object. */
const RELATIONS: readonly {
  readonly table: string;
  /** The object's id; `ROW` stands for the row. */
  readonly object: string;
}[] = [
  // A cartridge tells which of its sides is mounted.
  {
    table: "mount",
    object: `(SELECT "cartridgeId" FROM main."side" WHERE "id" = ROW."sideId")`,
  },
  // What applications keep with an object is part of it.
  { table: "attribute", object: `ROW."objectId"` },
  { table: "deviceFailure", object: `ROW."objectId"` },
  { table: "cartridgeMemory", object: `ROW."objectId"` },
  // A library tells which media types it takes.
  { table: "libraryMediaType", object: `ROW."libraryId"` },
];

/** What a transaction has changed: each object once; null for too many to tell. */
export type Changes = readonly ObjectEvent[] | null;

interface Trigger {
  readonly name: string;
  readonly event: "INSERT" | "UPDATE" | "DELETE";
  /** Only then. */
  readonly when?: string;
  readonly does: string;
}

const NOTE = `INSERT INTO "changedObject" ("operation", "type", "id")`;

/** Notes a change of the objects of these ids, where there are some. */
function note(operation: ObjectEvent["operation"], ids: string): string {
  return `${NOTE} SELECT '${operation}', "type", "id" FROM main."object" WHERE "id" IN (${ids});`;
}

/** The triggers of the table that every object has a row in. */
function objectTriggers(columns: readonly string[]): Trigger[] {
  const noteOf = (operation: ObjectEvent["operation"], row: "NEW" | "OLD") =>
    `${NOTE} VALUES ('${operation}', ${row}."type", ${row}."id");`;
  return [
    { name: "made", event: "INSERT", does: noteOf("insert", "NEW") },
    {
      name: "changed",
      event: "UPDATE",
      when: differs(columns),
      does: noteOf("update", "NEW"),
    },
    { name: "gone", event: "DELETE", does: noteOf("delete", "OLD") },
  ];
}

/** The triggers of a table with the rest of the records of one type. */
function recordTriggers(columns: readonly string[]): Trigger[] {
  return [
    {
      name: "changed",
      event: "UPDATE",
      when: differs(columns),
      does: note("update", `NEW."id"`),
    },
    { name: "gone", event: "DELETE", does: note("delete", `OLD."id"`) },
  ];
}

/** The triggers of a table whose rows are part of the records of others. */
function relationTriggers(object: string): Trigger[] {
  const noteOf = (row: string) => note("update", object.replace("ROW", row));
  return [
    { name: "made", event: "INSERT", does: noteOf("NEW") },
    { name: "changed", event: "UPDATE", does: noteOf("NEW") },
    { name: "gone", event: "DELETE", does: noteOf("OLD") },
  ];
}

/** What is written as it was is no change. */
function differs(columns: readonly string[]): string {
  return columns.map((name) => `OLD."${name}" IS NOT NEW."${name}"`)
    .join(" OR ");
}

async function createTriggers(
  db: Kysely<Schema>,
  table: string,
  triggers: readonly Trigger[],
): Promise<void> {
  for (const { name, event, when, does } of triggers) {
    const condition = when === undefined ? "" : `WHEN ${when}`;
    await sql.raw(
      `CREATE TEMP TRIGGER "${table}_${name}" AFTER ${event} ON main."${table}" ${condition} BEGIN ${does} END`,
    ).execute(db);
  }
}

/** The tables whose rows are records of objects, with their columns. */
async function recordTables(
  db: Kysely<Schema>,
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT m.name AS "table", c.name AS "column"
    FROM main.sqlite_schema AS m, pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND (m.name = 'object' OR EXISTS (
      SELECT 1 FROM pragma_foreign_key_list(m.name) AS f
      WHERE f."table" = 'object' AND f."from" = 'id'))`.execute(db);
  const tables = new Map<string, string[]>();
  for (const { table, column } of rows) {
    tables.set(table, [...tables.get(table) ?? [], column]);
  }
  return tables;
}

/** Begins to note changes, once for a connection. */
export async function captureChanges(db: Kysely<Schema>): Promise<void> {
  await sql.raw(
    `CREATE TEMP TABLE "changedObject" ("position" INTEGER PRIMARY KEY,` +
      ` "operation" TEXT NOT NULL, "type" TEXT NOT NULL, "id" TEXT NOT NULL)`,
  ).execute(db);
  for (const [table, columns] of await recordTables(db)) {
    await createTriggers(
      db,
      table,
      table === "object" ? objectTriggers(columns) : recordTriggers(columns),
    );
  }
  for (const { table, object } of RELATIONS) {
    await createTriggers(db, table, relationTriggers(object));
  }
  await createTriggers(db, "libraryRequest", [{
    name: "ended",
    event: "UPDATE",
    when: ENDS,
    does: note("complete", TOLD_OF_END),
  }]);
}

const changedObjects = prepared((db) =>
  db.selectFrom("changedObject").select(["operation", "type", "id"])
    .orderBy("position").limit(MOST_CHANGES + 1)
);
const forgetChanged = prepared((db) => db.deleteFrom("changedObject"));

/** What the transaction has changed so far, and forgets it. */
export async function takeChanges(db: Kysely<Schema>): Promise<Changes> {
  const rows = await changedObjects(db, {});
  if (rows.length === 0) return [];
  await forgetChanged(db, {});
  return rows.length > MOST_CHANGES ? null : netChanges(rows);
}

/** Each object once: others see only what a transaction has made of it. What has ended comes last. */
export function netChanges(changes: readonly ObjectEvent[]): ObjectEvent[] {
  const net = new Map<string, ObjectEvent>();
  const ends: ObjectEvent[] = [];
  for (const change of changes) {
    if (change.operation === "complete") {
      ends.push(change);
      continue;
    }
    const before = net.get(change.id)?.operation;
    if (change.operation === "delete") {
      // After what was done to the objects that it held.
      net.delete(change.id);
      if (before !== "insert") net.set(change.id, change);
    } else if (change.operation === "insert" && before === "delete") {
      net.set(change.id, { ...change, operation: "update" });
    } else if (before === undefined) net.set(change.id, change);
  }
  const isThere = ({ id }: ObjectEvent) => net.get(id)?.operation !== "delete";
  return [...net.values(), ...ends.filter(isThere)];
}
