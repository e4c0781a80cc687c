/**
 * A mount as it is written down.
 *
 * @module
 */

import {
  countDriveMount,
  findMedium,
  findMount,
  insertMount,
  updateCartridge,
  updateMount,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import { type Caller, NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";

/** Enters a mount of a side in a drive, or counts one more of the same owner. */
export async function mountSide(
  db: Writer,
  context: Context,
  sideId: string,
  driveId: string,
  owner: { caller: Caller; priority: number },
): Promise<void> {
  const medium = await findMedium(db, sideId);
  if (medium === null || medium.cartridge.placeId !== driveId) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot mount side ${sideId}: it is no longer in its drive`,
    );
  }
  const mount = await findMount(db, sideId);
  if (mount !== null) {
    await updateMount(db, sideId, { count: mount.count + 1 });
    return;
  }
  const { caller, priority } = owner;
  await insertMount(db, {
    sideId,
    driveId,
    application: caller.application,
    computer: caller.computer,
    sessionId: caller.session,
    count: 1,
    priority,
    since: context.clock.now(),
  });
  await updateSide(db, sideId, { mountCount: medium.side.mountCount + 1 });
  await countDriveMount(db, driveId, sideId);
  await updateCartridge(db, medium.cartridge.id, { state: "loaded" });
}
