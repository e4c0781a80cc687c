/**
 * Opens the catalogue of a service: the one that is there, or the one that was
 * scheduled to take its place.
 *
 * @module
 */

import {
  applyImport,
  Database,
  deleteSettings,
  getSetting,
  RESTORED,
  TRUSTED,
} from "../database/mod.ts";
import type { Clock, Limits, Log } from "../model/mod.ts";
import { commit, type Crash, stepsBy } from "./crash_points.ts";

/** Which catalogue to open, and with what. */
export interface OpenCatalogueOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly crash: Crash;
}

/** Opens the catalogue, after an import that was scheduled has taken its place. */
export async function openCatalogue(
  { clock, crash, limits, log, path }: OpenCatalogueOptions,
): Promise<Database> {
  const imported = await applyImport(path, {
    now: clock.now(),
    kept: limits.replacedKept,
    step: stepsBy(crash),
  });
  if (imported !== null) {
    const { replaced, setAside } = imported;
    log.warn("A copy has taken the place of the catalogue", {
      ...replaced === null ? {} : { replaced },
    });
    if (setAside > 0) {
      log.warn(
        "Cartridges that the copy has for free may have been written since: they are in the import pools",
        { cartridges: setAside },
      );
    }
  }
  return await Database.open(path);
}

/**
 * Whether unknown bar codes are free media at this start: not before a
 * restored catalogue has had its inventory, because what came in after the
 * copy was made is unknown to it and may hold data.
 */
export async function trustsBarCodes(
  { database, log }: { readonly database: Database; readonly log: Log },
  asked: boolean,
): Promise<boolean> {
  const [restored, trusted] = await database.read(async (db) => [
    await getSetting(db, RESTORED),
    await getSetting(db, TRUSTED),
  ]);
  if (!asked || restored === null || trusted !== null) return asked;
  log.warn(
    "The catalogue was restored: cartridges that it does not know are not taken for free media until the next start",
  );
  return false;
}

/** Notes that the libraries of a restored catalogue have had their inventory. */
export async function endRestoration(
  context: { readonly database: Database; readonly crash: Crash },
): Promise<void> {
  const restored = await context.database.read(async (db) =>
    await getSetting(db, RESTORED) ?? await getSetting(db, TRUSTED)
  );
  if (restored === null) return;
  await commit(
    context,
    "restored",
    (db) => deleteSettings(db, RESTORED, TRUSTED),
  );
}
