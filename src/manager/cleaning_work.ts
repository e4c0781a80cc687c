/**
 * What the robot and a drive do for a cleaning.
 *
 * A drive is marked before the cartridge goes to it, and loses the mark in the
 * commit that counts the use. So a start after a crash can tell whether a
 * cleaning cartridge that it finds in a drive still has to be counted.
 *
 * @module
 */

import { ChangerError, type Cleaned } from "../changer/mod.ts";
import {
  alertsIn,
  cartridgeAt,
  type CartridgeRow,
  findDrive,
  findPlace,
  updateDrive,
  type Writer,
} from "../database/mod.ts";
import { asksForCleaning, NtmsError } from "../model/mod.ts";
import { askForCleaner, setUses, takeUse, usableCleaner } from "./cleaners.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { nameOfDrive } from "./drive_care.ts";
import { askOperatorOnce } from "./operators.ts";
import type { Robot } from "./robot.ts";
import { StaleCatalogueError } from "./step_errors.ts";

/** Cleans the drives of one library. */
export class CleaningWork {
  readonly #library: { readonly id: string; readonly name: string };
  readonly #context: Context;
  readonly #robot: Robot;
  /** When a drive was last given a cleaning cartridge, by drive. */
  readonly #tried = new Map<string, number>();

  /** Of the library that the robot is of. */
  constructor(
    library: { readonly id: string; readonly name: string },
    context: Context,
    robot: Robot,
  ) {
    this.#library = library;
    this.#context = context;
    this.#robot = robot;
  }

  /** When a drive was last given a cleaning cartridge since the start; undefined for never. */
  lastTried(driveId: string): number | undefined {
    return this.#tried.get(driveId);
  }

  /**
   * Cleans a drive; false where no cleaning cartridge can be used any more.
   *
   * @throws {NtmsError} ERROR_CLEANER_CARTRIDGE_SPENT or ERROR_UNABLE_TO_CLEAN
   * by what the drive says.
   */
  async clean(driveId: string, request: string): Promise<boolean> {
    const { clock, database } = this.#context;
    const found = await database.read(async (db) => ({
      cleaner: await usableCleaner(db, this.#library.id),
      drive: await findDrive(db, driveId),
      place: await findPlace(db, driveId),
      there: await cartridgeAt(db, driveId),
    }));
    const { cleaner, drive, place, there } = found;
    if (cleaner === null || place === null) return false;
    const isGiven = there?.id === cleaner.id && drive?.state === "beingCleaned";
    if (!isGiven) {
      if (there !== null) await this.#robot.putAway(driveId, there.id, request);
      this.#tried.set(driveId, clock.now());
      await this.#mark(driveId, "beingCleaned");
      try {
        await this.#robot.carry(cleaner.id, place, request);
      } catch (error) {
        // What is not known, the next inventory settles.
        const isKnown = !(error instanceof StaleCatalogueError);
        if (isKnown) await this.#mark(driveId, "dismounted");
        throw error;
      }
    }
    await this.#finish(driveId, cleaner, request, isGiven);
    return true;
  }

  /** Brings a cleaning cartridge home; a cleaning that was broken off comes to its end first. */
  async takeHome(
    driveId: string,
    cleaner: CartridgeRow,
    request: string,
  ): Promise<void> {
    const { drive, there } = await this.#context.database.read(async (db) => ({
      drive: await findDrive(db, driveId),
      there: await cartridgeAt(db, driveId),
    }));
    if (there?.id !== cleaner.id) return;
    if (drive?.state === "beingCleaned") {
      return await this.#finish(driveId, cleaner, request, true);
    }
    await this.#robot.putAway(driveId, cleaner.id, request);
  }

  #mark(driveId: string, state: "beingCleaned" | "dismounted"): Promise<void> {
    return commit(
      this.#context,
      "cleaningBegins",
      (db) => updateDrive(db, driveId, { state }),
    );
  }

  /** The cleaning cartridge is in the drive: waits, counts, and brings it home. */
  async #finish(
    driveId: string,
    cleaner: CartridgeRow,
    request: string,
    mayHaveEnded: boolean,
  ): Promise<void> {
    const drive = await this.#robot.reach(driveId);
    const cleaned = await this.#robot.care.untilCleaned(drive, mayHaveEnded)
      .catch((error: unknown): Cleaned => {
        if (!(error instanceof ChangerError)) throw error;
        return { outcome: "failed", alerts: [], reason: error.message };
      });
    await commit(
      this.#context,
      "driveCleaned",
      (db) => this.#note(db, driveId, cleaner, cleaned),
    );
    await this.#robot.putAway(driveId, cleaner.id, request);
    if (cleaned.outcome === "cleaned") return;
    throw new NtmsError(
      cleaned.outcome === "expired"
        ? "ERROR_CLEANER_CARTRIDGE_SPENT"
        : "ERROR_UNABLE_TO_CLEAN",
      `Cannot clean the drive with ${cleaner.barCode}: ${cleaned.reason}`,
    );
  }

  /** What came of it: only a drive that says it has been cleaned has taken a use. */
  async #note(
    db: Writer,
    driveId: string,
    cleaner: CartridgeRow,
    { alerts, outcome, reason }: Cleaned,
  ): Promise<void> {
    const { id, name } = this.#library;
    const context = this.#context;
    const drive = await findDrive(db, driveId);
    const asked = outcome === "cleaned"
      ? []
      : alertsIn(drive?.alerts ?? "[]").filter((flag) =>
        asksForCleaning([flag])
      );
    const now = [...new Set([...asked, ...alerts])].sort((a, b) => a - b);
    await updateDrive(db, driveId, {
      state: "unloaded",
      alerts: JSON.stringify(now),
      ...outcome === "cleaned" ? { lastCleaned: context.clock.now() } : {},
    });
    switch (outcome) {
      case "cleaned":
        return await takeUse(db, context, id, name);
      case "expired":
      case "invalid":
        await setUses(db, id, 0, true);
        return await askForCleaner(db, context, id, name);
      case "failed":
        return await askOperatorOnce(db, context, {
          command: "deviceService",
          message: `Look after ${await nameOfDrive(
            db,
            driveId,
          )}: it was not cleaned by ${cleaner.barCode}: ${reason}`,
          about: { type: "drive", id: driveId },
        });
    }
  }
}
