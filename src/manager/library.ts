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
import { Cleanings } from "./cleaning.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { DismountWork } from "./dismount_work.ts";
import { IdleDrives } from "./idle_drives.ts";
import { Inventories } from "./inventories.ts";
import { Labels } from "./labels.ts";
import { leaveInDrive } from "./leave_in_drive.ts";
import { LibraryDrives } from "./library_drives.ts";
import { MountJob, type MountOrder, type PendingMount } from "./mount_job.ts";
import { SERVICE } from "./operators.ts";
import { type Cancelled, enterRequest } from "./requests.ts";
import { PortWork } from "./port_work.ts";
import { Robot } from "./robot.ts";
import { StandAloneRobot } from "./stand_alone_robot.ts";
import { StandAloneWork } from "./stand_alone_work.ts";
import { cancelled } from "./waiting.ts";
import { Watch } from "./watch.ts";
import { type Item, WorkQueue } from "./work_queue.ts";

/** Finds a library at work. */
export type LibraryFinder = (id: string) => Library;

/** One library at work. */
export class Library {
  readonly id: string;
  readonly name: string;
  /** What it does with labels. */
  readonly labels: Labels;
  /** The cleaning of its drives. */
  readonly cleanings: Cleanings;
  /** The hands of the person at it; only a virtual one has them. */
  readonly hands: Hands | undefined;
  /** Its ports and its door. */
  readonly ports: PortWork;
  /** Of a drive that stands alone: letting go of its medium; null where a robot does that. */
  readonly standAlone: StandAloneWork | null;
  readonly #context: Context;
  readonly #robot: Robot;
  readonly #fleet: LibraryDrives;
  readonly #queue: WorkQueue;
  readonly #inventories: Inventories;
  readonly #watch: Watch;
  /** Ends the pauses before further tries. */
  readonly #stop = new AbortController();
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
    const fleet = new LibraryDrives(context, id, changer, drives);
    const robot = changer.standAlone === undefined
      ? new Robot(context, id, changer, fleet)
      : new StandAloneRobot(context, id, changer, fleet);
    const idle = new IdleDrives(
      context,
      robot,
      changer,
      (item) => this.#add(item),
    );
    const queue = new WorkQueue(context, id, (now) => idle.rest(now));
    const { device } = changer;
    const inventories = new Inventories(
      context,
      { id, name, device },
      robot,
      queue,
      () => this.#afterInventory(),
    );
    this.#robot = robot;
    this.#fleet = fleet;
    this.#queue = queue;
    this.#inventories = inventories;
    this.labels = new Labels(context, {
      library: { id, name },
      robot,
      queue,
      add: (item) => this.#add(item),
      host: this,
    });
    const host = {
      id,
      name,
      add: async (item: Item) => void await this.#add(item),
      retryAfterInventory: (item: Item) => this.retryAfterInventory(item),
      distrust: () => this.distrust(),
    };
    this.cleanings = new Cleanings(host, context, robot);
    this.hands = changer.hands;
    this.ports = new PortWork(
      {
        ...host,
        inventory: async () => {
          const { done } = await inventories.take(SERVICE, false);
          await done;
        },
      },
      context,
      changer,
      robot,
      queue,
    );
    this.standAlone = robot instanceof StandAloneRobot
      ? new StandAloneWork(context, {
        ...host,
        labels: () => this.labels,
        wantedCartridges: () => this.#wantedCartridges(),
      }, robot)
      : null;
    this.#watch = new Watch(context, queue, robot, {
      standsAlone: this.standAlone !== null,
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

  /** A medium was left in its drive: looks what to do with it in between. */
  rest(): void {
    if (this.#queue.isIdle) this.#queue.wake();
  }

  /** Asks it whether it has changed, if it is at rest. */
  look(): Promise<void> {
    return this.#watch.look();
  }

  /** Looks whether drives have come or gone; an inventory enters that. */
  async lookForDrives(): Promise<void> {
    if (await this.#fleet.haveChanged()) await this.#inventories.insist();
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
    const work = new DismountWork(this, this.#context, this.#robot, {
      caller,
      request,
      medium,
      driveId,
    });
    await this.#add(work);
    return { done: work.done };
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

  /** Gives up some of the mounts that have not come about. */
  abandonMountsThat(are: (job: MountJob) => boolean, reason: NtmsError): void {
    for (const job of [...this.#mounts]) {
      if (are(job)) this.#abandon(job, reason);
    }
  }

  /** Has everything that waits fail, and the robot come to rest. */
  async close(
    reason: NtmsError = cancelled("The request (the service stops)"),
  ): Promise<void> {
    this.#stop.abort();
    this.#watch.close();
    this.labels.close();
    await this.cleanings.close();
    this.#inventories.close();
    this.ports.stop();
    await this.#queue.close(reason);
    await this.ports.close();
    await this.#robot.close();
  }

  /** Aborted when it closes. */
  get stopping(): AbortSignal {
    return this.#stop.signal;
  }

  /** Puts a mount back into the queue. */
  async retry(item: Item): Promise<void> {
    await this.#add(item);
  }

  /** Has a drive that stands alone see what is in it, and let go of what nobody wants where somebody waits for another medium. */
  makeRoom(): void {
    const { standAlone } = this;
    if (standAlone === null) return;
    const { background } = this.#context;
    background.run(
      "make room in a drive",
      standAlone.makeRoom().then(() => this.#watch.hurry()),
    );
  }

  #afterInventory(): void {
    this.cleanings.afterInventory();
    if (this.standAlone === null) return this.labels.afterInventory();
    const { background } = this.#context;
    background.run("write free labels", this.labels.prepareWaiting());
    this.makeRoom();
  }

  /** Puts a mount back into the queue behind an inventory; where that fails, the mount fails with `error`, or waits where there is none. */
  async retryAfterInventory(item: Item, error?: unknown): Promise<void> {
    if (error !== undefined) this.#inventories.failsWith(item, error);
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
    return await this.cleanings.cancel(request, error) ??
      await this.#inventories.cancel(request, error);
  }

  /** Starts nothing more before an inventory: the library is not as the catalogue has it. */
  distrust(): Promise<void> {
    return this.#inventories.distrust();
  }

  async #add(item: Item): Promise<boolean> {
    await this.#inventories.requireFresh();
    return await this.#queue.add(item);
  }

  #wantedCartridges(): string[] {
    return [...this.#mounts].flatMap(({ media }) =>
      media.map(({ cartridgeId }) => cartridgeId)
    );
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
