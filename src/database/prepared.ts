/**
 * Queries that are built and compiled once, for the many times they run: to
 * build one costs more than to run it.
 *
 * @module
 */

import {
  type Compilable,
  CompiledQuery,
  type Insertable,
  type Kysely,
  type RawBuilder,
  sql,
  type Transaction,
  type Updateable,
} from "kysely";
import type { Schema } from "./schema.ts";

/** Stands in a query for a value that each run has its own of. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Gives the place of a value in a query, by its name. */
export type Slots<Values> = <Name extends keyof Values & string>(
  name: Name,
) => RawBuilder<Values[Name]>;

/** A query of which only the values differ from run to run. */
export function prepared<
  Values extends Readonly<Record<string, string | number | null>>,
  Row,
>(
  build: (db: Kysely<Schema>, slot: Slots<Values>) => Compilable<Row>,
): (db: Kysely<Schema>, values: Values) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | null = null;
  return async (db, values) => {
    const query = compiled ??= build(db, (name) => sql`${new Slot(name)}`)
      .compile();
    const parameters = query.parameters.map((value) =>
      value instanceof Slot ? values[value.name] : value
    );
    const bound: CompiledQuery<Row> = { ...query, parameters };
    return (await db.getExecutor().executeQuery(bound)).rows;
  };
}

/** Texts of the statements that change or insert one row, by table and columns. */
const texts = new Map<string, string>();

function textOf(
  table: string,
  columns: readonly string[],
  make: (names: readonly string[]) => string,
): string {
  const key = `${table} ${columns.join()}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = make(columns.map((column) => `"${column}"`));
  texts.set(key, text);
  return text;
}

/** Values that are given; those left out are none of the statement's. */
function given(row: object): [string, unknown][] {
  return Object.entries(row).filter(([, value]) => value !== undefined);
}

/** Changes the row of an id; `key` is the column that has it. */
export async function updateRow<Table extends keyof Schema>(
  db: Transaction<Schema>,
  table: Table,
  id: string | number,
  change: Updateable<Schema[Table]>,
  key = "id",
): Promise<void> {
  const columns = given(change);
  if (columns.length === 0) return;
  const text = textOf(
    `update ${table}`,
    columns.map(([column]) => column),
    (names) =>
      `update "${table}" set ${
        names.map((name) => `${name} = ?`).join(", ")
      } where "${key}" = ?`,
  );
  const values = columns.map(([, value]) => value);
  await db.getExecutor().executeQuery(
    CompiledQuery.raw(text, [...values, id]),
  );
}

/** Inserts a row; its number, where the table numbers its rows. */
export async function insertRow<Table extends keyof Schema>(
  db: Transaction<Schema>,
  table: Table,
  row: Insertable<Schema[Table]>,
): Promise<number> {
  const columns = given(row);
  const text = textOf(
    `insert ${table}`,
    columns.map(([column]) => column),
    (names) =>
      `insert into "${table}" (${names.join(", ")}) values (${
        names.map(() => "?").join(", ")
      })`,
  );
  const { insertId } = await db.getExecutor().executeQuery(
    CompiledQuery.raw(text, columns.map(([, value]) => value)),
  );
  return Number(insertId);
}
