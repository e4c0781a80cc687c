/**
 * One library at work: its queue, its robot, and what its requests do.
 *
 * @module
 */

import type { Changer, Drive, Hands } from "../changer/mod.ts";
import type { Medium } from "../database/mod.ts";
import type {
  Caller,
  InventoryReport,
  LibraryRequestId,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { Inventories } from "./inventories.ts";
import { StaleCatalogueError } from "./step_errors.ts";
import { Labels } from "./labels.ts";
import { leaveInDrive } from "./leave_in_drive.ts";
import { MountJob, type MountOrder } from "./mount_job.ts";
import { SERVICE } from "./operators.ts";
import {
  beginRequests,
  type Cancelled,
  enterRequest,
  failWork,
  passRequests,
} from "./requests.ts";
import { PortWork } from "./port_work.ts";
import { Robot } from "./robot.ts";
import { WaitNote } from "./wait_note.ts";
import { deferred } from "./waiting.ts";
import { Watch } from "./watch.ts";
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

/** Finds a library at work. */
export type LibraryFinder = (id: string) => Library;

/** One library at work. */
export class Library {
  readonly id: string;
  readonly name: string;
  /** What it does with labels. */
  readonly labels: Labels;
  /** The hands of the person at it; only a virtual one has them. */
  readonly hands: Hands | undefined;
  /** Its ports and its door. */
  readonly ports: PortWork;
  readonly #context: Context;
  readonly #robot: Robot;
  readonly #queue: WorkQueue;
  readonly #inventories: Inventories;
  readonly #watch: Watch;
  /** The mounts that wait or run. */
  readonly #mounts = new Set<MountJob>();

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
    const robot = new Robot(context, id, changer, drives);
    const queue = new WorkQueue(context, id);
    const { device } = changer;
    const inventories = new Inventories(
      context,
      { id, name, device },
      robot,
      queue,
      () => this.labels.afterInventory(),
    );
    this.#robot = robot;
    this.#queue = queue;
    this.#inventories = inventories;
    this.labels = new Labels(context, {
      library: { id, name },
      robot,
      queue,
      add: (item) => this.#add(item),
      host: this,
    });
    this.hands = changer.hands;
    this.ports = new PortWork(
      {
        id,
        name,
        inventory: async () => {
          const { done } = await inventories.take(SERVICE, false);
          await done;
        },
        retryAfterInventory: (item) => this.retryAfterInventory(item),
        distrust: () => this.distrust(),
        add: async (item) => void await this.#add(item),
      },
      context,
      changer,
      robot,
      queue,
    );
    this.#watch = new Watch(context, queue, robot, {
      changed: () => inventories.insist(),
      distrust: () => inventories.distrust(),
    });
  }

  /** Why it cannot be used; null where it can, as far as is known. */
  get obstacle(): string | null {
    return this.#inventories.obstacle;
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

  /** Takes the first inventory; one that fails is taken again by itself. */
  firstInventory(): Promise<void> {
    return this.#inventories.first();
  }

  /** Queues an inventory; `waits`: its report belongs to the answer of the call. */
  inventory(
    caller: Caller,
    waits = false,
  ): Promise<{ request: LibraryRequestId; done: Promise<InventoryReport> }> {
    return this.#inventories.take(caller, waits);
  }

  /** Ends the inventories that wait or run; what they have found is kept. */
  async stopInventories(): Promise<void> {
    await this.labels.stop();
    await this.#inventories.stop();
  }

  /** Queues the removal of a cartridge from its drive. */
  async dismount(
    caller: Caller,
    request: LibraryRequestId,
    medium: Medium,
    driveId: string,
  ): Promise<{ done: Promise<void> }> {
    const done = deferred<void>();
    const note = new WaitNote(this.#context, [request]);
    let tried = false;
    const item: Item = {
      kind: "dismount",
      priority: 0,
      caller,
      requestIds: [request],
      media: [wanted(medium, driveId, false)],
      run: async () => {
        note.end();
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
      fail: async (error) => {
        note.end();
        await failWork(this.#context, this, [request], done, error);
        if (error instanceof StaleCatalogueError) await this.distrust();
      },
      waits: (reason) => note.waits(reason),
    };
    await this.#add(item);
    return { done: done.promise };
  }

  /** Queues the mount of media; all of them or none. */
  async mount(
    caller: Caller,
    requestIds: readonly LibraryRequestId[],
    media: readonly Medium[],
    options: Pick<MountOrder, "driveIds" | "priority" | "write" | "keep">,
  ): Promise<PendingMount> {
    const job = new MountJob(this, this.#context, this.#robot, {
      caller,
      requestIds,
      media,
      ...options,
    });
    this.#mounts.add(job);
    const forget = () => this.#mounts.delete(job);
    job.done.then(forget, forget);
    const started = await this.#add(job);
    return {
      requestIds,
      done: job.done,
      started,
      abandon: (error) => this.#abandon(job, error),
    };
  }

  /** A closed session leaves its mounts to its application, also those to come. */
  releaseMounts(session: string): void {
    for (const job of this.#mountsOf(session)) job.release();
  }

  /** Gives up the mounts of a session that have not come about; resolves when no more can. */
  async abandonMounts(session: string, reason: NtmsError): Promise<void> {
    for (const job of this.#mountsOf(session)) {
      if (!this.#abandon(job, reason)) await job.done.catch(() => {});
    }
  }

  /** Has everything that waits fail, and the robot come to rest. */
  async close(): Promise<void> {
    this.#watch.close();
    this.labels.close();
    this.#inventories.close();
    this.ports.stop();
    await this.#queue.close();
    await this.ports.close();
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

  /** Brings home a cartridge whose mount was given up; where another mount waits for it, that one takes it over. */
  async takeBack(
    medium: Medium,
    driveId: string,
    job: MountJob,
  ): Promise<void> {
    const request = await commit(this.#context, "takenBack", async (db) => {
      await leaveInDrive(db, medium, driveId, this.#context.clock.now(), 0);
      if (this.#isWantedBeside(job, medium.cartridge.id)) return null;
      return await enterRequest(db, this.#context, SERVICE, {
        libraryId: this.id,
        operation: "dismount",
        sideId: medium.side.id,
        cartridgeId: medium.cartridge.id,
        driveId,
        name: `Dismount ${medium.cartridge.name}`,
      });
    });
    if (request !== null) {
      await this.dismount(SERVICE, request, medium, driveId);
    }
  }

  /** A mount that waits, by one of its requests; null where there is none. */
  waitingMount(request: string): MountJob | null {
    const job = this.#mountOf(request);
    return job !== null && this.#queue.waitingFor(request) === job ? job : null;
  }

  /** Cancels a request; null where it cannot end before it is done. */
  async cancel(request: string, error: NtmsError): Promise<Cancelled | null> {
    const waiting = this.#queue.waitingFor(request);
    const job = this.#mountOf(request);
    if (job !== null) {
      if (!this.#abandon(job, error)) return null;
      const ended = job.done.catch(() => {});
      if (waiting !== job) return { ended };
      await ended;
      return { ended: null };
    }
    if (waiting !== null && this.#queue.remove(waiting)) {
      await waiting.fail(error);
      return { ended: null };
    }
    return await this.#inventories.cancel(request, error);
  }

  /** Starts nothing more before an inventory: the library is not as the catalogue has it. */
  distrust(): Promise<void> {
    return this.#inventories.distrust();
  }

  async #add(item: Item): Promise<boolean> {
    await this.#inventories.requireFresh();
    return await this.#queue.add(item);
  }

  #mountOf(request: string): MountJob | null {
    return [...this.#mounts].find(({ requestIds }) =>
      requestIds.includes(request)
    ) ?? null;
  }

  /** Whether a mount other than `job` waits for a cartridge. */
  #isWantedBeside(job: MountJob, cartridgeId: string): boolean {
    return [...this.#mounts].some((other) =>
      other !== job &&
      other.media.some((medium) => medium.cartridgeId === cartridgeId)
    );
  }

  #mountsOf(session: string): MountJob[] {
    return [...this.#mounts].filter((job) => job.session === session);
  }

  #abandon(job: MountJob, error: NtmsError): boolean {
    if (!job.abandon(error)) return false;
    if (this.#queue.remove(job)) {
      this.#context.background.run("end a mount", job.fail(error));
    }
    return true;
  }
}
