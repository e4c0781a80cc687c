/**
 * Application pools: creating and opening them.
 *
 * @module
 */

import {
  allMediaTypes,
  findPool,
  findPoolByPath,
  insertPool,
  type Writer,
} from "../database/mod.ts";
import {
  type CreatePoolInput,
  isObjectName,
  LIMITS,
  type MediaPoolId,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";

function levelsOf(name: string): string[] {
  const levels = name.replace(/^\\/, "").split("\\");
  const bad = levels.find((level) => !isObjectName(level));
  if (bad !== undefined || name.length > LIMITS.poolPathLength) {
    throw new NtmsError(
      "ERROR_INVALID_NAME",
      `"${name}" is no pool path: each level has 1 to ${LIMITS.nameLength} characters and no controls, all together at most ${LIMITS.poolPathLength}`,
    );
  }
  return levels;
}

/** The pool above the last level. */
async function findParent(
  db: Writer,
  input: CreatePoolInput,
  levels: readonly string[],
): Promise<{ id: string | null; path: string }> {
  let base = "";
  if (input.parent !== null) {
    const parent = await findPool(db, input.parent);
    if (parent === null) throw noPool(input.parent);
    base = parent.path;
  }
  const above = levels.slice(0, -1);
  const path = [base, ...above].join("\\");
  if (path === "") return { id: null, path };
  const pool = await findPoolByPath(db, path);
  if (pool === null) throw noPool(path);
  const reason = pool.kind !== "application"
    ? "belongs to the service"
    : pool.mediaTypeId !== null
    ? "holds media, and a pool holds either media or pools"
    : null;
  if (reason !== null) {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `Cannot create a pool in ${path}: it ${reason}`,
    );
  }
  return { id: pool.id, path };
}

function noPool(pool: string): NtmsError {
  return new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    `There is no pool ${pool}; create it first`,
  );
}

/** Creates or opens an application pool. */
export async function createPool(
  db: Writer,
  context: Context,
  input: CreatePoolInput,
): Promise<{ pool: MediaPoolId; created: boolean }> {
  const levels = levelsOf(input.name);
  const parent = await findParent(db, input, levels);
  const name = levels.at(-1) ?? "";
  const path = `${parent.path}\\${name}`;
  const existing = await findPoolByPath(db, path);
  if (existing !== null) {
    if (existing.kind !== "application" || input.mode === "new") {
      throw new NtmsError(
        "ERROR_ALREADY_EXISTS",
        `There is a pool ${path} already`,
        { data: { pool: existing.id } },
      );
    }
    return { pool: existing.id, created: false };
  }
  if (input.mode === "existing") throw noPool(path);
  if (path.length > LIMITS.poolPathLength) {
    throw new NtmsError(
      "ERROR_INVALID_NAME",
      `The path ${path} is longer than ${LIMITS.poolPathLength} characters`,
    );
  }
  await requireMediaType(db, input);
  const pool = context.random.guid();
  await insertPool(
    db,
    { id: pool, type: "mediaPool", name },
    {
      kind: "application",
      parentId: parent.id,
      path,
      mediaTypeId: input.mediaType,
      drawFromFree: input.drawFromFree ? 1 : 0,
      returnToFree: input.returnToFree ? 1 : 0,
      maxAllocates: 0,
    },
    context.clock.now(),
  );
  return { pool, created: true };
}

async function requireMediaType(
  db: Writer,
  input: CreatePoolInput,
): Promise<void> {
  if (input.mediaType === null) {
    if (input.drawFromFree || input.returnToFree) {
      throw new NtmsError(
        "ERROR_INVALID_PARAMETER",
        "A pool of pools has no allocation or deallocation policy; give it a media type",
      );
    }
    return;
  }
  const types = await allMediaTypes(db);
  if (!types.some(({ id }) => id === input.mediaType)) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `There is no media type ${input.mediaType}`,
    );
  }
}
