/**
 * What the store says is wrong, as the documented errors say it.
 *
 * @module
 */

import { dirname } from "node:path";
import { type CatalogueCopy, NtmsError } from "../model/mod.ts";
import { copiesOf, filesOf } from "./copies.ts";

/** SQLite's result codes, without their extensions, and the texts that it has for them. */
const RESULTS = [
  { kind: "full", code: 13, text: "database or disk is full" },
  { kind: "readOnly", code: 8, text: "attempt to write a readonly database" },
  { kind: "readOnly", code: 14, text: "unable to open database file" },
  { kind: "damaged", code: 11, text: "database disk image is malformed" },
  { kind: "damaged", code: 26, text: "file is not a database" },
] as const;

/** Null also where the directory may not be read: it is the catalogue that the error is about. */
function newestCopy(catalogue: string): CatalogueCopy | null {
  try {
    return copiesOf(catalogue)[0] ?? null;
  } catch {
    return null;
  }
}

/** What to do about a damaged catalogue. */
function salvageOf(catalogue: string): string {
  const state = dirname(catalogue);
  const newest = newestCopy(catalogue);
  const rebuild =
    `"rsm db rebuild --state ${state}" makes a new catalogue of what is in the libraries, but whose the media were is lost`;
  if (newest === null) {
    return `put a copy of it into ${
      filesOf(catalogue).exports
    } and run "rsm db import NAME --state ${state}"; there is none now, and without one ${rebuild}`;
  }
  const written = new Date(newest.written).toISOString();
  return `start from a copy: "rsm db import ${newest.name} --state ${state}" takes the newest one, of ${written}; where no copy is whole, ${rebuild}`;
}

/** Whether SQLite said so. */
function isSqliteError(error: unknown): error is Error {
  return error instanceof Error && "code" in error &&
    error.code === "ERR_SQLITE_ERROR";
}

/** What an error is about; the runtime does not give every one its result code. */
function kindOf(error: Error): typeof RESULTS[number]["kind"] | null {
  const code = "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : null;
  const result = RESULTS.find((one) =>
    code === null ? error.message.startsWith(one.text) : one.code === code
  );
  return result?.kind ?? null;
}

/** Whether SQLite found the file to be damaged, or none of its own. */
export function isDamage(error: unknown): error is Error {
  return isSqliteError(error) && kindOf(error) === "damaged";
}

/** Turns an error of the database into the documented one; others pass. */
export function documentedFailure(error: unknown, path: string): unknown {
  if (!isSqliteError(error)) return error;
  const { message } = error;
  switch (kindOf(error)) {
    case "full":
      return new NtmsError(
        "ERROR_DATABASE_FULL",
        `Cannot write the catalogue "${path}": the disk is full; make room and try again`,
        { cause: error },
      );
    case "readOnly":
      return new NtmsError(
        "ERROR_DATABASE_FAILURE",
        `Cannot write the catalogue "${path}": ${message}; make it and its directory writable for the user that the service runs as`,
        { cause: error },
      );
    case "damaged":
      return damagedCatalogue(path, message, error);
    case null:
      return new NtmsError(
        "ERROR_DATABASE_FAILURE",
        `Cannot use the catalogue "${path}": ${message}; if it is damaged, ${
          salvageOf(path)
        }`,
        { cause: error },
      );
  }
}

/** The error of a catalogue that is damaged. */
export function damagedCatalogue(
  path: string,
  how: string,
  cause?: unknown,
): NtmsError {
  return new NtmsError(
    "ERROR_DATABASE_FAILURE",
    `The catalogue "${path}" is damaged: ${how}; ${salvageOf(path)}`,
    { cause },
  );
}
