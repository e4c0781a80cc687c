/**
 * What a drive that stands alone has in the place of a robot.
 *
 * @module
 */

import {
  type Changer,
  ChangerError,
  type Drive,
  type Element,
} from "../changer/mod.ts";
import {
  cartridgeAt,
  mountsInLibrary,
  sidesOf,
  updateCartridge,
  updateDrive,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { commit, deviceCall } from "./crash_points.ts";
import type { LibraryDrives } from "./library_drives.ts";
import { Robot } from "./robot.ts";

/** How long a drive may take to rewind and unload (dismount 600 s). */
const UNLOAD_MS = 600_000;

/** Moves nothing: what is put away stays in the drive, for whoever wants it next. */
export class StandAloneRobot extends Robot {
  readonly #context: Context;
  readonly #libraryId: string;
  readonly #changer: Changer;
  readonly #drive: Drive;

  /** Of a library that is in the catalogue. */
  constructor(
    context: Context,
    libraryId: string,
    changer: Changer,
    drives: LibraryDrives,
  ) {
    super(context, libraryId, changer, drives);
    const [drive] = drives.all();
    if (drive === undefined) {
      throw new ChangerError(`There is no drive at ${changer.device}`, {
        outcome: "failed",
        advice: "hardware",
      });
    }
    this.#context = context;
    this.#libraryId = libraryId;
    this.#changer = changer;
    this.#drive = drive;
  }

  /** Looks whether the drive has changed; not while a program has it. */
  override async ask(): Promise<void> {
    const mounts = await this.#context.database.read((db) =>
      mountsInLibrary(db, this.#libraryId)
    );
    if (mounts.length === 0) await super.ask();
  }

  /** Leaves a cartridge in the drive. */
  override async putAway(driveId: string, cartridgeId: string): Promise<void> {
    await commit(this.#context, "driveEmptied", async (db) => {
      const cartridge = await cartridgeAt(db, driveId);
      if (cartridge?.id !== cartridgeId) return;
      const [side] = await sidesOf(db, cartridgeId);
      await updateDrive(db, driveId, {
        state: "dismountable",
        sideId: side?.id ?? null,
        dismountableSince: this.#context.clock.now(),
        dismountablePriority: 0,
      });
      await updateCartridge(db, cartridgeId, { state: "inUse" });
    });
  }

  /** Looks whether the drive is full. */
  look(): Promise<readonly Element[]> {
    return deviceCall(
      this.#context,
      "readStep",
      () => this.#changer.readElements(),
    );
  }

  /** Has the drive let go of its cartridge. */
  eject(): Promise<void> {
    return deviceCall(
      this.#context,
      "unload",
      () => this.#drive.unload(UNLOAD_MS),
    );
  }
}
