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
import { documentedDeviceError } from "./device_errors.ts";
import { StaleCatalogueError } from "./journal.ts";
import { MountJob } from "./mount_job.ts";
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
  /** Gives up; what the robot has begun is put back. */
  abandon(error: NtmsError): void;
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

  /** Queues an inventory. */
  async inventory(
    caller: Caller,
  ): Promise<{ request: LibraryRequestId; done: Promise<InventoryReport> }> {
    const request = await this.#context.database.write((db) =>
      enterRequest(db, this.#context, caller, {
        libraryId: this.id,
        operation: "inventory",
        name: "Inventory",
      })
    );
    const done = deferred<InventoryReport>();
    const stop = new AbortController();
    const item: Item = {
      kind: "inventory",
      priority: 0,
      caller,
      requestIds: [request],
      media: [],
      run: () => this.#runInventory(request, done, stop.signal),
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
  }

  /** Queues the removal of a cartridge from its drive. */
  async dismount(
    caller: Caller,
    request: LibraryRequestId,
    medium: Medium,
    driveId: string,
  ): Promise<{ done: Promise<void> }> {
    const done = deferred<void>();
    await this.#add({
      kind: "dismount",
      priority: 0,
      caller,
      requestIds: [request],
      media: [wanted(medium, driveId)],
      run: async () => {
        await beginRequests(this.#context, [request]);
        await this.#robot.putAway(driveId, request);
        await this.#context.database.write((db) =>
          passRequests(db, this.#context, [request])
        );
        done.resolve();
      },
      fail: (error) => this.#failed([request], done, error),
      waits: () => {},
    });
    return { done: done.promise };
  }

  /** Queues the mount of media; all of them or none. */
  async mount(
    caller: Caller,
    requestIds: readonly LibraryRequestId[],
    media: readonly Medium[],
    options: { driveIds: readonly (string | null)[]; priority: number },
  ): Promise<PendingMount> {
    const job = new MountJob(this, this.#context, this.#robot, {
      caller,
      requestIds,
      media,
      driveIds: options.driveIds,
      priority: options.priority,
    });
    const started = await this.#add(job);
    return {
      requestIds,
      done: job.done,
      started,
      abandon: (error) => {
        job.abandon(error);
        if (!this.#queue.remove(job)) return;
        this.#context.background.run("end a mount", job.fail(error));
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

  /** Brings home a cartridge whose mount was given up. */
  async takeBack(medium: Medium, driveId: string): Promise<void> {
    const request = await this.#context.database.write(async (db) => {
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
    if (!this.#closed && !this.#queue.has("inventory")) {
      await this.inventory(SERVICE);
    }
  }

  /** Queues an inventory of the service's own. */
  async takeInventory(): Promise<void> {
    await this.inventory(SERVICE);
  }

  async #add(item: Item): Promise<boolean> {
    if (
      item.kind !== "inventory" && this.#robot.needsInventory &&
      !this.#queue.has("inventory")
    ) {
      await this.inventory(SERVICE);
    }
    return await this.#queue.add(item);
  }

  async #runInventory(
    request: LibraryRequestId,
    done: Deferred<InventoryReport>,
    signal: AbortSignal,
  ): Promise<void> {
    await beginRequests(this.#context, [request]);
    const report = await this.#look(signal);
    await this.#context.database.write(async (db) => {
      await passRequests(db, this.#context, [request]);
      const now = this.#context.clock.now();
      await updateObject(db, this.id, { operationalState: "ready" }, now);
      await completeOperatorRequests(db, "deviceService", [this.id], now);
    });
    done.resolve(report);
  }

  /** An inventory thaws the library; one that fails freezes it, and is tried again. */
  async #look(signal: AbortSignal): Promise<InventoryReport> {
    try {
      const report = await this.#robot.inventory(signal);
      this.#queue.thaw();
      this.#retries = 0;
      return report;
    } catch (error) {
      if (!signal.aborted) await this.#freeze(error);
      throw error;
    }
  }

  async #freeze(error: unknown): Promise<void> {
    const { database, clock, log } = this.#context;
    const message = error instanceof Error ? error.message : String(error);
    this.#queue.freeze("an inventory of the library");
    await database.write(async (db) => {
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
    log.error("A library cannot be used", { library: this.name, message });
    this.#retry?.cancel();
    const delayMs = Math.min(
      FIRST_RETRY_MS * 2 ** this.#retries++,
      LONGEST_RETRY_MS,
    );
    this.#retry = clock.after(delayMs, () => {
      if (this.#closed) return;
      this.#context.background.run(
        "take an inventory again",
        this.takeInventory(),
      );
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
