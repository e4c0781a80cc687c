/**
 * The directory that a service keeps its state in: one service for each.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { NtmsError, type Random } from "../model/mod.ts";
import { TOKEN_FILE } from "../protocol/mod.ts";
import { toHex } from "./sessions.ts";

const TOKEN_BYTES = 32;

/** A state directory that this service alone uses, until it is disposed of. */
export interface StateDirectory extends Disposable {
  readonly path: string;
}

/**
 * Takes a state directory, making it where there is none.
 *
 * @throws {NtmsError} ERROR_SHARING_VIOLATION when another service has it.
 */
export function takeStateDirectory(path: string): StateDirectory {
  Deno.mkdirSync(path, { recursive: true, mode: 0o700 });
  // A lock of SQLite's: it ends with its process, however that ends, and it
  // also holds between two services of one process.
  const lock = new DatabaseSync(`${path}/lock`);
  try {
    lock.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new NtmsError(
      "ERROR_SHARING_VIOLATION",
      `Cannot start a service on ${path}: another RSM service uses it, or its lock cannot be taken; stop that one, or name another directory by --state`,
      { cause, data: { path } },
    );
  }
  return { path, [Symbol.dispose]: () => lock.close() };
}

/** The token of TCP callers, which outlives the service; made where there is none. */
export function readToken(state: StateDirectory, random: Random): string {
  const path = `${state.path}/${TOKEN_FILE}`;
  try {
    const token = Deno.readTextFileSync(path).trim();
    Deno.chmodSync(path, 0o600);
    if (token !== "") return token;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const token = toHex(random.bytes(TOKEN_BYTES));
  Deno.writeTextFileSync(path, `${token}\n`, { mode: 0o600 });
  return token;
}
