/**
 * Answers of queries that are asked again and again, kept until a table that
 * they were read from is written to. All statements of a catalogue go through
 * one connection, so none can change a table unseen.
 *
 * @module
 */

import {
  type Dialect,
  type DialectAdapter,
  type Kysely,
  SqliteAdapter,
} from "kysely";
import type { Schema } from "./schema.ts";

/** How many answers of one query are kept, for as many different arguments. */
const ANSWERS_KEPT = 256;

/** What a statement does to what was read. */
export type Effect =
  | { readonly kind: "nothing" | "begins" | "commits" | "rolls back" }
  | { readonly kind: "writes"; readonly table: string }
  | { readonly kind: "may write everything" };

const READS = /^\s*(?:select|pragma|explain)\b/i;
const WRITES = /^\s*(?:insert\s+into|update|delete\s+from)\s+"(\w+)"/i;
const DELETES = /^\s*delete\b/i;
/**
 * A new row of this table changes no answer by itself: it is read together
 * with the row of the object's own table, which comes after it.
 */
const NEW_OBJECT = /^\s*insert\s+into\s+"object"/i;

/**
 * What a statement does.
 *
 * @param isReferenced Whether rows of other tables go when one of this table
 * goes.
 */
export function effectOf(
  sql: string,
  isReferenced: (table: string) => boolean,
): Effect {
  if (READS.test(sql) || NEW_OBJECT.test(sql)) return { kind: "nothing" };
  switch (sql) {
    case "begin":
      return { kind: "begins" };
    case "commit":
      return { kind: "commits" };
    case "rollback":
      return { kind: "rolls back" };
  }
  const table = WRITES.exec(sql)?.[1];
  return table === undefined || (DELETES.test(sql) && isReferenced(table))
    ? { kind: "may write everything" }
    : { kind: "writes", table };
}

/** Counts what one connection writes. */
export class WriteCounts {
  readonly #writes = new Counts();
  readonly #commits = new Counts();
  /** Tables that the open transaction has written to; null for any. */
  readonly #touched = new Set<string | null>();
  #open = false;
  #stirs = 0;

  /** A number that grows with everything but reads. */
  get stirs(): number {
    return this.#stirs;
  }

  /** Whether a transaction is open: what it has changed is for nobody else to see. */
  get inTransaction(): boolean {
    return this.#open;
  }

  /** To be told of each statement that was carried out, or that may have been in part. */
  note(effect: Effect): void {
    if (effect.kind !== "nothing") this.#stirs++;
    switch (effect.kind) {
      case "nothing":
        return;
      case "begins":
        this.#open = true;
        return;
      case "commits":
        return this.#end((table) => this.#commits.add(table));
      case "rolls back":
        this.#writes.add(null);
        return this.#end(() => {});
      case "may write everything":
        return this.#write(null);
      case "writes":
        return this.#write(effect.table);
    }
  }

  /** A number that grows with each write to one of the tables. */
  writesTo(tables: readonly string[]): number {
    return this.#writes.of(tables);
  }

  /** A number that grows with each commit of writes to one of the tables. */
  commitsTo(tables: readonly string[]): number {
    return this.#commits.of(tables);
  }

  #write(table: string | null): void {
    this.#writes.add(table);
    if (this.#open) this.#touched.add(table);
    else this.#commits.add(table);
  }

  #end(tell: (table: string | null) => void): void {
    this.#open = false;
    for (const table of this.#touched) tell(table);
    this.#touched.clear();
  }
}

/** Numbers of tables; null counts for each of them. */
class Counts {
  readonly #tables = new Map<string, number>();
  #all = 0;

  add(table: string | null): void {
    if (table === null) this.#all++;
    else this.#tables.set(table, (this.#tables.get(table) ?? 0) + 1);
  }

  of(tables: readonly string[]): number {
    let sum = this.#all;
    for (const table of tables) sum += this.#tables.get(table) ?? 0;
    return sum;
  }
}

const countsByAdapter = new WeakMap<DialectAdapter, WriteCounts>();

/** A dialect by whose databases their counts are found again. */
export function countedDialect(dialect: Dialect, counts: WriteCounts): Dialect {
  const adapter = new SqliteAdapter();
  countsByAdapter.set(adapter, counts);
  return {
    createAdapter: () => adapter,
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

/** Runs queries outside of a transaction; null when anything but reads went on meanwhile, so that they may not all have seen the same. */
export async function undisturbed<Value>(
  db: Kysely<Schema>,
  work: (db: Kysely<Schema>) => Promise<Value>,
): Promise<{ readonly value: Value } | null> {
  const counts = countsByAdapter.get(db.getExecutor().adapter);
  if (counts === undefined || counts.inTransaction) return null;
  const { stirs } = counts;
  try {
    const value = await work(db);
    return counts.stirs === stirs ? { value } : null;
  } catch (error) {
    if (counts.stirs === stirs) throw error;
    return null;
  }
}

/** A number that grows with each commit of writes to one of the tables. */
export function commitsTo(
  db: Kysely<Schema>,
  tables: readonly (keyof Schema)[],
): number {
  return countsByAdapter.get(db.getExecutor().adapter)?.commitsTo(tables) ?? 0;
}

/** What a remembered query may be asked with. */
type Argument =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly string[];

/**
 * A query that is asked again only when one of its tables was written to. What
 * it gives belongs to all who ask: it is frozen.
 *
 * @param tables All that it reads.
 */
export function remembered<Arguments extends readonly Argument[], Value>(
  tables: readonly (keyof Schema)[],
  query: (db: Kysely<Schema>, ...values: Arguments) => Promise<Value>,
): (db: Kysely<Schema>, ...values: Arguments) => Promise<Value> {
  interface Answer {
    readonly count: number;
    readonly value: Value;
  }
  const answersBy = new WeakMap<WriteCounts, Map<string, Answer>>();
  return async (db, ...values) => {
    const counts = countsByAdapter.get(db.getExecutor().adapter);
    // Who is not in the open transaction waits for its end, as for any query.
    const outside = counts?.inTransaction === true && !db.isTransaction;
    if (counts === undefined || outside) return await query(db, ...values);
    const answers = answersBy.get(counts) ?? new Map<string, Answer>();
    answersBy.set(counts, answers);
    const key = JSON.stringify(values);
    const known = answers.get(key);
    const count = counts.writesTo(tables);
    if (known?.count === count) return known.value;
    const value = freeze(await query(db, ...values));
    if (counts.writesTo(tables) !== count) return value;
    if (answers.size >= ANSWERS_KEPT) answers.clear();
    answers.set(key, { count, value });
    return value;
  };
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
