/**
 * Application pools: creating and opening them.
 *
 * @module
 */

import {
  allMediaTypes,
  findAccess,
  findPool,
  findPoolByPath,
  insertPool,
  type PoolRow,
  setAccess,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type CreatePoolInput,
  type Descriptor,
  LIMITS,
  type MediaPoolId,
  NtmsError,
  poolPathLevels,
  WELL_KNOWN_SIDS,
} from "../model/mod.ts";
import { checkEntries } from "./access.ts";
import {
  defaultDescriptor,
  descriptorOfNewPool,
  storedEntry,
} from "./access_decision.ts";
import { descriptorOf, rowOf } from "./access_rows.ts";
import type { Context } from "./context.ts";
import { keepAnswer } from "./kept_answers.ts";
import { checkPolicies, type PoolPolicies } from "./pool_rules.ts";

function levelsOf(name: string): string[] {
  const levels = poolPathLevels(name);
  if (levels !== null) return levels;
  throw new NtmsError(
    "ERROR_INVALID_NAME",
    `"${
      name.slice(0, 80)
    }" is no pool path: each level has 1 to ${LIMITS.nameLength} characters and no controls, all together at most ${LIMITS.poolPathLength}`,
  );
}

/** The pool above the last level; null for the top. */
async function findParent(
  db: Writer,
  input: CreatePoolInput,
  levels: readonly string[],
): Promise<PoolRow | null> {
  const base = input.parent === null ? null : await findPool(db, input.parent);
  if (base === null && input.parent !== null) throw noPool(input.parent);
  const path = [base?.path ?? "", ...levels.slice(0, -1)].join("\\");
  if (path === "") return null;
  const parent = await findPoolByPath(db, path);
  if (parent === null) throw noPool(path);
  return parent;
}

/** Only application pools that hold pools take another one. */
function requireFolder(parent: PoolRow | null): void {
  if (parent === null) return;
  const reason = parent.kind !== "application"
    ? "belongs to the service"
    : parent.mediaTypeId !== null
    ? "holds media, and a pool holds either media or pools"
    : null;
  if (reason === null) return;
  throw new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot create a pool in ${parent.path}: it ${reason}`,
  );
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
  caller: Caller,
  input: CreatePoolInput,
): Promise<{ pool: MediaPoolId; created: boolean }> {
  const levels = levelsOf(input.name);
  const parent = await findParent(db, input, levels);
  const name = levels.at(-1) ?? "";
  const path = `${parent?.path ?? ""}\\${name}`;
  const existing = await findPoolByPath(db, path);
  if (existing !== null) {
    if (input.mode === "new") {
      throw new NtmsError(
        "ERROR_ALREADY_EXISTS",
        `There is a pool ${path} already`,
        { data: { pool: existing.id } },
      );
    }
    return { pool: existing.id, created: false };
  }
  if (input.mode === "existing") throw noPool(path);
  requireFolder(parent);
  if (path.length > LIMITS.poolPathLength) {
    throw new NtmsError(
      "ERROR_INVALID_NAME",
      `The path ${path} is longer than ${LIMITS.poolPathLength} characters`,
    );
  }
  const policies = policiesOf(input);
  checkPolicies(input.mediaType, policies);
  if (input.mediaType !== null) await requireMediaType(db, input.mediaType);
  const pool = context.random.guid();
  await insertPool(
    db,
    { id: pool, type: "mediaPool", name },
    {
      kind: "application",
      parentId: parent?.id ?? null,
      path,
      mediaTypeId: input.mediaType,
      drawFromFree: policies.drawFromFree ? 1 : 0,
      returnToFree: policies.returnToFree ? 1 : 0,
      maxAllocates: policies.maxAllocates,
    },
    context.clock.now(),
  );
  await setAccess(db, rowOf(pool, await accessOf(db, caller, input, parent)));
  const answer = { pool, created: true };
  await keepAnswer(db, context, caller, answer, pool);
  return answer;
}

/** Who may do what to a new pool. */
async function accessOf(
  db: Writer,
  { who }: Caller,
  { access }: CreatePoolInput,
  parent: PoolRow | null,
): Promise<Descriptor> {
  const given = access?.map((entry) => storedEntry(entry));
  if (given !== undefined) checkEntries(given);
  return descriptorOfNewPool(
    who?.sid ?? WELL_KNOWN_SIDS.administrators,
    parent === null ? null : await descriptorOfPool(db, parent),
    given,
  );
}

async function descriptorOfPool(
  db: Writer,
  { id, kind }: PoolRow,
): Promise<Descriptor> {
  const row = await findAccess(db, id);
  return row === null
    ? defaultDescriptor({ type: "mediaPool", id, kind })
    : descriptorOf(row);
}

function policiesOf(input: CreatePoolInput): PoolPolicies {
  const { drawFromFree, maxAllocates, returnToFree } = input;
  return {
    drawFromFree: drawFromFree ?? false,
    returnToFree: returnToFree ?? false,
    maxAllocates: maxAllocates ?? 0,
  };
}

async function requireMediaType(db: Writer, id: string): Promise<void> {
  const types = await allMediaTypes(db);
  if (types.some((type) => type.id === id)) return;
  throw new NtmsError("ERROR_INVALID_MEDIA", `There is no media type ${id}`);
}
