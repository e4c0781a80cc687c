/**
 * Drives that hold what a dismount left in them, while the library has nothing
 * to do.
 *
 * @module
 */

import type { Changer } from "../changer/mod.ts";
import { cartridgeAt, findPlace } from "../database/mod.ts";
import type { Context } from "./context.ts";
import { SERVICE } from "./operators.ts";
import type { Robot } from "./robot.ts";
import { type Situation, unloadAhead } from "./scheduling/mod.ts";
import type { Item } from "./work_queue.ts";

/** Has drives unloaded ahead. */
export class IdleDrives {
  readonly #context: Context;
  readonly #robot: Robot;
  readonly #changer: Changer;
  readonly #add: (item: Item) => Promise<unknown>;
  /**
   * Since when the medium was left that was tried last, by drive. Once is
   * enough: what does not come out is left to whoever needs the drive.
   */
  readonly #tried = new Map<string, number | null>();

  /** `add` puts work in the queue of the library. */
  constructor(
    context: Context,
    robot: Robot,
    changer: Changer,
    add: (item: Item) => Promise<unknown>,
  ) {
    this.#context = context;
    this.#robot = robot;
    this.#changer = changer;
    this.#add = add;
  }

  /** Nothing waits and nothing runs: unloads what is to be, and tells when to ask again. */
  rest(situation: Situation): number | null {
    // What a drive without a library unloads is out of it.
    if (this.#changer.standAlone !== undefined) return null;
    const drives = situation.drives.filter(({ evictableFrom, id, unloaded }) =>
      unloaded || evictableFrom === null ||
      this.#tried.get(id) !== evictableFrom
    );
    const { drive, nextLook } = unloadAhead({ ...situation, drives });
    const cartridgeId = drive?.cartridgeId ?? null;
    if (drive !== null && cartridgeId !== null) {
      this.#tried.set(drive.id, drive.evictableFrom);
      this.#context.background.run(
        "unload a drive ahead",
        this.#add(this.#unloadingOf(drive.id, cartridgeId, drive.name)),
      );
    }
    return nextLook;
  }

  #unloadingOf(driveId: string, cartridgeId: string, label: string): Item {
    return {
      kind: "dismount",
      priority: 0,
      caller: SERVICE,
      requestIds: [],
      media: [{
        cartridgeId,
        mediaTypeId: "",
        label,
        driveId,
        write: false,
        slotId: null,
      }],
      run: () => this.#unload(driveId, cartridgeId),
      fail: (error) => {
        this.#context.log.warn("Cannot unload a drive ahead", {
          drive: label,
          error: error instanceof Error ? error.message : String(error),
        });
        return Promise.resolve();
      },
      waits: () => {},
    };
  }

  /** It may have been mounted again, or have gone, before its turn came. */
  async #unload(driveId: string, cartridgeId: string): Promise<void> {
    const place = await this.#context.database.read(async (db) => {
      const cartridge = await cartridgeAt(db, driveId);
      const isLeft = cartridge?.id === cartridgeId &&
        cartridge.state === "inUse";
      return isLeft ? await findPlace(db, driveId) : null;
    });
    if (place !== null) await this.#robot.unloadDrive(place);
  }
}
