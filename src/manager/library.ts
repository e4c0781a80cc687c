/**
 * One library at work: its queue, its robot, and what its requests do.
 *
 * @module
 */

import type { Changer, Drive } from "../changer/mod.ts";
import {
  completeOperatorRequests,
  type Medium,
  updateCartridge,
  updateDrive,
  updateObject,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type InventoryReport,
  type LibraryRequestId,
  NtmsError,
  type Timer,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { documentedDeviceError } from "./device_errors.ts";
import { StaleCatalogueError } from "./journal.ts";
import { completeAnswer, keepAnswer } from "./kept_answers.ts";
import { MountJob, type MountOrder } from "./mount_job.ts";
import { askOperatorOnce, SERVICE } from "./operators.ts";
import {
  beginRequests,
  enterRequest,
  failRequests,
  passRequests,
} from "./requests.ts";
import { Robot } from "./robot.ts";
import { type Deferred, deferred } from "./waiting.ts";
import { type Item, wanted, WorkQueue } from "./work_queue.ts";

/** A mount that is in the queue or runs. */
export interface PendingMount {
  readonly requestIds: readonly LibraryRequestId[];
  /** The drives, in the order of the media. */
  readonly done: Promise<readonly string[]>;
  /** Whether it has started. */
  readonly started: boolean;
  /** Gives up, and what the robot has begun is put back; false when it is too late, because the mount is being written down. */
  abandon(error: NtmsError): boolean;
}

/** How soon a failed inventory is tried again, and at most how late. */
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;

/** Finds a library at work. */
export type LibraryFinder = (id: string) => Library;

/** One library at work. */
export class Library {
  readonly id: string;
  readonly name: string;
  readonly #context: Context;
  readonly #robot: Robot;
  readonly #queue: WorkQueue;
  /** The inventories that wait or run. */
  readonly #inventories = new Map<Item, AbortController>();
  #closed = false;
  #retry: Timer | null = null;
  #retries = 0;

  /** A library that is in the catalogue, with its open changer. */
  constructor(
    context: Context,
    { id, name }: { id: string; name: string },
    changer: Changer,
    drives: readonly Drive[],
  ) {
    this.id = id;
    this.name = name;
    this.#context = context;
    this.#robot = new Robot(context, id, changer, drives);
    this.#queue = new WorkQueue(context, id);
  }

  /** Looks again at what can start: something changed. */
  wake(): void {
    if (this.#queue.isWaiting) this.#queue.wake();
  }

  /**
   * To be asked before anything is written down of a call's work.
   *
   * @throws {NtmsError} ERROR_BUSY when the queue is full.
   */
  requireRoom(): void {
    this.#queue.requireRoom();
  }

  /** Queues an inventory; `waits`: its report belongs to the answer of the call. */
  async inventory(
    caller: Caller,
    waits = false,
  ): Promise<{ request: LibraryRequestId; done: Promise<InventoryReport> }> {
    const request = await commit(
      this.#context,
      "inventoryRequest",
      async (db) => {
        const id = await enterRequest(db, this.#context, caller, {
          libraryId: this.id,
          operation: "inventory",
          name: "Inventory",
        });
        const answer = { request: id, report: null };
        await keepAnswer(db, this.#context, caller, answer);
        return id;
      },
    );
    const done = deferred<InventoryReport>();
    const stop = new AbortController();
    const item: Item = {
      kind: "inventory",
      priority: 0,
      caller,
      requestIds: [request],
      media: [],
      run: () =>
        this.#runInventory(request, done, stop.signal, async (db, report) => {
          if (waits) await completeAnswer(db, caller, { request, report });
        }),
      fail: (error) => this.#failed([request], done, error),
      waits: () => {},
    };
    this.#inventories.set(item, stop);
    const forget = () => this.#inventories.delete(item);
    done.promise.then(forget, forget);
    await this.#add(item);
    return { request, done: done.promise };
  }

  /** Ends the inventories that wait or run; what they have found is kept. */
  async stopInventories(): Promise<void> {
    const error = new NtmsError(
      "ERROR_CANCELLED",
      `The inventory of ${this.name} was stopped`,
    );
    for (const [item, stop] of this.#inventories) {
      stop.abort(error);
      if (this.#queue.remove(item)) await item.fail(error);
    }
    this.#lookAgainLater();
  }

  /** Queues the removal of a cartridge from its drive. */
  async dismount(
    caller: Caller,
    request: LibraryRequestId,
    medium: Medium,
    driveId: string,
  ): Promise<{ done: Promise<void> }> {
    const done = deferred<void>();
    let tried = false;
    const item: Item = {
      kind: "dismount",
      priority: 0,
      caller,
      requestIds: [request],
      media: [wanted(medium, driveId)],
      run: async () => {
        await beginRequests(this.#context, [request]);
        try {
          await this.#robot.putAway(driveId, medium.cartridge.id, request);
        } catch (error) {
          if (tried || !(error instanceof StaleCatalogueError)) throw error;
          tried = true;
          return await this.retryAfterInventory(item);
        }
        await commit(
          this.#context,
          "putAway",
          (db) => passRequests(db, this.#context, [request]),
        );
        done.resolve();
      },
      fail: (error) => this.#failed([request], done, error),
      waits: () => {},
    };
    await this.#add(item);
    return { done: done.promise };
  }

  /** Queues the mount of media; all of them or none. */
  async mount(
    caller: Caller,
    requestIds: readonly LibraryRequestId[],
    media: readonly Medium[],
    options: Pick<MountOrder, "driveIds" | "priority" | "keep">,
  ): Promise<PendingMount> {
    const job = new MountJob(this, this.#context, this.#robot, {
      caller,
      requestIds,
      media,
      ...options,
    });
    const started = await this.#add(job);
    return {
      requestIds,
      done: job.done,
      started,
      abandon: (error) => {
        if (!job.abandon(error)) return false;
        if (this.#queue.remove(job)) {
          this.#context.background.run("end a mount", job.fail(error));
        }
        return true;
      },
    };
  }

  /** Has everything that waits fail, and the robot come to rest. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#retry?.cancel();
    await this.#queue.close();
    await this.#robot.close();
  }

  /** Puts a mount back into the queue behind an inventory. */
  async retryAfterInventory(item: Item): Promise<void> {
    await this.distrust();
    await this.#add(item);
  }

  /** Takes work that waits out of the queue, and has it fail. */
  async withdraw(item: Item, reason: NtmsError): Promise<void> {
    if (this.#queue.remove(item)) await item.fail(reason);
  }

  /** Brings home a cartridge whose mount was given up. */
  async takeBack(medium: Medium, driveId: string): Promise<void> {
    const request = await commit(this.#context, "takenBack", async (db) => {
      await leaveInDrive(db, medium, driveId, this.#context.clock.now(), 0);
      return await enterRequest(db, this.#context, SERVICE, {
        libraryId: this.id,
        operation: "dismount",
        sideId: medium.side.id,
        cartridgeId: medium.cartridge.id,
        driveId,
        name: `Dismount ${medium.cartridge.name}`,
      });
    });
    await this.dismount(SERVICE, request, medium, driveId);
  }

  /** Starts nothing more before an inventory: the library is not as the catalogue has it. */
  async distrust(): Promise<void> {
    this.#queue.freeze("an inventory of the library");
    await this.#takeInventory();
  }

  async #add(item: Item): Promise<boolean> {
    if (
      item.kind !== "inventory" && this.#robot.needsInventory &&
      !this.#queue.has("inventory")
    ) await this.#takeInventory();
    return await this.#queue.add(item);
  }

  /** Whether or not it can be written down now: work that is written down must not be lost over it. */
  #takeInventory(): Promise<void> {
    return this.#context.background.insist("take an inventory", async () => {
      if (this.#closed || this.#queue.has("inventory")) return;
      await this.inventory(SERVICE);
    });
  }

  async #runInventory(
    request: LibraryRequestId,
    done: Deferred<InventoryReport>,
    signal: AbortSignal,
    keep: (db: Writer, report: InventoryReport) => Promise<void>,
  ): Promise<void> {
    try {
      await beginRequests(this.#context, [request]);
      const report = await this.#robot.inventory(signal);
      await commit(this.#context, "inventoryDone", async (db) => {
        await passRequests(db, this.#context, [request]);
        const now = this.#context.clock.now();
        await updateObject(db, this.id, { operationalState: "ready" }, now);
        await completeOperatorRequests(db, "deviceService", [this.id], now);
        await keep(db, report);
      });
      this.#queue.thaw();
      this.#retries = 0;
      done.resolve(report);
    } catch (error) {
      // One that was stopped may have been the one that others wait for.
      if (signal.aborted) this.#lookAgainLater();
      else await this.#freeze(error);
      throw error;
    }
  }

  /** An inventory that fails freezes the library, and is tried again. */
  async #freeze(error: unknown): Promise<void> {
    const { background, log } = this.#context;
    const message = error instanceof Error ? error.message : String(error);
    this.#queue.freeze("an inventory of the library");
    log.error("A library cannot be used", { library: this.name, message });
    this.#lookAgainLater();
    await background.insist("note that a library cannot be used", async () => {
      // It may be in use again before that could be written.
      if (this.#queue.isFrozen) await this.#noteUseless(message);
    });
  }

  #lookAgainLater(): void {
    const { background, clock } = this.#context;
    if (!this.#queue.isFrozen) return;
    this.#retry?.cancel();
    const delayMs = Math.min(
      FIRST_RETRY_MS * 2 ** this.#retries++,
      LONGEST_RETRY_MS,
    );
    this.#retry = clock.after(delayMs, () => {
      if (this.#closed) return;
      background.run("take an inventory again", this.distrust());
    });
  }

  #noteUseless(message: string): Promise<void> {
    const { clock, database } = this.#context;
    return database.write(async (db) => {
      await updateObject(
        db,
        this.id,
        { operationalState: "needsService" },
        clock.now(),
      );
      await askOperatorOnce(db, this.#context, {
        command: "deviceService",
        message: `Library ${this.name} cannot be used: ${message}`,
        about: { type: "library", id: this.id },
      });
    });
  }

  async #failed<T>(
    requestIds: readonly LibraryRequestId[],
    done: Deferred<T>,
    error: unknown,
  ): Promise<void> {
    const documented = documentedDeviceError(error);
    done.reject(documented);
    await failRequests(this.#context, requestIds, documented);
    this.#context.log.warn("A library request failed", {
      library: this.name,
      requests: requestIds,
      code: documented.code,
      message: documented.message,
    });
    if (error instanceof StaleCatalogueError) await this.distrust();
  }
}

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
