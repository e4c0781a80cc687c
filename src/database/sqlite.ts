/**
 * Opens catalogue files on the runtime's own SQLite.
 *
 * @module
 */

import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

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
