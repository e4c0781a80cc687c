/**
 * The work of a drive that stands alone: its medium is let go of for a person
 * to take, also to make room for the one that a mount waits for.
 *
 * @module
 */

import {
  cartridgeAt,
  cartridgesInDrives,
  cartridgesToRead,
  findLibraryById,
  findMedium,
  type Medium,
  mountsInLibrary,
  sidesOf,
} from "../database/mod.ts";
import type { Caller, LibraryRequestId } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import type { Labels } from "./labels.ts";
import { CLEANER_CODE } from "./media_type_row.ts";
import { SERVICE } from "./operators.ts";
import {
  beginRequests,
  enterRequest,
  failWork,
  passRequests,
} from "./requests.ts";
import { takeOut } from "./stand_alone.ts";
import type { StandAloneRobot } from "./stand_alone_robot.ts";
import { StaleCatalogueError } from "./step_errors.ts";
import { WaitNote } from "./wait_note.ts";
import { deferred } from "./waiting.ts";
import { type Item, wanted } from "./work_queue.ts";

/** What that work asks of its library. */
export interface StandAloneHost {
  readonly id: string;
  readonly name: string;
  /** Puts work into the queue, behind an inventory where one is needed. */
  add(item: Item): Promise<unknown>;
  /** Starts nothing more before an inventory. */
  distrust(): Promise<void>;
  /** What it does with labels. */
  labels(): Labels;
  /** The cartridges that mounts wait for or have begun with. */
  wantedCartridges(): readonly string[];
}

/** The work of one drive that stands alone. */
export class StandAloneWork {
  readonly #context: Context;
  readonly #host: StandAloneHost;
  readonly #robot: StandAloneRobot;
  /** Cartridges that the drive is to let go of. */
  readonly #leaving = new Set<string>();
  /** The cartridge whose label was looked at last. */
  #seen = "";
  #settling: Promise<void> = Promise.resolve();

  /** Nothing to do yet. */
  constructor(context: Context, host: StandAloneHost, robot: StandAloneRobot) {
    this.#context = context;
    this.#host = host;
    this.#robot = robot;
  }

  /** Queues that the drive lets go of its medium. */
  async eject(
    caller: Caller,
    request: LibraryRequestId,
    medium: Medium,
    driveId: string,
  ): Promise<{ done: Promise<void> }> {
    const context = this.#context;
    const { cartridge } = medium;
    const done = deferred<void>();
    const note = new WaitNote(context, [request]);
    this.#leaving.add(cartridge.id);
    const item: Item = {
      kind: "dismount",
      priority: 0,
      caller,
      requestIds: [request],
      media: [wanted(medium, driveId, false)],
      run: async () => {
        note.end();
        await beginRequests(context, [request]);
        await this.#robot.look();
        if (this.#robot.needsInventory) throw changed(cartridge.name);
        const inDrive = await context.database.read((db) =>
          cartridgeAt(db, driveId)
        );
        // Where an inventory found another one, this one has left.
        if (inDrive?.id === cartridge.id) await this.#robot.eject();
        const elements = await this.#robot.look();
        await commit(context, "cartridgeLeft", async (db) => {
          await takeOut(db, this.#host.id, elements, false);
          await passRequests(db, context, [request]);
        });
        this.#leaving.delete(cartridge.id);
        done.resolve();
      },
      fail: async (error) => {
        note.end();
        this.#leaving.delete(cartridge.id);
        await failWork(context, this.#host, [request], done, error);
        if (error instanceof StaleCatalogueError) await this.#host.distrust();
      },
      waits: (reason) => note.waits(reason),
    };
    await this.#host.add(item);
    return { done: done.promise };
  }

  /** Reads the label of what was put in; then has the drive let go of what nobody wants, where somebody waits for another medium. */
  makeRoom(): Promise<void> {
    const settled = this.#settling.then(() => this.#makeRoom());
    // One that failed does not keep the next from its work.
    this.#settling = settled.catch(() => {});
    return settled;
  }

  async #makeRoom(): Promise<void> {
    // A medium is not sent out before it is known which it is.
    await this.#read();
    const wantedIds = this.#host.wantedCartridges();
    if (wantedIds.length === 0) return;
    const context = this.#context;
    const leaving = await commit(context, "takenBack", async (db) => {
      const [cartridge] = await cartridgesInDrives(db, this.#host.id);
      const mounts = await mountsInLibrary(db, this.#host.id);
      const stays = cartridge === undefined || mounts.length > 0 ||
        wantedIds.includes(cartridge.id) || this.#leaving.has(cartridge.id);
      if (stays) return null;
      const [side] = await sidesOf(db, cartridge.id);
      const medium = side === undefined ? null : await findMedium(db, side.id);
      if (medium === null) return null;
      const driveId = cartridge.placeId ?? "";
      const request = await enterRequest(db, context, SERVICE, {
        libraryId: this.#host.id,
        operation: "eject",
        sideId: medium.side.id,
        cartridgeId: cartridge.id,
        driveId,
        name: `Eject ${medium.cartridge.name}`,
      });
      return { request, medium, driveId };
    });
    if (leaving === null) return;
    const { driveId, medium, request } = leaving;
    const { done } = await this.eject(SERVICE, request, medium, driveId);
    // The request tells how it ended.
    await done.catch(() => {});
  }

  async #read(): Promise<void> {
    const { database } = this.#context;
    const labels = this.#host.labels();
    while (labels.canRead) {
      const unread = await database.read(async (db) => {
        const library = await findLibraryById(db, this.#host.id);
        if (library.inventoryMethod !== "omid") return undefined;
        const [first] = await cartridgesToRead(db, this.#host.id, {
          uncertain: true,
          cleanerCode: CLEANER_CODE,
        });
        return first;
      });
      if (unread === undefined || unread.mounted) return;
      if (unread.id === this.#seen) return;
      this.#seen = unread.id;
      await labels.identifyOne(SERVICE, unread.id);
    }
  }
}

function changed(name: string): StaleCatalogueError {
  return new StaleCatalogueError(
    `Cannot eject cartridge ${name}: a person was at the drive, and another one may be in it; eject again what is there now`,
  );
}
