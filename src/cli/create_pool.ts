/**
 * Creates an application pool by its path, as `pool create` and
 * `allocate --create` do.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { MediaPoolRecord, MediaTypeRecord } from "../model/objects.ts";
import type { CreateMode } from "../model/states.ts";
import {
  onlyMediaType,
  poolLevels,
  resolveMediaType,
  resolvePool,
} from "./resolve_pool.ts";
import { UsageError } from "./usage_error.ts";

/** What a new pool is to be. */
export interface NewPool {
  /** Path, with either kind of slash; all levels but the last must exist. */
  readonly path: string;
  /** Name of its media type; absent: the only one there is; null: it holds pools. */
  readonly type: string | null | undefined;
  readonly drawFromFree: boolean;
  readonly returnToFree: boolean;
  /** How often a side may be allocated; 0 for no limit. @default {0} */
  readonly maxAllocates?: number;
  readonly mode: CreateMode;
}

/** The media type of a name, or the only one where none is named. */
export async function chooseMediaType(
  session: Session,
  name: string | undefined,
): Promise<MediaTypeRecord> {
  return name === undefined
    ? await onlyMediaType(session)
    : await resolveMediaType(session, name);
}

/** Creates or opens a pool. */
export async function createPool(
  session: Session,
  pool: NewPool,
): Promise<MediaPoolRecord> {
  const levels = poolLevels(pool.path);
  const name = levels.pop();
  if (name === undefined) {
    throw new UsageError(
      `"${pool.path}" is no name of a pool`,
      "Give one with letters in it, such as backup",
    );
  }
  const parent = levels.length === 0
    ? {}
    : { parent: (await resolvePool(session, levels.join("/"))).id };
  const mediaType = pool.type === null
    ? {}
    : { mediaType: (await chooseMediaType(session, pool.type)).id };
  const id = await session.createPool({
    name,
    ...mediaType,
    mode: pool.mode,
    drawFromFree: pool.drawFromFree,
    returnToFree: pool.returnToFree,
    maxAllocates: pool.maxAllocates ?? 0,
    ...parent,
  });
  const record = await session.object(id);
  if (record.type === "mediaPool") return record;
  throw new TypeError(`Pool ${id} is told to be a ${record.type}`);
}
