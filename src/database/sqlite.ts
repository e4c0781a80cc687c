/**
 * Kysely's SQLite dialect on the runtime's own SQLite.
 *
 * @module
 */

import { statSync } from "node:fs";
import {
  DatabaseSync,
  type SQLInputValue,
  type StatementSync,
} from "node:sqlite";
import { type Dialect, SqliteDialect } from "kysely";
import {
  countedDialect,
  type Effect,
  effectOf,
  WriteCounts,
} from "./read_memory.ts";

/** How many prepared statements are kept. */
const STATEMENTS_KEPT = 1_000;

/** Whether a statement gives rows; the others are told apart by their first word. */
const GIVES_ROWS = /^\s*(select|with|pragma|explain)\b|\breturning\b/i;

function isBindable(value: unknown): value is SQLInputValue {
  return value === null || typeof value === "string" ||
    typeof value === "number" || typeof value === "bigint" ||
    value instanceof Uint8Array;
}

function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (isBindable(value)) return value;
    throw new TypeError(`Cannot store a value of type ${typeof value}`);
  });
}

class Statement {
  readonly reader: boolean;
  readonly #statement: StatementSync;
  readonly #effect: Effect;
  readonly #counts: WriteCounts;

  constructor(
    statement: StatementSync,
    sql: string,
    effect: Effect,
    counts: WriteCounts,
  ) {
    this.#statement = statement;
    this.reader = GIVES_ROWS.test(sql);
    this.#effect = effect;
    this.#counts = counts;
  }

  all(parameters: readonly unknown[]): unknown[] {
    const rows = this.#statement.all(...bindable(parameters));
    this.#counts.note(this.#effect);
    return rows;
  }

  run(
    parameters: readonly unknown[],
  ): { changes: number | bigint; lastInsertRowid: number | bigint } {
    try {
      const result = this.#statement.run(...bindable(parameters));
      this.#counts.note(this.#effect);
      return result;
    } catch (error) {
      if (!this.#endsNothing(error)) throw error;
      this.#counts.note(this.#effect);
      return { changes: 0, lastInsertRowid: 0 };
    }
  }

  /** On a full disk SQLite ends the transaction by itself; the error before this one is the one that matters. */
  #endsNothing(error: unknown): boolean {
    return this.#effect.kind === "rolls back" && error instanceof Error &&
      error.message.includes("no transaction is active");
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.all(parameters)[Symbol.iterator]();
  }
}

/**
 * Opens a file (or `":memory:"`) the way the catalogue needs it: write-ahead
 * log, every commit on disk before it is reported, foreign keys enforced.
 */
export function openSqlite(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(
      "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL;" +
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;" +
        "PRAGMA trusted_schema = OFF;",
    );
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Whether the last process that had the file open was killed: its write-ahead log is still there. */
export function wasLeftOpen(path: string): boolean {
  return path !== ":memory:" &&
    (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** The first thing wrong with the file, looked at page by page; null when it is whole. */
export function findDamage(database: DatabaseSync): string | null {
  const row = database.prepare("PRAGMA integrity_check(1)").get();
  const found = row?.["integrity_check"];
  return found === "ok" ? null : String(found);
}

/** Whether rows of other tables refer to rows of this one. */
function isReferenced(database: DatabaseSync, table: string): boolean {
  const row = database.prepare(
    `select 1 from sqlite_master as other, pragma_foreign_key_list(other.name)
      as key where other.type = 'table' and key."table" = ? limit 1`,
  ).get(table);
  return row !== undefined;
}

/** The dialect for an open database; closing Kysely closes it. */
export function sqliteDialect(database: DatabaseSync): Dialect {
  const statements = new Map<string, Statement>();
  const counts = new WriteCounts();
  const dialect = new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql: string): Statement {
        const known = statements.get(sql);
        if (known !== undefined) return known;
        if (statements.size >= STATEMENTS_KEPT) statements.clear();
        const statement = new Statement(
          database.prepare(sql),
          sql,
          effectOf(sql, (table) => isReferenced(database, table)),
          counts,
        );
        statements.set(sql, statement);
        return statement;
      },
    },
  });
  return countedDialect(dialect, counts);
}
