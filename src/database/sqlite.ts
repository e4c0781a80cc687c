/**
 * Kysely's SQLite dialect on the runtime's own SQLite.
 *
 * @module
 */

import {
  DatabaseSync,
  type SQLInputValue,
  type StatementSync,
} from "node:sqlite";
import { SqliteDialect } from "kysely";

/** How many prepared statements are kept. */
const STATEMENTS_KEPT = 400;

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

  constructor(statement: StatementSync, sql: string) {
    this.#statement = statement;
    this.reader = GIVES_ROWS.test(sql);
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.#statement.all(...bindable(parameters));
  }

  run(
    parameters: readonly unknown[],
  ): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.#statement.run(...bindable(parameters));
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

/** The dialect for an open database; closing Kysely closes it. */
export function sqliteDialect(database: DatabaseSync): SqliteDialect {
  const statements = new Map<string, Statement>();
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql: string): Statement {
        const known = statements.get(sql);
        if (known !== undefined) return known;
        if (statements.size >= STATEMENTS_KEPT) statements.clear();
        const statement = new Statement(database.prepare(sql), sql);
        statements.set(sql, statement);
        return statement;
      },
    },
  });
}
