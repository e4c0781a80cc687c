/**
 * The catalogue on disk: one writer, one connection, every write a
 * transaction that is durable before anyone hears of it.
 *
 * @module
 */

import { Kysely, type Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { NtmsError } from "../model/mod.ts";
import { damagedCatalogue, documentedFailure } from "./failures.ts";
import * as firstLight from "./migrations/first_light.ts";
import {
  findDamage,
  openSqlite,
  sqliteDialect,
  wasLeftOpen,
} from "./sqlite.ts";
import type { Schema } from "./schema.ts";

/** Reads the catalogue: the database itself or a transaction. */
export type Reader = Kysely<Schema>;
/** Writes the catalogue. */
export type Writer = Transaction<Schema>;

/** In order; a released one is never changed. */
const MIGRATIONS = { "0001_first_light": firstLight };

/** Opens the file; what a killed service left is looked at whole first. */
function openKysely(path: string): Kysely<Schema> {
  const leftOpen = wasLeftOpen(path);
  try {
    const sqlite = openSqlite(path);
    const damage = leftOpen ? findDamage(sqlite) : null;
    if (damage === null) return new Kysely({ dialect: sqliteDialect(sqlite) });
    sqlite.close();
    throw damagedCatalogue(path, damage);
  } catch (error) {
    throw documentedFailure(error, path);
  }
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
    const kysely = openKysely(path);
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
    const cause = documentedFailure(error, this.path);
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
    const result = await this.#run(() =>
      this.#kysely.transaction().execute(work)
    );
    for (const listener of [...this.#listeners]) listener();
    return result;
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
      throw documentedFailure(error, this.path);
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
