/**
 * What callers set of objects: names, policies, settings.
 *
 * @module
 */

import {
  allMediaTypes,
  allPools,
  contentOfPool,
  findObject,
  findPool,
  findPoolByPath,
  loadRecords,
  type NamedType,
  type PoolRow,
  siblingHasName,
  updateComputer,
  updateDoor,
  updateDrive,
  updateLibrary,
  updateObjectRow,
  updatePool,
  updatePort,
  type Writer,
} from "../database/mod.ts";
import {
  type Guid,
  LIMITS,
  NtmsError,
  type NtmsObject,
  type ObjectChange,
} from "../model/mod.ts";
import { checkPolicies } from "./pool_rules.ts";
import { checkChange, checkOwned, libraryFlags } from "./settings_rules.ts";

/** Sets what a caller may set of an object. */
export async function setObject(
  db: Writer,
  id: Guid,
  asked: ObjectChange,
  now: number,
): Promise<void> {
  const record = await recordOf(db, id);
  const label = `${record.type} ${record.name || id}`;
  const change = checkChange(record.type, label, { ...record }, asked);
  if (Object.keys(change).length === 0) return;
  await setOfType(db, record, label, change);
  const { description, name } = change;
  await updateObjectRow(db, id, {
    ...name === undefined ? {} : { name },
    ...description === undefined ? {} : { description },
  }, now);
}

async function recordOf(db: Writer, id: Guid): Promise<NtmsObject> {
  const object = await findObject(db, id);
  const [record] = object === null
    ? []
    : await loadRecords(db, object.type, [id]);
  if (record !== undefined) return record;
  throw new NtmsError("ERROR_OBJECT_NOT_FOUND", `There is no object ${id}`);
}

async function setOfType(
  db: Writer,
  record: NtmsObject,
  label: string,
  change: ObjectChange,
): Promise<void> {
  const { id } = record;
  const { name: _name, description: _description, ...rest } = change;
  const isEmpty = Object.keys(rest).length === 0;
  switch (record.type) {
    case "mediaPool":
      return await setPool(db, id, label, change);
    case "library": {
      if (record.kind === "offline") checkOwned(label, change);
      await requireOwnName(db, "library", id, change.name);
      return await setLibrary(db, id, record.flags, change);
    }
    case "cartridge":
    case "logicalMedium":
    case "side":
      return await requireOwnName(db, record.type, id, change.name);
    case "computer":
      return isEmpty ? undefined : await updateComputer(db, id, rest);
    case "drive":
      return isEmpty ? undefined : await updateDrive(db, id, rest);
    default:
      return isEmpty ? undefined : await setPart(db, id, change);
  }
}

/** Doors and ports have one setting each; of other types only the description changes. */
async function setPart(
  db: Writer,
  id: Guid,
  { maxExtendSeconds, maxOpenSeconds }: ObjectChange,
): Promise<void> {
  if (maxOpenSeconds !== undefined) {
    await updateDoor(db, id, { maxOpenSeconds });
  }
  if (maxExtendSeconds !== undefined) {
    await updatePort(db, id, { maxExtendSeconds });
  }
}

async function setLibrary(
  db: Writer,
  id: Guid,
  flags: number,
  change: ObjectChange,
): Promise<void> {
  const {
    autoClean,
    autoRecovery,
    checkLabels,
    cleanerUsesRemaining,
    inventoryMethod,
  } = change;
  await updateLibrary(db, id, {
    flags: libraryFlags(flags, change),
    ...autoRecovery === undefined ? {} : { autoRecovery: autoRecovery ? 1 : 0 },
    ...checkLabels === undefined ? {} : { checkLabels: checkLabels ? 1 : 0 },
    ...autoClean === undefined ? {} : { autoClean: autoClean ? 1 : 0 },
    ...cleanerUsesRemaining === undefined ? {} : { cleanerUsesRemaining },
    ...inventoryMethod === undefined ? {} : { inventoryMethod },
  });
}

async function requireOwnName(
  db: Writer,
  type: NamedType,
  id: Guid,
  name: string | undefined,
): Promise<void> {
  if (name === undefined || !await siblingHasName(db, type, id, name)) return;
  throw taken(name);
}

function taken(name: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `The name "${name}" is taken by another object beside this one`,
  );
}

async function setPool(
  db: Writer,
  id: Guid,
  label: string,
  change: ObjectChange,
): Promise<void> {
  const pool = await findPool(db, id);
  if (pool === null) return;
  if (pool.kind !== "application") return checkOwned(label, change);
  const {
    checkLabels = pool.checkLabels === 1,
    drawFromFree = pool.drawFromFree === 1,
    maxAllocates = pool.maxAllocates,
    mediaType = pool.mediaTypeId,
    returnToFree = pool.returnToFree === 1,
  } = change;
  if (mediaType !== pool.mediaTypeId) await requireType(db, pool, mediaType);
  checkPolicies(mediaType, { drawFromFree, returnToFree, maxAllocates });
  await updatePool(db, id, {
    mediaTypeId: mediaType,
    drawFromFree: drawFromFree ? 1 : 0,
    returnToFree: returnToFree ? 1 : 0,
    maxAllocates,
    checkLabels: checkLabels ? 1 : 0,
  });
  if (change.name !== undefined) await renamePool(db, pool, change.name);
}

async function requireType(
  db: Writer,
  pool: PoolRow,
  mediaType: string | null,
): Promise<void> {
  const { cartridges, pools } = await contentOfPool(db, pool.id);
  if (cartridges + pools > 0) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot change the media type of pool ${pool.path}: it is not empty`,
    );
  }
  const types = await allMediaTypes(db);
  if (mediaType === null || types.some(({ id }) => id === mediaType)) return;
  throw new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `There is no media type ${mediaType}`,
  );
}

/** The paths of the pools in it change with its name. */
async function renamePool(
  db: Writer,
  pool: PoolRow,
  name: string,
): Promise<void> {
  const path = pool.path.slice(0, pool.path.lastIndexOf("\\") + 1) + name;
  if (await findPoolByPath(db, path) !== null) throw taken(name);
  const inner = (await allPools(db)).filter((one) =>
    one.path.startsWith(`${pool.path}\\`)
  );
  const renamed = [pool, ...inner].map((one) => ({
    id: one.id,
    path: path + one.path.slice(pool.path.length),
  }));
  const tooLong = renamed.find((one) =>
    one.path.length > LIMITS.poolPathLength
  );
  if (tooLong !== undefined) {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `Cannot rename pool ${pool.path}: the path of a pool in it would be longer than ${LIMITS.poolPathLength} characters`,
    );
  }
  for (const one of renamed) await updatePool(db, one.id, { path: one.path });
}
