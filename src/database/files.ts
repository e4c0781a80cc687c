/**
 * Files that outlast a power cut, and the steps of working with them.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { NtmsError } from "../model/mod.ts";
import { PRIVATE_DIRECTORY, PRIVATE_FILE } from "./copies.ts";
import { documentedFailure } from "./failures.ts";

/** The steps of an export and of an import; each leaves on disk what the next start can go on from. */
export const FILE_STEPS = {
  copyWritten: "the copy of the catalogue, under a name of its own",
  copyPlaced: "the copy under its date",
  copyNamed: "the copy as the one that was asked for",
  importWritten: "what is to be imported, checked and of the newest schema",
  importScheduled: "that it is to take the catalogue's place",
  replacedSettled: "all commits in the file of the catalogue to be replaced",
  importPrepared: "what the import keeps of the catalogue that it replaces",
  replacedKept: "the replaced catalogue under its date",
  replacedCleared: "no log of the replaced catalogue beside the file",
  importPlaced: "the import as the catalogue",
} as const;

/** A step of an export or of an import. */
export type FileStep = keyof typeof FILE_STEPS;

/** Takes a step; a test may end the process before and after it. */
export type TakeStep = (
  name: FileStep,
  work: () => Promise<void>,
) => Promise<void>;

/** Makes a directory, for the service's user alone. */
export async function makeDirectory(path: string): Promise<void> {
  await Deno.mkdir(path, { recursive: true, mode: PRIVATE_DIRECTORY });
}

/** Makes an empty file, for the service's user alone. */
export async function makeFile(path: string): Promise<void> {
  const file = await Deno.open(path, {
    write: true,
    createNew: true,
    mode: PRIVATE_FILE,
  });
  file.close();
}

/** Waits until a file, or the names in a directory, are on disk. */
export async function sync(path: string): Promise<void> {
  using file = await Deno.open(path, { read: true });
  await file.sync();
}

/** Removes files that may not be there. */
export async function removeFiles(...paths: string[]): Promise<void> {
  for (const path of paths) {
    try {
      await Deno.remove(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** Opens a database file of its own for a moment. */
export function withSqlite<T>(
  path: string,
  work: (sqlite: DatabaseSync) => T,
): T {
  const sqlite = new DatabaseSync(path);
  try {
    return work(sqlite);
  } finally {
    sqlite.close();
  }
}

/** Whether there is a file. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Does what needs files; whatever is wrong with them is ERROR_DATABASE_FAILURE. */
export async function withFiles<T>(
  what: string,
  path: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = documentedFailure(thrown, path);
    const known = error instanceof NtmsError &&
      error.code !== "ERROR_DATABASE_FULL";
    if (known) throw error;
    throw new NtmsError(
      "ERROR_DATABASE_FAILURE",
      `Cannot ${what}: ${
        error instanceof Error ? error.message : String(error)
      }; see that "${path}" is there, that the service's user may use it, and that its disk has room`,
      { cause: thrown },
    );
  }
}
