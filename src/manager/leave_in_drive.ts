/**
 * Media that stay in their drives after they were dismounted.
 *
 * @module
 */

import {
  type Medium,
  updateCartridge,
  updateDrive,
  type Writer,
} from "../database/mod.ts";

/** Leaves a medium in its drive, to be taken out when the drive is needed. */
export async function leaveInDrive(
  db: Writer,
  medium: Medium,
  driveId: string,
  evictableFrom: number,
  priority: number,
): Promise<void> {
  await updateDrive(db, driveId, {
    state: "dismountable",
    sideId: medium.side.id,
    dismountableSince: evictableFrom,
    dismountablePriority: priority,
  });
  await updateCartridge(db, medium.cartridge.id, { state: "inUse" });
}
