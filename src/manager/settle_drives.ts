/**
 * Brings drives and mounts in line with what an inventory found in the drives.
 *
 * @module
 */

import {
  cartridgesInDrives,
  cartridgesNotAtRest,
  deleteMount,
  type DriveRow,
  drivesOf,
  isCleanerType,
  mountsInLibrary,
  sidesOf,
  updateCartridge,
  updateDrive,
  type Writer,
} from "../database/mod.ts";

/** Settles the drives of a library, and the cartridges that are in none of them. */
export async function settleDrives(
  db: Writer,
  libraryId: string,
): Promise<void> {
  const mounts = new Map(
    (await mountsInLibrary(db, libraryId))
      .map((mount) => [mount.driveId, mount]),
  );
  const inDrives = new Map(
    (await cartridgesInDrives(db, libraryId))
      .map((cartridge) => [cartridge.placeId, cartridge]),
  );
  for (const drive of await drivesOf(db, libraryId)) {
    const cartridge = inDrives.get(drive.id);
    const mount = mounts.get(drive.id);
    const sides = cartridge === undefined
      ? []
      : await sidesOf(db, cartridge.id);
    const mounted = sides.find((side) => side.id === mount?.sideId);
    if (mount !== undefined && mounted === undefined) {
      await deleteMount(db, mount.sideId);
    }
    if (cartridge === undefined) {
      await settleDrive(db, drive, "dismounted", null);
    } else if (mounted !== undefined) {
      await settleDrive(db, drive, "loaded", mounted.id);
      await updateCartridge(db, cartridge.id, { state: "loaded" });
    } else if (
      drive.state === "beingCleaned" &&
      await isCleanerType(db, cartridge.mediaTypeId)
    ) {
      // What comes of the cleaning is still to be counted.
      continue;
    } else if (drive.state !== "dismountable") {
      // Nobody's: a mount that never ended, or a person put it there.
      await updateDrive(db, drive.id, {
        state: "dismountable",
        sideId: sides[0]?.id ?? null,
        dismountableSince: 0,
        dismountablePriority: 0,
      });
      await updateCartridge(db, cartridge.id, { state: "inUse" });
    }
  }
  for (const id of await cartridgesNotAtRest(db, libraryId)) {
    await updateCartridge(db, id, { state: "idle" });
  }
}

/** Writes only what differs: after most inventories nothing does. */
async function settleDrive(
  db: Writer,
  drive: DriveRow,
  state: "dismounted" | "loaded",
  sideId: string | null,
): Promise<void> {
  const isSettled = drive.state === state && drive.sideId === sideId &&
    drive.dismountableSince === null;
  if (isSettled) return;
  await updateDrive(db, drive.id, { state, sideId, dismountableSince: null });
}
