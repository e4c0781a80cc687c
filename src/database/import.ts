/**
 * Puts a copy in the place of the catalogue, at the next start. What is
 * scheduled is a whole catalogue of the newest schema in a file of its own; one
 * rename makes it the catalogue, so that after a crash at any moment there is
 * the old one or the new one.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import { type CatalogueCopy, NtmsError } from "../model/mod.ts";
import { type CarryOver, carryOver } from "./carry_over.ts";
import { checkCatalogue, requireCatalogue } from "./check.ts";
import {
  CATALOGUE_FILE,
  companionsOf,
  copiesOf,
  copyAt,
  datedCopies,
  datedName,
  filesOf,
  PRIVATE_FILE,
} from "./copies.ts";
import { Database } from "./database.ts";
import {
  exists,
  makeDirectory,
  removeFiles,
  sync,
  type TakeStep,
  withFiles,
  withSqlite,
} from "./files.ts";

/** What to import. */
export interface ImportOptions {
  /**
   * Name of a copy in the export directory.
   * @default {undefined} The one that was asked for last, else the newest.
   */
  readonly copy?: string;
  readonly step: TakeStep;
  /** Writes what the imported catalogue has to know of its import. */
  readonly note: (database: Database, copy: CatalogueCopy) => Promise<void>;
}

/** What became of a catalogue at a start. */
export interface Imported extends CarryOver {
  /** Where the replaced one is kept; null when there was none. */
  readonly replaced: string | null;
}

/** A copy in the export directory, by its name. */
function findCopy(catalogue: string, name: string | undefined): CatalogueCopy {
  const { exports } = filesOf(catalogue);
  if (name !== undefined && basename(name) !== name) {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `Cannot import "${name}": name a copy in ${exports}, without a directory`,
    );
  }
  const found = copyAt(`${exports}/${name ?? CATALOGUE_FILE}`) ??
    (name === undefined ? copiesOf(catalogue)[0] : undefined);
  if (found !== undefined) return found;
  throw new NtmsError(
    "ERROR_DATABASE_FAILURE",
    name === undefined
      ? `There is no copy of the catalogue in ${exports}: make one with "rsm db export", or put one there`
      : `There is no copy "${name}" in ${exports}`,
  );
}

/**
 * Has a copy take the place of the catalogue at the next start, once it was
 * found to be whole. A second call takes the place of the first.
 *
 * @throws {NtmsError} ERROR_DATABASE_FAILURE when there is no such copy, or it
 * is damaged, newer or something else; ERROR_INVALID_PARAMETER.
 */
export async function scheduleImport(
  catalogue: string,
  { copy, note, step }: ImportOptions,
): Promise<CatalogueCopy> {
  const files = filesOf(catalogue);
  return await withFiles("import a catalogue", files.exports, async () => {
    const source = findCopy(catalogue, copy);
    const part = `${files.scheduled}.part`;
    await step("importWritten", async () => {
      await removeFiles(part, ...companionsOf(part));
      await Deno.copyFile(source.path, part);
      await Deno.chmod(part, PRIVATE_FILE);
      await requireCatalogue(part, source.path, "full");
      await renew(part, (database) => note(database, source));
      await sync(part);
    });
    await schedule(files.scheduled, step);
    return source;
  });
}

/**
 * Has an empty catalogue take the place of the catalogue at the next start,
 * whose inventory then enters all that the libraries hold.
 */
export async function scheduleEmpty(
  catalogue: string,
  note: (database: Database) => Promise<void>,
  step: TakeStep,
): Promise<void> {
  const files = filesOf(catalogue);
  await withFiles("make a new catalogue", dirname(catalogue), async () => {
    const part = `${files.scheduled}.part`;
    await step("importWritten", async () => {
      await removeFiles(part, ...companionsOf(part));
      await renew(part, note);
      await Deno.chmod(part, PRIVATE_FILE);
      await sync(part);
    });
    await schedule(files.scheduled, step);
  });
}

