/**
 * Finds the media pool or media type that a word names.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";
import { parseGuid } from "../model/ids.ts";
import type { MediaPoolRecord, MediaTypeRecord } from "../model/objects.ts";
import type { Lister } from "./resolve_library.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";

/** The levels of a pool's path, written with either kind of slash. */
export function poolLevels(path: string): string[] {
  return path.split(/[\\/]/).filter((level) => level !== "");
}

/** All pools, each before those in it. */
export async function listPools(session: Lister): Promise<MediaPoolRecord[]> {
  const pools: MediaPoolRecord[] = [];
  let level = await session.objects("mediaPool");
  while (level.length > 0) {
    pools.push(...level);
    const inner = await Promise.all(
      level.filter(({ poolCount }) => poolCount > 0)
        .map(({ id }) => session.objects("mediaPool", { container: id })),
    );
    level = inner.flat();
  }
  return pools;
}

/** The pool that a word names, by id, path or name; null where there is none. */
export async function findPool(
  session: Lister,
  word: string,
): Promise<MediaPoolRecord | null> {
  const pools = await listPools(session);
  const id = parseGuid(word);
  if (id !== null) return pools.find((pool) => pool.id === id) ?? null;
  const path = poolLevels(word).join("\\");
  const exact = pools.find((pool) => poolLevels(pool.path).join("\\") === path);
  if (exact !== undefined) return exact;
  const named = pools.filter(({ name }) => name === word);
  if (named.length > 1) {
    throw new UsageError(
      `Several pools are called "${word}": ${
        named.map((pool) => pool.path).join(", ")
      }`,
      "Name one by its path, with / between the levels",
    );
  }
  return named[0] ?? null;
}

/** The pool that a word names; it must exist. */
export async function resolvePool(
  session: Lister,
  word: string,
): Promise<MediaPoolRecord> {
  const pool = await findPool(session, word);
  if (pool === null) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `No media pool is called "${word}"`,
    );
  }
  return pool;
}

function simplified(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The media type that a word names; `LTO-6` may be written `lto6`. */
export async function resolveMediaType(
  session: Lister,
  word: string,
): Promise<MediaTypeRecord> {
  const types = await session.objects("mediaType");
  const id = parseGuid(word);
  const type = types.find((each) =>
    id === null ? simplified(each.name) === simplified(word) : each.id === id
  );
  if (type === undefined) {
    const names = types.map(({ name }) => name);
    throw new UsageError(
      `No media type is called "${word}"`,
      didYouMean(word, names.map((name) => name.toLowerCase())) ||
        'List them with "rsm view media-type"',
    );
  }
  return type;
}

/** The media type that is meant where none is named: the only one of which there are cartridges. */
export async function onlyMediaType(
  session: Lister,
): Promise<MediaTypeRecord> {
  const [pools, types] = await Promise.all([
    listPools(session),
    session.objects("mediaType"),
  ]);
  const present = new Set(
    pools.filter(({ cartridgeCount }) => cartridgeCount > 0)
      .map(({ mediaType }) => mediaType),
  );
  // Cleaning cartridges cannot be written; no pool is meant for them.
  const writable = types.filter(({ id, writability }) =>
    present.has(id) && writability !== "readOnly"
  );
  const [only] = writable;
  if (only === undefined || writable.length > 1) {
    const names = writable.map(({ name }) => name).join(", ");
    throw new UsageError(
      names === ""
        ? "There is no cartridge to tell the media type by"
        : `There are cartridges of several media types: ${names}`,
      'Name one with "--type"; list them with "rsm view media-type"',
    );
  }
  return only;
}
