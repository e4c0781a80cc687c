/**
 * The one connection of a catalogue: its statements are prepared once, its
 * transactions come one after the other, and what it writes is counted. SQLite
 * answers at once, so a query waits for nothing but the transaction of others.
 *
 * @module
 */

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  type CompiledQuery,
  DefaultQueryExecutor,
  type Dialect,
  type DialectAdapter,
  DummyDriver,
  Kysely,
  type KyselyProps,
  type LimitNode,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
  Transaction,
  ValueNode,
} from "kysely";
import type { Schema } from "./schema.ts";
import {
  type Effect,
  effectOf,
  type Referrer,
  WriteCounts,
} from "./write_counts.ts";

/** When a commit is on disk: before it is reported, or with a later one. */
export type Durable = "now" | "later";

/** How many prepared statements are kept. */
const STATEMENTS_KEPT = 1_000;

/** Whether a statement gives rows; the others are told apart by their first word. */
const GIVES_ROWS = /^\s*(select|with|pragma|explain)\b|\breturning\b/i;

function isBindable(value: unknown): value is SQLInputValue {
  return value === null || typeof value === "string" ||
    typeof value === "number" || typeof value === "bigint" ||
    value instanceof Uint8Array;
}

function requireBindable(
  parameters: readonly unknown[],
): asserts parameters is readonly SQLInputValue[] {
  for (const value of parameters) {
    if (isBindable(value)) continue;
    throw new TypeError(`Cannot store a value of type ${typeof value}`);
  }
}

/** Has rows come as arrays, where the runtime can; the names of their columns. */
function columnsOf(statement: StatementSync): readonly string[] | null {
  // The types do not have it yet, nor has Deno 2.4.
  const set = "setReturnArrays" in statement && statement.setReturnArrays;
  if (typeof set !== "function") return null;
  Reflect.apply(set, statement, [true]);
  return statement.columns().map(({ name }) => name);
}

/** The objects that SQLite makes of rows take twice the time, and each later look at them too: they are dictionaries. */
function asObject(
  columns: readonly string[],
  values: readonly unknown[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index++) {
    row[columns[index] ?? ""] = values[index];
  }
  return row;
}

class Statement {
  readonly reader: boolean;
  readonly #statement: StatementSync;
  readonly #columns: readonly string[] | null;
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
    this.#columns = this.reader ? columnsOf(statement) : null;
    this.#effect = effect;
    this.#counts = counts;
  }

  /** The rows, which are what its query says. */
  all<Row>(parameters: readonly unknown[]): Row[] {
    requireBindable(parameters);
    const statement = this.#statement;
    const rows = Reflect.apply(statement.all, statement, parameters);
    this.#counts.note(this.#effect);
    const columns = this.#columns;
    if (columns === null) return rows;
    for (let at = 0; at < rows.length; at++) {
      rows[at] = asObject(columns, rows[at]);
    }
    return rows;
  }

  run(
    parameters: readonly unknown[],
  ): { changes: number | bigint; lastInsertRowid: number | bigint } {
    requireBindable(parameters);
    try {
      const result = this.#statement.run(...parameters);
      this.#counts.note(this.#effect);
      return result;
    } catch (error) {
      if (!this.#endsNothing(error)) throw error;
      this.#counts.note(this.#effect);
      return { changes: 0, lastInsertRowid: 0 };
    }
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.all(parameters)[Symbol.iterator]();
  }

  /** On a full disk SQLite ends the transaction by itself; the error before this one is the one that matters. */
  #endsNothing(error: unknown): boolean {
    return this.#effect.kind === "rolls back" && error instanceof Error &&
      error.message.includes("no transaction is active");
  }
}

/** The tables with rows that refer to rows of this one. */
function referrersTo(database: DatabaseSync, table: string): Referrer[] {
  return database.prepare(
    `select other.name as "table", key."from" as "column"
      from sqlite_master as other, pragma_foreign_key_list(other.name) as key
      where other.type = 'table' and key."table" = ?`,
  ).all(table).map((row) => ({
    table: String(row.table),
    column: String(row.column),
  }));
}

/** Writes limits into the statement: with one that is bound, SQLite compiles the statement anew for each run. */
class QueryCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node;
    if (!ValueNode.is(limit) || !Number.isSafeInteger(limit.value)) {
      return super.visitLimit(node);
    }
    this.append(`limit ${limit.value}`);
  }
}

const COMPILER = new QueryCompiler();
const NO_DRIVER = new DummyDriver();

/** Runs a query and gives its rows. */
type Run = <Row>(
  query: CompiledQuery,
) => QueryResult<Row> | Promise<QueryResult<Row>>;

