/**
 * Tells whether a file is a whole catalogue that this version can use.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import { APPLICATION_ID } from "./application_id.ts";
import { isDamage } from "./failures.ts";
import { type Row, runAside } from "./aside.ts";
import { MIGRATIONS } from "./migrations/mod.ts";

/** Where the application is told in the header of a SQLite file. */
const APPLICATION_OFFSET = 68;
const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";

/** What is wrong with a file that should be a catalogue. */
export type CatalogueFault = "absent" | "other" | "damaged" | "newer";

/** What a look at a catalogue found. */
export interface CatalogueFindings {
  readonly path: string;
  /** Null when nothing is wrong. */
  readonly fault: CatalogueFault | null;
  /** What is wrong, for people. */
  readonly reason: string;
  /** Steps of the schema that this version has and the file has not. */
  readonly behind: number;
  /** How often a service had been started on it. */
  readonly starts: number;
  readonly cartridges: number;
}

/** How many starts, and cartridges, a catalogue has. */
const COUNTS = [
  "select value as n from setting where name = 'epoch'",
  "select count(*) as n from cartridge",
] as const;

/** How thoroughly to look: at every page and index entry, or at the pages alone, in a tenth of the time. */
export type Thoroughness = "full" | "quick";

const LOOKS: Readonly<Record<Thoroughness, string>> = {
  full: "PRAGMA integrity_check(1)",
  quick: "PRAGMA quick_check(1)",
};

/** Looks at a file that should be a catalogue. Changes nothing. */
export async function checkCatalogue(
  path: string,
  thoroughness: Thoroughness,
): Promise<CatalogueFindings> {
  const fault = await faultOfHeader(path);
  if (fault !== null) return findings(path, fault);
  try {
    return await look(path, thoroughness);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return findings(path, {
      fault: "damaged",
      reason: `it is damaged: ${error.message}`,
    });
  }
}

/**
 * Looks at a file that has to be a whole catalogue.
 *
 * @throws {NtmsError} ERROR_DATABASE_FAILURE.
 */
export async function requireCatalogue(
  path: string,
  shownAs: string,
  thoroughness: Thoroughness,
): Promise<CatalogueFindings> {
  const found = await checkCatalogue(path, thoroughness);
  if (found.fault === null) return found;
  throw new NtmsError(
    "ERROR_DATABASE_FAILURE",
    `"${shownAs}" cannot become the catalogue: ${found.reason}`,
    { data: { path: shownAs, fault: found.fault } },
  );
}

interface Fault {
  readonly fault: CatalogueFault;
  readonly reason: string;
}

function findings(
  path: string,
  known: Partial<CatalogueFindings>,
): CatalogueFindings {
  return {
    path,
    fault: null,
    reason: "",
    behind: 0,
    starts: 0,
    cartridges: 0,
    ...known,
  };
}

/** What the header shows to be wrong; null where it is that of a catalogue. */
async function faultOfHeader(path: string): Promise<Fault | null> {
  const bytes = new Uint8Array(HEADER_BYTES);
  try {
    using file = await Deno.open(path, { read: true });
    await file.read(bytes);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { fault: "absent", reason: "there is no such file" };
  }
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  const application = new DataView(bytes.buffer).getUint32(APPLICATION_OFFSET);
  if (magic === MAGIC && application === APPLICATION_ID) return null;
  return {
    fault: "other",
    reason: "it is no catalogue of rsm, or it is damaged at its very beginning",
  };
}

async function look(
  path: string,
  thoroughness: Thoroughness,
): Promise<CatalogueFindings> {
  const [whole = [], migrations = []] = await runAside(path, [
    LOOKS[thoroughness],
    "select name from kysely_migration",
  ]);
  const [verdict] = Object.values(whole[0] ?? {});
  if (verdict !== "ok") {
    return findings(path, {
      fault: "damaged",
      reason: `it is damaged: ${String(verdict).replaceAll("\n", " ")}`,
    });
  }
  const known = Object.keys(MIGRATIONS);
  const names = migrations.map(({ name }) => String(name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return findings(path, {
      fault: "newer",
      reason: `it comes from a newer version of rsm (schema ${
        unknown.at(-1)
      }, this one knows ${known.at(-1)}): use that version`,
    });
  }
  const behind = known.length - names.length;
  // An older schema may have other tables.
  if (behind > 0) return findings(path, { behind });
  const [starts, cartridges] = await runAside(path, COUNTS);
  return findings(path, {
    starts: numberIn(starts),
    cartridges: numberIn(cartridges),
  });
}

function numberIn(rows: readonly Row[] | undefined): number {
  return Number(rows?.[0]?.["n"] ?? 0);
}
