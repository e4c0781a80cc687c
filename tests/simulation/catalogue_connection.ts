/**
 * The manager's connection to its catalogue, in a way that others can look
 * through it at what is committed. The file is in memory and nobody else's, so
 * it needs no locks and no waiting for a disk: death is simulated, too.
 *
 * @module
 */

import {
  DatabaseSync,
  type SQLInputValue,
  type StatementSync,
} from "node:sqlite";

/** What a statement is run with: one value, or several by name. */
type Value = SQLInputValue | Record<string, SQLInputValue>;

const READS = /^\s*(?:select|pragma)\b/i;
/** A statement that writes to one table and reaches into no other: what is deleted there, nothing refers to. */
const WRITES_ONE =
  /^\s*(?:insert\s+into\s+"(\w+)"|update\s+"(\w+)"|delete\s+from\s+"(changedObject|keptAnswer|mount)")/i;

/** A connection that counts what is written, and tells of each transaction before it begins. */
export class CatalogueConnection extends DatabaseSync {
  /** Called while everything that was written is committed. */
  beforeTransaction: () => void = () => {};
  readonly #writes = new Map<string, number>();
  #everything = 0;

  /** Opens a file. */
  constructor(path: string) {
    super(path);
    this.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY;" +
        "PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;" +
        "PRAGMA trusted_schema = OFF;",
    );
  }

  /** A number that grows with everything that is written to these tables; to any table, where none is named. */
  writesTo(...tables: readonly string[]): number {
    const counts = tables.length === 0
      ? [...this.#writes.values()]
      : tables.map((table) => this.#writes.get(table) ?? 0);
    return counts.reduce((sum, count) => sum + count, this.#everything);
  }

  /** Prepares a statement. */
  override prepare(sql: string): StatementSync {
    const statement = super.prepare(sql);
    if (READS.test(sql) || sql === "commit") return statement;
    const before = sql === "begin"
      ? () => this.beforeTransaction()
      : this.#counter(WRITES_ONE.exec(sql)?.slice(1).join(""));
    const { all, run } = statement;
    statement.all = (...values: readonly Value[]) => {
      before();
      return Reflect.apply(all, statement, values);
    };
    statement.run = (...values: readonly Value[]) => {
      before();
      return Reflect.apply(run, statement, values);
    };
    return statement;
  }

  #counter(table: string | undefined): () => void {
    if (table === undefined) return () => this.#everything++;
    return () => this.#writes.set(table, (this.#writes.get(table) ?? 0) + 1);
  }
}
