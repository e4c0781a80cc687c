/**
 * What can be done for a catalogue while no service uses it.
 *
 * @module
 */

import {
  CATALOGUE_FILE,
  type CatalogueFindings,
  checkCatalogue,
  copiesOf,
  filesOf,
  scheduleEmpty,
  scheduleImport,
  setSetting,
  TRUSTED,
} from "../database/mod.ts";
import { type CatalogueCopy, NtmsError } from "../model/mod.ts";
import { defaultStateDirectory } from "../protocol/mod.ts";
import { takeStateDirectory } from "./state_directory.ts";
import { readSurroundings } from "./surroundings.ts";

export type { CatalogueFindings };

/** A copy, and what a look at it found. */
export interface CheckedCopy extends CatalogueCopy {
  readonly findings: CatalogueFindings;
}

/** What is in a state directory. */
export interface StateReport {
  readonly state: string;
  readonly catalogue: CatalogueFindings;
  /** The newest first. */
  readonly copies: readonly CheckedCopy[];
  /** Whether something takes the catalogue's place at the next start. */
  readonly scheduled: boolean;
}

/** The state directory of a service that this user starts and says nothing of it. */
export function usualStateDirectory(): string {
  return defaultStateDirectory(readSurroundings());
}

/** Looks at the catalogue and at its copies, page by page. Changes nothing. */
export async function examineState(state: string): Promise<StateReport> {
  const path = catalogueIn(state);
  const copies: CheckedCopy[] = [];
  for (const copy of copiesOf(path)) {
    const findings = await checkCatalogue(copy.path, "full");
    copies.push({ ...copy, findings });
  }
  return {
    state,
    catalogue: await checkCatalogue(path, "full"),
    copies,
    scheduled: await Deno.stat(filesOf(path).scheduled)
      .then(() => true, () => false),
  };
}

/**
 * Has a copy take the place of the catalogue at the next start.
 *
 * @throws {NtmsError} ERROR_SHARING_VIOLATION when a service runs there;
 * ERROR_DATABASE_FAILURE when there is no such copy, or it is not whole.
 */
export async function importWithoutService(
  state: string,
  copy: string | undefined,
): Promise<CatalogueCopy> {
  using _lock = takeStateDirectory(state);
  return await scheduleImport(catalogueIn(state), {
    ...copy === undefined ? {} : { copy },
    step: (_, work) => work(),
    note: () => Promise.resolve(),
  });
}

/** How to make a new catalogue. */
export interface RebuildOptions {
  /** Whether new bar codes are free media, to be overwritten. */
  readonly trustBarCodes: boolean;
  /** Whether to do so though the catalogue or a copy of it is whole. */
  readonly force: boolean;
}

/**
 * Has a new catalogue take the place of the damaged one at the next start,
 * whose inventory enters what the libraries hold.
 *
 * @throws {NtmsError} ERROR_INVALID_STATE when the catalogue or a copy is
 * whole; ERROR_SHARING_VIOLATION when a service runs there.
 */
export async function beginRebuild(
  state: string,
  { force, trustBarCodes }: RebuildOptions,
): Promise<void> {
  using _lock = takeStateDirectory(state);
  const path = catalogueIn(state);
  if (!force) await requireNothingWhole(state);
  await scheduleEmpty(
    path,
    async (database) => {
      if (!trustBarCodes) return;
      await database.write((db) => setSetting(db, TRUSTED, "1"));
    },
    (_, work) => work(),
  );
}

async function requireNothingWhole(state: string): Promise<void> {
  const { catalogue, copies } = await examineState(state);
  const whole = copies.find(({ findings }) => findings.fault === null);
  const reason = catalogue.fault === null
    ? "it is whole"
    : whole === undefined
    ? null
    : `there is a whole copy of it: "rsm db import ${whole.name} --state ${state}" keeps whose the media are`;
  if (reason === null) return;
  throw new NtmsError(
    "ERROR_INVALID_STATE",
    `Cannot make the catalogue in ${state} anew: ${reason}; to lose it all the same, add --force`,
  );
}

function catalogueIn(state: string): string {
  return `${state}/${CATALOGUE_FILE}`;
}
