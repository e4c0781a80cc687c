/**
 * Cartridges that a person took out of a library: kept as offline media, or
 * forgotten where nothing on them is anybody's.
 *
 * @module
 */

import {
  type CartridgeRow,
  computerId,
  deleteMount,
  deleteObject,
  findComputer,
  findPool,
  isCleanerType,
  offlineLibraryId,
  sidesOf,
  updateCartridge,
  type Writer,
} from "../database/mod.ts";
import type { PoolKind, SideState } from "../model/mod.ts";
import { settleCleaner } from "./cleaners.ts";

/** NtmsMediaPoolPolicy. */
const POLICY = { purgeOfflineScratch: 1, keepOfflineImport: 2 } as const;

/** Whether a cartridge is forgotten when it leaves (EjectNtmsMedia). */
export function isForgotten(
  pool: PoolKind,
  sides: readonly SideState[],
  policy: number,
): boolean {
  const owned = ["allocated", "complete", "reserved"] as const;
  if (sides.some((state) => owned.some((one) => one === state))) return false;
  if (sides.includes("incompatible")) return true;
  switch (pool) {
    case "unrecognized":
      return true;
    case "import":
      return (policy & POLICY.keepOfflineImport) === 0;
    case "free":
      return (policy & POLICY.purgeOfflineScratch) !== 0;
    case "application":
    case "root":
      return false;
  }
}

/** Enters that a cartridge is in no library any more; whether it is still known. */
export async function leave(
  db: Writer,
  cartridge: CartridgeRow,
): Promise<boolean> {
  const sides = await sidesOf(db, cartridge.id);
  for (const { id } of sides) await deleteMount(db, id);
  const pool = await findPool(db, cartridge.poolId);
  const { mediaPoolPolicy } = await findComputer(db, await computerId(db));
  const states = sides.map(({ state }) => state);
  if (
    await isCleanerType(db, cartridge.mediaTypeId) ||
    pool !== null && isForgotten(pool.kind, states, mediaPoolPolicy)
  ) {
    for (const { id } of sides) await deleteObject(db, id);
    await deleteObject(db, cartridge.id);
    await settleCleaner(db, cartridge.libraryId);
    return false;
  }
  await updateCartridge(db, cartridge.id, {
    libraryId: await offlineLibraryId(db),
    placeId: null,
    placeType: "slot",
    homeSlotId: null,
    state: "idle",
  });
  return true;
}
