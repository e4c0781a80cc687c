/**
 * Where the catalogue and its copies are in the state directory, and which
 * copies there are.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import { readdirSync, statSync } from "node:fs";
import type { CatalogueCopy } from "../model/mod.ts";

/** Name of the catalogue, and of the copy that was asked for last. */
export const CATALOGUE_FILE = "rsm.sqlite";
/** The directory of copies that the documents name. */
export const EXPORT_DIRECTORY = "Export";
/** The directory of catalogues that were replaced. */
export const REPLACED_DIRECTORY = "Replaced";

/** Permissions of what only the service's user may read. */
export const PRIVATE_FILE = 0o600;
/** The same of directories. */
export const PRIVATE_DIRECTORY = 0o700;

/** The files of one catalogue. */
export interface CatalogueFiles {
  readonly catalogue: string;
  readonly exports: string;
  /** What takes the catalogue's place at the next start. */
  readonly scheduled: string;
  readonly replaced: string;
}

/** The files that belong to a catalogue. */
export function filesOf(catalogue: string): CatalogueFiles {
  const state = dirname(catalogue);
  return {
    catalogue,
    exports: `${state}/${EXPORT_DIRECTORY}`,
    scheduled: `${state}/import.sqlite`,
    replaced: `${state}/${REPLACED_DIRECTORY}`,
  };
}

/** Files that SQLite keeps beside one of its files. */
export function companionsOf(path: string): readonly string[] {
  return [`${path}-wal`, `${path}-shm`, `${path}-journal`];
}

/** What a copy of that moment is called. */
export function datedName(now: number): string {
  return `rsm-${new Date(now).toISOString().replaceAll(":", "")}.sqlite`;
}

const DATED = /^rsm-\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z\.sqlite$/;

/** A file as a copy; null where there is none. */
export function copyAt(path: string): CatalogueCopy | null {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined || !facts.isFile()) return null;
  return {
    name: basename(path),
    path,
    written: Math.round(facts.mtimeMs),
    sizeBytes: facts.size,
  };
}

/** The dated copies in a directory, the newest first. */
export function datedCopies(directory: string): readonly CatalogueCopy[] {
  return namesIn(directory).filter((name) => DATED.test(name))
    .toSorted().toReversed()
    .flatMap((name) => copyAt(`${directory}/${name}`) ?? []);
}

/** All copies of a catalogue, the newest first; of one file with two names, the dated one. */
export function copiesOf(catalogue: string): readonly CatalogueCopy[] {
  const { exports } = filesOf(catalogue);
  const dated = datedCopies(exports);
  const asked = copyAt(`${exports}/${CATALOGUE_FILE}`);
  const extra = asked === null ||
      dated.some(({ written, sizeBytes }) =>
        written === asked.written && sizeBytes === asked.sizeBytes
      )
    ? []
    : [asked];
  return [...dated, ...extra].toSorted((a, b) => b.written - a.written);
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    const absent = error instanceof Error && "code" in error &&
      error.code === "ENOENT";
    if (absent) return [];
    throw error;
  }
}
