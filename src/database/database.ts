/**
 * The catalogue on disk: one writer, one connection, every write a
 * transaction that is durable before anyone hears of it.
 *
 * @module
 */

import { Kysely, type Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { NtmsError } from "../model/mod.ts";
import * as firstLight from "./migrations/first_light.ts";
import { openSqlite, sqliteDialect } from "./sqlite.ts";
import type { Schema } from "./schema.ts";

/** Reads the catalogue: the database itself or a transaction. */
export type Reader = Kysely<Schema>;
/** Writes the catalogue. */
export type Writer = Transaction<Schema>;

/** In order; a released one is never changed. */
const MIGRATIONS = { "0001_first_light": firstLight };

/** SQLite's result code for a full disk. */
const SQLITE_FULL = 13;

/** Whether SQLite said so; not every error of it has a result code. */
function isSqliteError(error: unknown): error is Error {
  return error instanceof Error && "code" in error &&
    error.code === "ERR_SQLITE_ERROR";
}

function isDiskFull(error: Error): boolean {
  return "errcode" in error && typeof error.errcode === "number" &&
    (error.errcode & 0xff) === SQLITE_FULL;
}

/** Turns an error of the database into the documented one; others pass. */
function documented(error: unknown, path: string): unknown {
  if (!isSqliteError(error)) return error;
  return isDiskFull(error)
    ? new NtmsError(
      "ERROR_DATABASE_FULL",
      `Cannot write the catalogue "${path}": the disk is full; make room and try again`,
      { cause: error },
    )
    : new NtmsError(
      "ERROR_DATABASE_FAILURE",
      `Cannot use the catalogue "${path}": ${error.message}; if it is damaged, move it away and start from a copy`,
      { cause: error },
    );
}

/** An open catalogue. */
export class Database implements AsyncDisposable {
  /** The file, or `":memory:"`. */
  readonly path: string;
  readonly #kysely: Kysely<Schema>;
  readonly #listeners = new Set<() => void>();
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  private constructor(path: string, kysely: Kysely<Schema>) {
    this.path = path;
    this.#kysely = kysely;
  }

  /**
   * Opens the catalogue and brings it to the newest schema.
   *
   * @throws {NtmsError} ERROR_DATABASE_FAILURE when the file cannot be read,
   * is damaged or of a newer version; ERROR_DATABASE_FULL.
   */
  static async open(path: string): Promise<Database> {
    let kysely: Kysely<Schema>;
    try {
      kysely = new Kysely<Schema>({ dialect: sqliteDialect(openSqlite(path)) });
    } catch (error) {
      throw documented(error, path);
    }
    const database = new Database(path, kysely);
    try {
      await database.#migrate();
    } catch (error) {
      await kysely.destroy();
      throw error;
    }
    return database;
  }

  async #migrate(): Promise<void> {
    const migrator = new Migrator({
      db: this.#kysely,
      provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
    });
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    const cause = documented(error, this.path);
    if (cause instanceof NtmsError) throw cause;
    throw new NtmsError(
      "ERROR_DATABASE_FAILURE",
      `Cannot bring the catalogue "${this.path}" to this version's schema: ${
        cause instanceof Error ? cause.message : String(cause)
      }; it may come from a newer version of rsm`,
      { cause },
    );
  }

  /** Runs a query. */
  read<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    return this.#run(() => work(this.#kysely));
  }

  /**
   * Runs `work` in a transaction: all of it is on disk when the promise
   * resolves, or none of it. Transactions run one after the other; `work`
   * must not wait for anything but its queries.
   */
  async write<T>(work: (db: Writer) => Promise<T>): Promise<T> {
    const result = await this.#run(() => this.#transact(work));
    for (const listener of [...this.#listeners]) listener();
    return result;
  }

  async #transact<T>(work: (db: Writer) => Promise<T>): Promise<T> {
    let failure: { error: unknown } | null = null;
    try {
      return await this.#kysely.transaction().execute(async (db) => {
        try {
          return await work(db);
        } catch (error) {
          failure = { error };
          throw error;
        }
      });
    } catch (error) {
      // On a full disk SQLite rolls back by itself, and the rollback that
      // follows complains: the first error is the one that matters.
      const { error: first }: { error: unknown } = failure ?? { error };
      throw first;
    }
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) {
      throw new NtmsError(
        "ERROR_NOT_READY",
        "The catalogue is closed, because the service stops",
      );
    }
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      throw documented(error, this.path);
    } finally {
      this.#running.delete(running);
    }
  }

  /** Calls `listener` after each commit until the returned function is called. */
  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets what runs come to its end, and closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
    await this.#kysely.destroy();
  }
}
