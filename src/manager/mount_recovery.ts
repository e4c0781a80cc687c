/**
 * What becomes of a mount after a failed step: it is tried again after an
 * inventory or in another drive, or it fails. Who failed is counted.
 *
 * @module
 */

import {
  allMediaTypes,
  findDriveProducts,
  findObjectRow,
  type Medium,
  updateObjectRow,
  type Writer,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { noteFailure, noteSuccess } from "./device_failures.ts";
import { askOperatorOnce } from "./operators.ts";
import type { Blame } from "./remedies.ts";
import { StaleCatalogueError, textOf } from "./step_errors.ts";
import {
  driveOf,
  type FailedStep,
  insist,
  judgeError,
  noteStepFailure,
} from "./step_failures.ts";

/** What is done about a mount that failed. */
export type NextTry = "afterInventory" | "inOtherDrive" | "none";

/** A medium that is to be mounted. */
export interface Mounting {
  readonly medium: Medium;
  readonly write: boolean;
  /** Whether it has to be the drive that was asked for. */
  readonly fixed: boolean;
}

/** Drives that could not use a medium before it is the medium's fault. */
const DRIVES_TRIED = 2;

/** The failures of one mount. */
export class MountRecovery {
  readonly #context: Context;
  readonly #libraryId: string;
  readonly #media: readonly Mounting[];
  readonly #look: FailedStep["look"];
  /** By the place of the medium in the call: drives that failed with it, and whose failure it was. */
  readonly #failed = new Map<number, Map<string, Blame>>();
  #hadInventory = false;

  /** None yet. */
  constructor(
    context: Context,
    libraryId: string,
    media: readonly Mounting[],
    look: FailedStep["look"],
  ) {
    this.#context = context;
    this.#libraryId = libraryId;
    this.#look = look;
    this.#media = media;
  }

  /** The drives in which a medium is not tried again. */
  avoided(index: number): readonly string[] {
    return [...this.#failed.get(index)?.keys() ?? []];
  }

  /**
   * Counts a failure, and says what is done next.
   *
   * @param driveIds The drives of this try.
   * @param index Of the medium that was under way; null where that was none alone.
   */
  async next(
    error: unknown,
    driveIds: readonly string[],
    index: number | null,
  ): Promise<NextTry> {
    if (error instanceof StaleCatalogueError) return this.#afterInventory();
    const judgement = judgeError(error);
    if (judgement === null) return "none";
    const driveId = driveOf(error, driveIds[index ?? -1] ?? null);
    await noteStepFailure(this.#context, error, {
      libraryId: this.#libraryId,
      driveId,
      look: this.#look,
    });
    switch (judgement.remedy) {
      case "inventory": {
        const next = this.#afterInventory();
        return next === "none"
          ? await this.#inOtherDrive(driveIds, driveId, judgement.blame)
          : next;
      }
      case "unload":
      case "otherDrive":
      case "stopDrive":
        return await this.#inOtherDrive(driveIds, driveId, judgement.blame);
      case "again":
        // An inventory waits until the library is ready again.
        return this.#afterInventory();
      case "operator":
      case "stopLibrary":
      case "fail":
        return "none";
    }
  }

  /** What the end of the mount says of who failed on the way; in its transaction. */
  async succeeded(db: Writer, driveIds: readonly string[]): Promise<void> {
    for (const id of [this.#libraryId, ...driveIds]) await noteSuccess(db, id);
    // Another drive could use the medium: it was not the medium's fault.
    for (const drives of this.#failed.values()) {
      for (const [id, blame] of drives) {
        if (blame !== "medium") continue;
        await noteFailure(db, this.#context, {
          type: "drive",
          id,
          reason: "it could not use a medium that another drive could",
          stop: false,
        });
      }
    }
  }

  /** No drive can use a medium: it is used no more before a person has seen to it. */
  async endedInVain(error: unknown): Promise<void> {
    for (const [index, { medium: { cartridge } }] of this.#media.entries()) {
      const blames = [...this.#failed.get(index)?.values() ?? []];
      const count = blames.filter((blame) => blame === "medium").length;
      if (count < DRIVES_TRIED) continue;
      const message =
        `Cartridge ${cartridge.name} could not be used in ${count} drives: ${
          textOf(error)
        }; see to it, and enable it again`;
      const context = this.#context;
      await insist(context, async (db) => {
        if (await findObjectRow(db, cartridge.id) === null) return;
        const now = context.clock.now();
        await updateObjectRow(db, cartridge.id, { enabled: 0 }, now);
        await askOperatorOnce(db, context, {
          command: "deviceService",
          message: message.slice(0, context.limits.messageLength),
          about: { type: "cartridge", id: cartridge.id },
        });
      });
    }
  }

  #afterInventory(): NextTry {
    if (this.#hadInventory) return "none";
    this.#hadInventory = true;
    return "afterInventory";
  }

  /** Keeps a medium from the drive that failed with it; "none" where no other drive takes it. */
  async #inOtherDrive(
    driveIds: readonly string[],
    driveId: string | null,
    blame: Blame,
  ): Promise<NextTry> {
    const index = driveIds.indexOf(driveId ?? "");
    const mounting = this.#media[index];
    // A cartridge that its drive does not let go can be put into no other.
    if (driveId === null || mounting === undefined) return "none";
    const failed = this.#failed.get(index) ?? new Map<string, Blame>();
    this.#failed.set(index, failed.set(driveId, blame));
    if (mounting.fixed) return "none";
    return await this.#isTaken(mounting, failed) ? "inOtherDrive" : "none";
  }

  /** Whether a drive in use that did not fail takes a medium. */
  #isTaken(
    { medium, write }: Mounting,
    failed: ReadonlyMap<string, Blame>,
  ): Promise<boolean> {
    const { database, mediaTypes } = this.#context;
    return database.read(async (db) => {
      const types = await allMediaTypes(db);
      const type = types.find(({ id }) => id === medium.cartridge.mediaTypeId);
      const drives = await findDriveProducts(db, this.#libraryId);
      return type !== undefined &&
        [...drives].some(([id, drive]) =>
          drive.usable && !failed.has(id) &&
          mediaTypes.takes(drive, type, write ? "write" : "read")
        );
    });
  }
}
