/**
 * Giving media back: what becomes of a side that nobody has allocated any more.
 *
 * @module
 */

import {
  deleteAlone,
  findMedium,
  findMount,
  findPool,
  findSystemPool,
  moveToPool,
  sidesOf,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { nextSideState } from "./lifecycle.ts";

/** Gives an allocated side back. */
export async function deallocate(
  db: Writer,
  logicalMedium: string,
): Promise<void> {
  const medium = await findMedium(db, logicalMedium);
  if (medium === null || medium.side.logicalMediumId !== logicalMedium) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot deallocate ${logicalMedium}: there is no such logical medium`,
    );
  }
  const { side, cartridge } = medium;
  if (await findMount(db, side.id) !== null) {
    throw new NtmsError(
      "ERROR_BUSY",
      `Cannot deallocate cartridge ${cartridge.name}: it is mounted; dismount it first`,
    );
  }
  const pool = await findPool(db, cartridge.poolId);
  const limit = pool?.maxAllocates ?? 0;
  const worn = limit > 0 && side.allocateCount >= limit;
  await updateSide(db, side.id, {
    state: nextSideState(side.state, worn ? "wear out" : "deallocate"),
    logicalMediumId: null,
    // What the next owner writes is his business.
    labelBinds: 0,
  });
  await deleteAlone(db, "logicalMedium", logicalMedium);
  const sides = await sidesOf(db, cartridge.id);
  if (sides.some((one) => one.logicalMediumId !== null)) return;
  for (const one of sides) {
    if (one.state === "reserved") {
      await updateSide(db, one.id, {
        state: nextSideState(one.state, "release"),
      });
    }
  }
  // A worn-out side must not reach a free pool through its cartridge.
  if (worn || pool?.returnToFree !== 1) return;
  const free = await findSystemPool(db, "free", cartridge.mediaTypeId);
  if (free !== null) await moveToPool(db, cartridge.id, free.id);
}
