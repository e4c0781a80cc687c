/**
 * The media types of the site: the file `media_types.json` in the state
 * directory, checked as a whole before any of it is used.
 *
 * @module
 */

import {
  DRIVE_FAMILIES,
  MEDIA_TYPE_TABLE,
  MediaTypes,
  type SiteMediaType,
} from "../manager/mod.ts";
import { NtmsError } from "../model/mod.ts";
import {
  readAddedRow,
  readBuiltInRow,
  readRowName,
  readTypesFile,
} from "../protocol/site_media_types.ts";

/** Name of the file in the state directory. */
export const MEDIA_TYPES_FILE = "media_types.json";

const FAMILIES: ReadonlySet<string> = new Set(DRIVE_FAMILIES);
const BUILT_IN: ReadonlySet<string> = new Set(
  MEDIA_TYPE_TABLE.map((row) => row.name),
);

/** Reads the site's media types; none where there is no such file. */
export async function readSiteMediaTypes(
  directory: string,
): Promise<SiteMediaType[]> {
  const path = `${directory}/${MEDIA_TYPES_FILE}`;
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw refusal(path, "it cannot be read", error);
  }
  return parseSiteMediaTypes(text, path);
}

/**
 * Understands the text of the file.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER naming the line or row and what is wrong there.
 */
export function parseSiteMediaTypes(
  text: string,
  path: string = MEDIA_TYPES_FILE,
): SiteMediaType[] {
  const whole = readTypesFile(parseJson(text, path));
  if (whole.value === null) {
    throw refusal(
      path,
      'it must be an object with one member, "types", a list of rows',
    );
  }
  const rows = whole.value.types.map((row, index) =>
    parseRow(row, index + 1, path)
  );
  const names = rows.map((row) => row.name);
  const twice = names.findIndex((each, index) => names.indexOf(each) < index);
  if (twice !== -1) {
    throw refusal(
      path,
      `row ${twice + 1} has the name of row ${
        names.indexOf(names[twice] ?? "") + 1
      }, "${names[twice]}"`,
    );
  }
  try {
    new MediaTypes(rows);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refusal(path, error.message, error);
  }
  return rows;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal(path, `line ${brokenLine(text)} is no JSON`, error);
  }
}

/** The line at which a text stops to be JSON: the parser does not always tell where it was. */
function brokenLine(text: string): number {
  const lines = text.split("\n");
  for (let count = 1; count <= lines.length; count++) {
    const start = lines.slice(0, count).join("\n").trimEnd();
    try {
      JSON.parse(start);
    } catch (error) {
      const why = error instanceof Error ? error.message : "";
      const at = /position (\d+)/.exec(why)?.[1];
      const isCut = at === undefined
        ? why.includes("end of JSON")
        : Number(at) >= start.length;
      if (isCut) continue;
      return at === undefined
        ? count
        : text.slice(0, Number(at)).split("\n").length;
    }
  }
  return lines.length;
}

function parseRow(row: unknown, number: number, path: string): SiteMediaType {
  const { value: named } = readRowName(row);
  const title = named === null
    ? `row ${number}`
    : `row ${number}, "${named.name}"`;
  if (named !== null && BUILT_IN.has(named.name)) {
    const { value, mistakes } = readBuiltInRow(row);
    if (value !== null) {
      return { name: value.name, barCodeSuffixes: value.suffixes, facts: null };
    }
    throw refusal(
      path,
      `${title}: ${mistakes}; of a type that is built in, only "suffixes" can be set`,
    );
  }
  const { value, mistakes } = readAddedRow(row);
  if (value === null) throw refusal(path, `${title}: ${mistakes}`);
  const { name, suffixes, sides, ...facts } = value;
  const family = facts.drives?.family;
  if (family !== undefined && !FAMILIES.has(family)) {
    throw refusal(
      path,
      `${title}: "drives.family" is none of ${[...FAMILIES].join(", ")}`,
    );
  }
  return {
    name,
    barCodeSuffixes: suffixes,
    facts: { ...facts, sideCount: sides },
  };
}

function refusal(path: string, what: string, cause?: unknown): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot use ${path}: ${what}; correct it or take it away, and start again`,
    { ...(cause === undefined ? {} : { cause }), data: { path } },
  );
}
