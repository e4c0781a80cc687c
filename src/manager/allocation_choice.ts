/**
 * Which side an allocation takes, or why there can be none.
 *
 * @module
 */

import {
  findAvailable,
  findLibraryById,
  findMedium,
  findPool,
  findSystemPool,
  type Medium,
  type PoolRow,
  type Reader,
  sidesOf,
} from "../database/mod.ts";
import { type AllocateInput, NtmsError } from "../model/mod.ts";

/** A side to allocate and the pools it goes from and to. */
export interface Choice {
  readonly medium: Medium;
  readonly pool: PoolRow;
}

/**
 * The side that an allocation takes; null when nothing is available.
 *
 * @throws {NtmsError} When there can be none for this call.
 */
export async function choose(
  db: Reader,
  input: AllocateInput,
): Promise<Choice | null> {
  const pool = await applicationPool(db, input.pool);
  if (input.nextOf !== undefined) {
    return { medium: await nextSide(db, input.nextOf, input.side, pool), pool };
  }
  if (input.side !== null) {
    return { medium: await particularSide(db, input.side, pool), pool };
  }
  const whole = input.wholeCartridge ?? false;
  const own = await findAvailable(db, pool.id, whole);
  if (own !== null) return { medium: own, pool };
  if (pool.drawFromFree === 0 || pool.mediaTypeId === null) return null;
  const free = await findSystemPool(db, "free", pool.mediaTypeId);
  if (free === null) {
    throw new NtmsError(
      "ERROR_DEVICE_NOT_AVAILABLE",
      `Cannot allocate from pool ${pool.path}: no library handles its media type, so there is no free pool of it`,
    );
  }
  const drawn = await findAvailable(db, free.id, whole);
  return drawn === null ? null : { medium: drawn, pool };
}

async function applicationPool(db: Reader, id: string): Promise<PoolRow> {
  const pool = await findPool(db, id);
  const reason = pool === null
    ? "there is no such pool"
    : pool.kind !== "application"
    ? `${pool.path} belongs to the service; allocate from an application pool`
    : pool.mediaTypeId === null
    ? `${pool.path} holds pools and no media; allocate from one of them`
    : null;
  if (pool === null || reason !== null) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `Cannot allocate from pool ${id}: ${reason}`,
    );
  }
  return pool;
}

async function nextSide(
  db: Reader,
  logicalMedium: string,
  sideId: string | null,
  pool: PoolRow,
): Promise<Medium> {
  const current = await findMedium(db, logicalMedium);
  if (current?.side.logicalMediumId !== logicalMedium) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot allocate the next side: ${logicalMedium} is no logical medium`,
    );
  }
  if (current.cartridge.poolId !== pool.id) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `Cannot allocate the next side of cartridge ${current.cartridge.name} from pool ${pool.path}: it is in another pool`,
    );
  }
  const sides = await sidesOf(db, current.cartridge.id);
  const next = sides.find(({ id, state }) =>
    state === "reserved" && (sideId ?? id) === id
  );
  if (next === undefined) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot allocate the next side of cartridge ${current.cartridge.name}: no ${
        sideId === null ? "side" : "such side"
      } of it is reserved`,
    );
  }
  return { side: next, cartridge: current.cartridge };
}

async function particularSide(
  db: Reader,
  sideId: string,
  pool: PoolRow,
): Promise<Medium> {
  const medium = await findMedium(db, sideId);
  if (medium === null || medium.side.id !== sideId) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot allocate side ${sideId}: there is no such side`,
    );
  }
  const { side, cartridge } = medium;
  if (side.state !== "available" && side.state !== "import") {
    throw new NtmsError(
      "ERROR_MEDIA_UNAVAILABLE",
      `Cannot allocate cartridge ${cartridge.name}: the side is ${side.state}, not available`,
    );
  }
  if (!cartridge.enabled) {
    throw new NtmsError(
      "ERROR_MEDIA_UNAVAILABLE",
      `Cannot allocate cartridge ${cartridge.name}: it is disabled`,
    );
  }
  if (cartridge.mediaTypeId !== pool.mediaTypeId) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `Cannot allocate cartridge ${cartridge.name} into pool ${pool.path}: the pool holds another media type`,
    );
  }
  const library = await findLibraryById(db, cartridge.libraryId);
  if (library.kind === "offline") {
    throw new NtmsError(
      "ERROR_MEDIA_OFFLINE",
      `Cannot allocate cartridge ${cartridge.name}: it is in no library`,
    );
  }
  await requireReachable(db, medium, pool);
  return medium;
}

/** A side of another application's pool is not to be had by its id. */
async function requireReachable(
  db: Reader,
  medium: Medium,
  pool: PoolRow,
): Promise<void> {
  if (medium.cartridge.poolId === pool.id) return;
  const source = await findPool(db, medium.cartridge.poolId);
  const open = source?.kind === "free" || source?.kind === "import";
  if (!open) {
    throw new NtmsError(
      "ERROR_MEDIA_UNAVAILABLE",
      `Cannot allocate cartridge ${medium.cartridge.name}: it is in pool ${
        source?.path ?? medium.cartridge.poolId
      }, not in ${pool.path}, a free pool or an import pool`,
    );
  }
}