/** Runs queries on the connection, outside of transactions or in one. */
class Executor extends DefaultQueryExecutor {
  readonly #run: Run;

  constructor(adapter: DialectAdapter, run: Run) {
    super(COMPILER, adapter, { provideConnection: refuse });
    this.#run = run;
  }

  override executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      return Promise.resolve(this.#run<Row>(query));
    } catch (error) {
      return Promise.reject(error);
    }
  }
}

function refuse(): Promise<never> {
  return Promise.reject(
    new TypeError("Transactions of the catalogue begin with Database.write"),
  );
}

/** SQLite takes changes of the schema back too: a service that is killed in its first start leaves no half of it. */
class MigrationAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class MigrationDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new MigrationAdapter();
  }
}

const connections = new WeakMap<DialectAdapter, Connection>();

/** The connection that queries go through. */
export function connectionOf(db: Kysely<Schema>): Connection | undefined {
  return connections.get(db.getExecutor().adapter);
}

/** An open catalogue file. */
export class Connection {
  /** What has been written. */
  readonly counts: WriteCounts = new WriteCounts();
  /** Runs queries outside of transactions. */
  readonly outside: Kysely<Schema>;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Statement>();
  readonly #adapter = new SqliteAdapter();
  readonly #dialect: Dialect;
  /** Transactions that are open or wait, and the end of the last of them. */
  #turns = 0;
  #lastTurn: Promise<void> = Promise.resolve();

  /** Takes an open file over. */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#dialect = new MigrationDialect({
      database: {
        close: () => this.close(),
        // Not kept: after a migration a table may have other columns.
        prepare: (sql) => this.#statement(sql),
      },
    });
    this.outside = new Kysely(this.#props((query) => this.#outside(query)));
    connections.set(this.#adapter, this);
  }

  /** Whether a transaction is open or waits: what others ask now waits for its end. */
  get isTaken(): boolean {
    return this.#turns > 0;
  }

  /** What changes the schema; not to be used beside the others. */
  forMigration(): Kysely<Schema> {
    return new Kysely({ dialect: this.#dialect });
  }

  /**
   * Runs `work` in a transaction of its own; all come one after the other.
   *
   * @param durable With `"later"`, it is on disk with the next one.
   */
  transaction<Value>(
    work: (db: Transaction<Schema>) => Promise<Value>,
    durable: Durable = "now",
  ): Promise<Value> {
    if (durable === "now") return this.#inTurn(() => this.#transaction(work));
    return this.#inTurn(async () => {
      // The log stays in order: what a power cut takes, it takes from the end.
      this.#database.exec("PRAGMA synchronous = NORMAL");
      try {
        return await this.#transaction(work);
      } finally {
        this.#database.exec("PRAGMA synchronous = FULL");
      }
    });
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }

  async #transaction<Value>(
    work: (db: Transaction<Schema>) => Promise<Value>,
  ): Promise<Value> {
    let open = true;
    const db = new Transaction<Schema>(
      this.#props(<Row>(query: CompiledQuery) => {
        if (open) return this.#execute<Row>(query);
        throw new TypeError("The transaction has ended before this query");
      }),
    );
    this.#prepare("begin").run([]);
    try {
      const value = await work(db);
      this.#prepare("commit").run([]);
      return value;
    } catch (error) {
      this.#prepare("rollback").run([]);
      throw error;
    } finally {
      open = false;
    }
  }

  async #inTurn<Value>(
    work: () => Value | Promise<Value>,
  ): Promise<Value> {
    const before = this.#lastTurn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lastTurn = promise;
    this.#turns++;
    try {
      await before;
      return await work();
    } finally {
      this.#turns--;
      resolve();
    }
  }

  /** What a transaction has changed is for nobody else to see. */
  #outside<Row>(
    query: CompiledQuery,
  ): QueryResult<Row> | Promise<QueryResult<Row>> {
    return this.isTaken
      ? this.#inTurn(() => this.#execute<Row>(query))
      : this.#execute(query);
  }

  #execute<Row>({ parameters, sql }: CompiledQuery): QueryResult<Row> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all<Row>(parameters) };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return {
      insertId: BigInt(lastInsertRowid),
      numAffectedRows: BigInt(changes),
      rows: [],
    };
  }

  #props(run: Run): KyselyProps {
    const dialect = this.#dialect;
    return {
      config: { dialect },
      dialect,
      driver: NO_DRIVER,
      executor: new Executor(this.#adapter, run),
    };
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.clear();
    const statement = this.#statement(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #statement(sql: string): Statement {
    const database = this.#database;
    return new Statement(
      database.prepare(sql),
      sql,
      effectOf(sql, (table) => referrersTo(database, table)),
      this.counts,
    );
  }
}
