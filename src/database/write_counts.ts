/**
 * What statements write, told by their text, and how often each table and
 * column was written to.
 *
 * @module
 */

/** What a statement does to what was read. */
export type Effect =
  | { readonly kind: "nothing" | "begins" | "commits" | "rolls back" }
  | {
    readonly kind: "writes";
    readonly table: string;
    /** All that change in rows that stay; null where rows come or go. */
    readonly columns: readonly string[] | null;
  }
  /** Rows of these tables go, or change as other rows go. */
  | { readonly kind: "deletes"; readonly tables: readonly string[] }
  | { readonly kind: "may write everything" };

const READS = /^\s*(?:select|pragma|explain)\b/i;
const WRITES = /^\s*(?:insert\s+into|update|delete\s+from)\s+"(\w+)"/i;
const DELETES = /^\s*delete\b/i;
/** An update as the query builder writes it, up to its conditions. */
const UPDATES = /^update "\w+" set ((?:"\w+" = [^"]*?)+?)(?: where |$)/;
const COLUMN = /"(\w+)" = /g;
/**
 * A new row of this table changes no answer by itself: it is read together
 * with the row of the object's own table, which comes after it.
 */
const NEW_OBJECT = /^\s*insert\s+into\s+"object"/i;

/**
 * A request or an allocation goes: like a new row, its row of this table
 * changes no answer by itself.
 */
const ONE_GOES =
  /^delete from "object" where "id" = \? and "type" = '((?:library|operator)Request|logicalMedium)'$/;
/** The column of what is kept with an object of any type. */
const OF_ANY_OBJECT = "objectId";

/** A table with rows that refer to rows of another one. */
export interface Referrer {
  readonly table: string;
  readonly column: string;
}

/**
 * What a statement does.
 *
 * @param referrersTo The tables with rows that go, or change, when one of this
 * table goes.
 */
export function effectOf(
  sql: string,
  referrersTo: (table: string) => readonly Referrer[],
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
  const type = ONE_GOES.exec(sql)?.[1];
  if (type !== undefined) {
    const others = [
      ...referrersTo(type),
      ...referrersTo("object").filter(({ column }) => column === OF_ANY_OBJECT),
    ];
    const tables = [type, ...others.map(({ table }) => table)];
    return { kind: "deletes", tables };
  }
  const table = WRITES.exec(sql)?.[1];
  if (
    table === undefined || (DELETES.test(sql) && referrersTo(table).length > 0)
  ) return { kind: "may write everything" };
  const set = UPDATES.exec(sql)?.[1];
  const columns = set === undefined
    ? null
    : [...set.matchAll(COLUMN)].flatMap(([, name]) => name ?? []);
  return { kind: "writes", table, columns };
}

/** Counts what one connection writes. */
export class WriteCounts {
  readonly #writes = new Counts();
  readonly #commits = new Counts();
  /** What the open transaction has written; null for anything. */
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
    if (effect.kind === "nothing") return;
    this.#stirs++;
    switch (effect.kind) {
      case "begins":
        this.#open = true;
        return;
      case "commits":
        return this.#end((what) => this.#commits.add(what));
      case "rolls back":
        // What was read of it meanwhile is so no more.
        return this.#end((what) => this.#writes.add(what));
      case "may write everything":
        return this.#write(null);
      case "deletes":
        return effect.tables.forEach((table) => this.#writeRows(table));
      case "writes": {
        const { columns, table } = effect;
        if (columns === null) return this.#writeRows(table);
        this.#write(table);
        for (const column of columns) this.#write(`${table}.${column}`);
      }
    }
  }

  /**
   * A number that grows with each write to one of them: tables, and columns of
   * tables, such as `"drive.number"`, for which rows that come and go count too.
   */
  writesTo(what: readonly string[]): number {
    return this.#writes.of(what);
  }

  /** A number that grows with each commit of writes to one of them. */
  commitsTo(what: readonly string[]): number {
    return this.#commits.of(what);
  }

  #writeRows(table: string): void {
    this.#write(table);
    this.#write(`${table}.*`);
  }

  #write(what: string | null): void {
    this.#writes.add(what);
    if (this.#open) this.#touched.add(what);
    else this.#commits.add(what);
  }

  #end(tell: (what: string | null) => void): void {
    this.#open = false;
    for (const what of this.#touched) tell(what);
    this.#touched.clear();
  }
}

/** How often something was written. */
interface Counter {
  count: number;
}

/** Numbers of tables and columns; null counts for each of them. */
class Counts {
  readonly #counters = new Map<string, Counter>();
  readonly #named = new WeakMap<readonly string[], readonly Counter[]>();
  #all = 0;

  add(what: string | null): void {
    if (what === null) this.#all++;
    else this.#counter(what).count++;
  }

  of(what: readonly string[]): number {
    let counters = this.#named.get(what);
    if (counters === undefined) {
      counters = what.flatMap((name) => this.#countersOf(name));
      this.#named.set(what, counters);
    }
    let sum = this.#all;
    for (const { count } of counters) sum += count;
    return sum;
  }

  #countersOf(name: string): Counter[] {
    const [table, column] = name.split(".");
    return column === undefined
      ? [this.#counter(name)]
      : [this.#counter(name), this.#counter(`${table}.*`)];
  }

  #counter(name: string): Counter {
    const known = this.#counters.get(name);
    if (known !== undefined) return known;
    const counter = { count: 0 };
    this.#counters.set(name, counter);
    return counter;
  }
}