async function schedule(scheduled: string, step: TakeStep): Promise<void> {
  await step("importScheduled", async () => {
    // Root may have scheduled it for another user's service.
    const { gid, uid } = await Deno.stat(dirname(scheduled));
    if (Deno.uid() === 0 && uid !== null) {
      await Deno.chown(`${scheduled}.part`, uid, gid);
    }
    await Deno.rename(`${scheduled}.part`, scheduled);
    await sync(dirname(scheduled));
  });
}

/** Brings a file to the newest schema, and leaves one file without a log. */
async function renew(
  path: string,
  note: (database: Database) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  {
    await using database = await Database.open(path);
    await note(database);
  }
  withSqlite(path, (sqlite) => sqlite.exec("PRAGMA journal_mode = DELETE"));
}

/**
 * Carries out what was scheduled, before the catalogue is opened.
 *
 * @returns Null when nothing was scheduled.
 * @throws {NtmsError} ERROR_DATABASE_FAILURE when what was scheduled has been
 * damaged since.
 */
export async function applyImport(
  catalogue: string,
  { kept, now, step }: {
    readonly now: number;
    /** Replaced catalogues that are kept. */
    readonly kept: number;
    readonly step: TakeStep;
  },
): Promise<Imported | null> {
  const { replaced, scheduled } = filesOf(catalogue);
  return await withFiles("import a catalogue", dirname(catalogue), async () => {
    if (!await exists(scheduled)) return null;
    await requireScheduled(scheduled);
    let whole = false;
    await step("replacedSettled", async () => {
      whole = await settle(catalogue);
    });
    let carried: CarryOver = { setAside: 0 };
    await step("importPrepared", async () => {
      await renew(scheduled);
      carried = carryOver(scheduled, whole ? catalogue : null, now);
      await sync(scheduled);
    });
    const keptAs = await keep(catalogue, `${replaced}/${datedName(now)}`, step);
    await step("replacedCleared", async () => {
      await removeFiles(...companionsOf(catalogue));
      await sync(dirname(catalogue));
    });
    await step("importPlaced", async () => {
      await Deno.rename(scheduled, catalogue);
      await sync(dirname(catalogue));
    });
    for (const { path } of datedCopies(replaced).slice(kept)) {
      await removeFiles(path, ...companionsOf(path));
    }
    return { ...carried, replaced: keptAs };
  });
}

async function requireScheduled(scheduled: string): Promise<void> {
  try {
    await requireCatalogue(scheduled, scheduled, "quick");
  } catch (error) {
    if (!(error instanceof NtmsError)) throw error;
    throw new NtmsError(
      error.code,
      `${error.message}; it was to be imported at this start: import another copy with "rsm db import --state ${
        dirname(scheduled)
      }", or remove the file to go on with the catalogue as it is`,
      { cause: error, data: error.data },
    );
  }
}

/** Brings all commits into the file of the catalogue; whether it is whole. */
async function settle(catalogue: string): Promise<boolean> {
  // SQLite removes the log of a file that it does not know for its own; and a
  // damaged one is kept as it is.
  const { fault } = await checkCatalogue(catalogue, "quick");
  if (fault !== null) return false;
  withSqlite(
    catalogue,
    (sqlite) => sqlite.exec("PRAGMA wal_checkpoint(TRUNCATE)"),
  );
  return true;
}

/** Gives the catalogue and what belongs to it a second name. */
async function keep(
  catalogue: string,
  keptAs: string,
  step: TakeStep,
): Promise<string | null> {
  if (!await exists(catalogue)) return null;
  await step("replacedKept", async () => {
    await makeDirectory(dirname(keptAs));
    await sync(dirname(dirname(keptAs)));
    const logs = companionsOf(catalogue);
    for (const [index, name] of companionsOf(keptAs).entries()) {
      const log = logs[index] ?? "";
      if (await exists(log)) await Deno.link(log, name);
    }
    await Deno.link(catalogue, keptAs);
    await sync(dirname(keptAs));
  });
  return keptAs;
}
