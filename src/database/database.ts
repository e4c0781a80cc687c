/**
 * The catalogue on disk: one writer, one connection, every write a
 * transaction that is durable before anyone hears of it.
 *
 * @module
 */

import type { Kysely, Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { NtmsError, type ObjectEvent } from "../model/mod.ts";
import { captureChanges, type Changes, takeChanges } from "./change_capture.ts";
import { damagedCatalogue, documentedFailure } from "./failures.ts";
import { MIGRATIONS } from "./migrations/mod.ts";
import { Connection, type Durable } from "./connection.ts";
import { undisturbed } from "./read_memory.ts";
import type { Schema } from "./schema.ts";
import { findDamage, openSqlite, wasLeftOpen } from "./sqlite.ts";

/** A table of the catalogue. */
export type Table = keyof Schema;

/** Reads the catalogue: the database itself or a transaction. */
export type Reader = Kysely<Schema>;
/** Writes the catalogue. */
export type Writer = Transaction<Schema>;

/** Opens the file; what a killed service left is looked at whole first. */
function openConnection(path: string, open: typeof openSqlite): Connection {
  const leftOpen = wasLeftOpen(path);
  try {
    const sqlite = open(path);
    const damage = leftOpen ? findDamage(sqlite) : null;
    if (damage === null) return new Connection(sqlite);
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
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  readonly #changeListeners = new Set<(changes: Changes) => void>();
  /** What transactions have changed, in their order, until it is told. */
  readonly #untold: { readonly changes: Changes; committed: boolean }[] = [];
  #capture: Promise<void> | null = null;
  #isCapturing = false;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  private constructor(path: string, connection: Connection) {
    this.path = path;
    this.#connection = connection;
  }

  /**
   * Opens the catalogue and brings it to the newest schema.
   *
   * @param open Opens the file; another way than the usual one is for tests
   * that look into it.
   * @throws {NtmsError} ERROR_DATABASE_FAILURE when the file cannot be read,
   * is damaged or of a newer version; ERROR_DATABASE_FULL.
   */
  static async open(
    path: string,
    open: typeof openSqlite = openSqlite,
  ): Promise<Database> {
    const connection = openConnection(path, open);
    const database = new Database(path, connection);
    try {
      await database.#migrate();
    } catch (error) {
      connection.close();
      throw error;
    }
    return database;
  }

  async #migrate(): Promise<void> {
    const migrator = new Migrator({
      db: this.#connection.forMigration(),
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

  /** Runs queries; others may write between them. */
  read<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    return this.#run(() => work(this.#connection.outside));
  }

  /** Runs queries that all see the catalogue of one moment; nothing is written while they run. */
  view<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    return this.#run(async () => {
      const seen = await undisturbed(this.#connection.outside, work);
      return seen === null
        ? await this.#connection.transaction(work)
        : seen.value;
    });
  }

  /**
   * Runs `work` in a transaction: all of it is on disk when the promise
   * resolves, or none of it. Transactions run one after the other; `work`
   * must not wait for anything but its queries.
   *
   * @param durable `"later"` is for what a power cut may take: it is on disk
   * with the next one that is `"now"`, and never without those before it.
   */
  async write<T>(
    work: (db: Writer) => Promise<T>,
    durable: Durable = "now",
  ): Promise<T> {
    const result = await this.#run(() => this.#transaction(work, durable));
    for (const tell of [...this.#listeners]) tell();
    return result;
  }

  async #transaction<T>(
    work: (db: Writer) => Promise<T>,
    durable: Durable,
  ): Promise<T> {
    let noted: { readonly changes: Changes; committed: boolean } | null = null;
    let result: T;
    try {
      result = await this.#connection.transaction(async (db) => {
        const result = await work(db);
        if (!this.#isCapturing) return result;
        noted = { changes: await takeChanges(db), committed: false };
        this.#untold.push(noted);
        return result;
      }, durable);
    } catch (error) {
      this.#settle(noted, false);
      throw error;
    }
    this.#settle(noted, true);
    return result;
  }

  /** Tells what was committed, in the order of the commits. */
  #settle(
    noted: { readonly changes: Changes; committed: boolean } | null,
    committed: boolean,
  ): void {
    if (noted === null) return;
    if (committed) noted.committed = true;
    else this.#untold.splice(this.#untold.indexOf(noted), 1);
    this.#tellCommitted();
  }

  #tellCommitted(): void {
    while (this.#untold[0]?.committed) {
      const { changes } = this.#untold[0];
      this.#untold.shift();
      if (changes?.length === 0) continue;
      for (const listener of [...this.#changeListeners]) listener(changes);
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
      throw documentedFailure(error, this.path);
    } finally {
      this.#running.delete(running);
    }
  }

  /**
   * Calls `listener` after each commit that may have changed one of the
   * tables, until the returned function is called.
   */
  onCommit(tables: readonly Table[], listener: () => void): () => void {
    const { counts } = this.#connection;
    let seen = counts.commitsTo(tables);
    const tell = () => {
      const now = counts.commitsTo(tables);
      if (now === seen) return;
      seen = now;
      listener();
    };
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  /**
   * Calls `listener` with what each transaction has changed, after its commit
   * and in the order of the commits, until the returned function is called.
   */
  async onChanges(listener: (changes: Changes) => void): Promise<() => void> {
    this.#changeListeners.add(listener);
    // In one transaction: others come before all of it, or after.
    this.#capture ??= this.#run(() =>
      this.#connection.transaction(async (db) => {
        await captureChanges(db);
        this.#isCapturing = true;
      })
    );
    await this.#capture;
    return () => this.#changeListeners.delete(listener);
  }

  /** Tells the listeners what is no change of the catalogue, after all that was committed before. */
  tell(event: ObjectEvent): void {
    this.#untold.push({ changes: [event], committed: true });
    this.#tellCommitted();
  }

  /** Lets what runs come to its end, and closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
    this.#connection.close();
  }
}
