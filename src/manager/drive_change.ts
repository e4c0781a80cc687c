/**
 * Another cartridge for the one in a drive, by one command of the robot where
 * that can be.
 *
 * @module
 */

import type { Changer } from "../changer/mod.ts";
import {
  type CartridgeRow,
  findCartridge,
  findPlace,
  type Place,
  updateCartridge,
  updateDrive,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import type { FreeSlots } from "./free_slots.ts";
import { isUnread, type Journal } from "./journal.ts";
import { changeWay } from "./scheduling/mod.ts";

/** A drive after its medium left. */
export const EMPTY_DRIVE = {
  state: "dismounted",
  sideId: null,
  dismountableSince: null,
} as const;

/** What a change is made with. */
export interface ChangeParts {
  readonly context: Context;
  readonly changer: Changer;
  readonly journal: Journal;
  readonly slots: FreeSlots;
  /** Has a drive rewind and let go of its medium. */
  letGo(drive: Place): Promise<void>;
}

/**
 * Exchanges the cartridge in a drive for another one, where the library can
 * and both are known by their labels; whether that one is in the drive now.
 * Else the drive may be as it was, unloaded, or empty.
 */
export async function exchangeIn(
  { context, changer, journal, slots, letGo }: ChangeParts,
  cartridgeId: string,
  goes: CartridgeRow,
  requestId: string | null,
): Promise<boolean> {
  const { comes, source, drive } = await context.database.read(async (db) => {
    const comes = await findCartridge(db, cartridgeId);
    return {
      comes,
      source: await findPlace(db, comes?.placeId ?? ""),
      drive: await findPlace(db, goes.placeId ?? ""),
    };
  });
  if (comes === null || source === null || drive === null) return false;
  const way = changeWay({
    exchanges: changer.abilities.exchange,
    from: source.type,
    labels: [labelRead(comes), labelRead(goes)],
  });
  if (way !== "exchange") return false;
  return await slots.with(goes, async (target) => {
    await letGo(drive);
    const done = await journal.exchange({
      libraryId: goes.libraryId,
      comes: { cartridgeId, barCode: comes.barCode },
      goes: { cartridgeId: goes.id, barCode: goes.barCode },
      source,
      drive,
      target,
      requestId,
    });
    if (done === "nothing") return false;
    const name = done === "both" ? "driveLoaded" : "driveEmptied";
    await commit(context, name, async (db) => {
      await updateDrive(db, drive.id, EMPTY_DRIVE);
      await updateCartridge(db, goes.id, { state: "idle" });
      if (done !== "both") return;
      await updateDrive(db, drive.id, { state: "mounted" });
      await updateCartridge(db, cartridgeId, { state: "mounted" });
    });
    return done === "both";
  });
}

/** The label of a cartridge; empty where it was not read when it was last looked for. */
function labelRead(cartridge: CartridgeRow): string {
  return isUnread(cartridge) ? "" : cartridge.barCode;
}
