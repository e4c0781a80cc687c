/**
 * Drives that stand alone: libraries of one drive, without a robot. What a
 * person puts in is known by its label; what is dismounted stays in the drive
 * until it is ejected.
 *
 * @module
 */

import type { Element } from "../changer/mod.ts";
import {
  cartridgesInDrives,
  findDrive,
  mountsInLibrary,
  updateDrive,
  type Writer,
} from "../database/mod.ts";
import { leave } from "./departure.ts";

const EMPTY_DRIVE = {
  state: "dismounted",
  sideId: null,
  dismountableSince: null,
} as const;

/**
 * Enters that what was in the drive of a library is in no library any more:
 * where the drive is empty, and where another medium may be in it. What is
 * mounted is whose it is until it is gone.
 */
export async function takeOut(
  db: Writer,
  libraryId: string,
  elements: readonly Element[],
  mayBeOther: boolean,
): Promise<void> {
  const mounted = new Set(
    (await mountsInLibrary(db, libraryId)).map(({ driveId }) => driveId),
  );
  for (const cartridge of await cartridgesInDrives(db, libraryId)) {
    const driveId = cartridge.placeId ?? "";
    const drive = await findDrive(db, driveId);
    const isEmpty = elements.some(({ elementAddress, full }) =>
      elementAddress === drive?.elementAddress && !full
    );
    if (isEmpty || (mayBeOther && !mounted.has(driveId))) {
      await leave(db, cartridge);
      await updateDrive(db, driveId, EMPTY_DRIVE);
    }
  }
}
