/**
 * The manager's connection to its catalogue, in a way that others can look
 * through it at what is committed. It is in memory: the connection outlives the
 * processes, whose death is simulated too, and has what they have committed.
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
  /^\s*(?:insert\s+into\s+"(\w+)"|update\s+"(\w+)"|delete\s+from\s+"(changedObject|keptAnswer|mount)"|delete from "object" where "id" = \? and "type" = '(\w+Request)'$)/i;
/** An update of plain columns, up to its condition. */
const SETS = /^update "\w+" set ((?:"\w+" = \?(?:, )?)+) where /;

/** How often something was written. */
export interface Counter {
  count: number;
}

/** What a statement writes to; null for what cannot be told. */
function writtenBy(sql: string): string[] | null {
  const table = WRITES_ONE.exec(sql)?.slice(1).join("");
  if (table === undefined) return null;
  const columns = SETS.exec(sql)?.[1]?.match(/\w+/g) ?? ["*"];
  return [table, ...columns.map((column) => `${table}.${column}`)];
}

/** A connection that counts what is written, and tells of each transaction before it begins. */
export class CatalogueConnection extends DatabaseSync {
  /** Called while everything that was written is committed. */
  beforeTransaction: () => void = () => {};
  readonly #counters = new Map<string, Counter>();
  readonly #everything: Counter = { count: 0 };
  readonly #anything: Counter = { count: 0 };

  /** Makes a catalogue; `script` fills it. */
  constructor(script = "") {
    super(":memory:");
    this.exec(script);
    this.exec(
      "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;",
    );
  }

  /** All that is in it, as statements that make it again. */
  script(): string {
    const objects = this.prepare(
      `select type, name, sql from sqlite_schema
       where sql is not null and name not like 'sqlite%' order by rowid`,
    ).all();
    const rows = objects.filter(({ type }) => type === "table")
      .flatMap(({ name }) => this.#rowsOf(String(name)));
    return [...objects.map(({ sql }) => `${sql};`), ...rows].join("\n");
  }

  #rowsOf(table: string): string[] {
    return this.prepare(`select * from "${table}"`).all().map((row) => {
      const values = Object.values(row).map((value) =>
        typeof value === "number"
          ? String(value)
          : value === null
          ? "null"
          : `'${String(value).replaceAll("'", "''")}'`
      );
      return `insert into "${table}" values (${values.join()});`;
    });
  }

  /** A number that grows with everything that is written. */
  get version(): number {
    return this.#anything.count;
  }

  /**
   * What counts all that is written to these: tables, and columns of tables,
   * such as "drive.state", for which new and deleted rows count too. Those of
   * "object:name" do not: they are for what is read together with the row of
   * another table, whose rows come and go with them.
   */
  countersOf(...names: readonly string[]): Counter[] {
    const counters = names.flatMap((name) => {
      if (name.includes(":")) return [this.#counter(name.replace(":", "."))];
      const [table, column] = name.split(".");
      return column === undefined
        ? [this.#counter(name)]
        : [this.#counter(name), this.#counter(`${table}.*`)];
    });
    return [this.#everything, ...counters];
  }

  /** Prepares a statement. */
  override prepare(sql: string): StatementSync {
    const statement = super.prepare(sql);
    if (READS.test(sql) || sql === "commit") return statement;
    const before = sql === "begin"
      ? () => this.beforeTransaction()
      : this.#noteOf(sql);
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

  #noteOf(sql: string): () => void {
    const counters = writtenBy(sql)?.map((name) => this.#counter(name)) ??
      [this.#everything];
    return () => {
      this.#anything.count++;
      for (const counter of counters) counter.count++;
    };
  }

  #counter(name: string): Counter {
    const known = this.#counters.get(name);
    if (known !== undefined) return known;
    const counter = { count: 0 };
    this.#counters.set(name, counter);
    return counter;
  }
}
