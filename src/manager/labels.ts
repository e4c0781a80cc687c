/**
 * What one library does with labels: identifications, over all its drives, and
 * free labels for media that wait for them.
 *
 * @module
 */

import {
  cartridgesToPrepare,
  cartridgesToRead,
  findLibraryById,
  findMedium,
  isCleanerType,
  type Medium,
  type Reader,
  sidesOf,
} from "../database/mod.ts";
import {
  type Caller,
  type LibraryOperation,
  type LibraryRequestId,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { CLEANER_CODE } from "./media_type_row.ts";
import { identification } from "./identification.ts";
import { inParallel } from "./in_parallel.ts";
import { keepAnswer } from "./kept_answers.ts";
import { type LabelHost, LabelJob, type LabelWork } from "./label_job.ts";
import { requireDrive } from "./label_drives.ts";
import { SERVICE } from "./operators.ts";
import { preparation } from "./preparation.ts";
import { enterRequest } from "./requests.ts";
import type { Robot } from "./robot.ts";
import type { Settled } from "./settle_label.ts";
import { cancelled } from "./waiting.ts";
import type { Item, WorkQueue } from "./work_queue.ts";

/** What labels are worked on with. */
export interface LabelsParts {
  readonly library: { readonly id: string; readonly name: string };
  readonly robot: Robot;
  readonly queue: WorkQueue;
  /** Puts work into the queue, behind an inventory where one is needed. */
  add(item: Item): Promise<boolean>;
  readonly host: LabelHost;
}

/** How one medium is worked on. */
interface LabelTask<T> {
  readonly operation: LibraryOperation;
  readonly verb: string;
  readonly work: LabelWork<T>;
  /** As of {@linkcode LabelJob}. */
  readonly leaveMs?: number | null;
}

/** A piece of work and the request that shows it. */
interface Begun<T> {
  readonly request: LibraryRequestId;
  readonly done: Promise<T>;
}

/** The work of one library on labels. */
export class Labels {
  readonly #context: Context;
  readonly #parts: LabelsParts;
  readonly #jobs = new Set<LabelJob<unknown>>();
  /** Cartridges that are being prepared. */
  readonly #preparing = new Map<string, Promise<Begun<string>>>();
  /** Cartridges that could not be prepared: not tried again until somebody asks. */
  readonly #unpreparable = new Set<string>();
  /** The identification of all that is not certain. */
  #uncertain: Promise<readonly string[]> | null = null;
  #stops = 0;
  #closed = false;

  /** Nothing to do yet. */
  constructor(context: Context, parts: LabelsParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Whether labels of media can be read here. */
  get canRead(): boolean {
    return this.#parts.robot.readsLabels;
  }

  /**
   * Says why labels cannot be read here.
   *
   * @throws {NtmsError} ERROR_NOT_SUPPORTED.
   */
  requireReading(): void {
    if (this.canRead) return;
    throw new NtmsError(
      "ERROR_NOT_SUPPORTED",
      `Library ${this.#parts.library.name} has no drive in which labels of media can be read`,
    );
  }

  /** Identifies one cartridge. */
  async identify(
    caller: Caller,
    cartridgeId: string,
    leaveMs: number | null,
  ): Promise<Begun<Settled>> {
    this.requireReading();
    return await this.#begin(caller, cartridgeId, {
      operation: "processOmid",
      verb: "Identify",
      work: identification(this.#context, this.#parts.robot),
      leaveMs,
    });
  }

  /** Identifies every cartridge, over all drives; what was found, for people. */
  async identifyAll(
    caller: Caller,
    uncertain: boolean,
  ): Promise<readonly string[]> {
    const { library, robot } = this.#parts;
    const cartridges = await this.#context.database.read((db) =>
      cartridgesToRead(db, library.id, {
        uncertain,
        cleanerCode: CLEANER_CODE,
      })
    );
    for (const { id, mounted } of cartridges) {
      // Nobody waits for the end of a mount; it is read then.
      if (mounted) this.#readLater(caller, id);
    }
    const stops = this.#stops;
    const found: string[] = [];
    await inParallel(
      cartridges.filter(({ mounted }) => !mounted).map(({ id }) => id),
      robot.driveCount,
      async (id) => {
        const line = await this.identifyOne(caller, id);
        if (line !== null) found.push(line);
      },
      () => stops === this.#stops && !this.#closed,
    );
    return found.toSorted();
  }

  /** After an inventory: what is new is read, where the library is set to it, and what waits for a free label gets it. */
  afterInventory(): void {
    if (!this.canRead || this.#closed) return;
    const { background } = this.#context;
    background.run("read labels of new media", this.identifyNew());
    background.run("write free labels", this.prepareWaiting());
  }

  /** Identifies what is not certain, where the library is set to it. */
  async identifyNew(): Promise<readonly string[]> {
    const { inventoryMethod } = await this.#context.database.read((db) =>
      findLibraryById(db, this.#parts.library.id)
    );
    if (inventoryMethod !== "omid") return [];
    this.#uncertain ??= this.identifyAll(SERVICE, true)
      .finally(() => this.#uncertain = null);
    return await this.#uncertain;
  }

  /** Writes a free label to a cartridge; resolves when that is in the queue. */
  async prepare(caller: Caller, cartridgeId: string): Promise<Begun<string>> {
    this.requireReading();
    const underWay = this.#preparing.get(cartridgeId);
    if (underWay === undefined) return await this.#prepare(caller, cartridgeId);
    const begun = await underWay;
    await commit(
      this.#context,
      "labelRequest",
      (db) => keepAnswer(db, this.#context, caller, { request: begun.request }),
    );
    return begun;
  }

  async #prepare(caller: Caller, cartridgeId: string): Promise<Begun<string>> {
    const begun = this.#begin(caller, cartridgeId, {
      operation: "writeScratch",
      verb: "Prepare",
      work: preparation(this.#context, this.#parts.robot),
    });
    this.#preparing.set(cartridgeId, begun);
    const ended = (failed: boolean) => {
      this.#preparing.delete(cartridgeId);
      if (failed) this.#unpreparable.add(cartridgeId);
      else this.#unpreparable.delete(cartridgeId);
    };
    begun.then(({ done }) => done)
      .then(() => ended(false), () => ended(!this.#closed));
    return await begun;
  }

  /** Prepares what waits in free pools. */
  async prepareWaiting(): Promise<void> {
    if (!this.canRead || this.#closed) return;
    const { library, robot } = this.#parts;
    const waiting = await this.#context.database.read((db) =>
      cartridgesToPrepare(db, library.id)
    );
    await inParallel(
      waiting.filter((id) => !this.#unpreparable.has(id)),
      robot.driveCount,
      (id) => this.#prepareOne(id),
      () => !this.#closed,
    );
  }

  /** Somebody has moved it to a free pool again: a failure of before is forgotten. */
  tryAgain(cartridgeId: string): void {
    this.#unpreparable.delete(cartridgeId);
  }

  /** Ends the identifications that wait or run; what they have found is kept. */
  async stop(): Promise<void> {
    this.#stops++;
    const reason = cancelled(
      `The identification of media in ${this.#parts.library.name}`,
    );
    for (const job of this.#jobs) {
      job.stop(reason);
      if (this.#parts.queue.remove(job)) await job.fail(reason);
    }
  }

  /** Begins nothing any more. */
  close(): void {
    this.#closed = true;
    for (const job of this.#jobs) job.stop(cancelled("The request"));
  }

  #readLater(caller: Caller, id: string): void {
    const work = this.identifyOne(caller, id).then(() => {});
    this.#context.background.run("read the label of a medium in use", work);
  }

  /** Identifies one cartridge; what was found, or why not, for people; null where it was cancelled. */
  async identifyOne(caller: Caller, id: string): Promise<string | null> {
    try {
      const { done } = await this.identify(anonymous(caller), id, null);
      return (await done).message;
    } catch (error) {
      return this.#tell("identify a cartridge", id, error);
    }
  }

  async #prepareOne(id: string): Promise<void> {
    try {
      const { done } = await this.prepare(SERVICE, id);
      await done;
    } catch (error) {
      this.#tell("write a free label", id, error);
    }
  }

  #tell(what: string, cartridge: string, error: unknown): string | null {
    if (error instanceof NtmsError && error.code === "ERROR_CANCELLED") {
      return null;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.#context.log.warn(`Cannot ${what}`, { cartridge, error: message });
    return message;
  }

  async #begin<T>(
    caller: Caller,
    cartridgeId: string,
    task: LabelTask<T>,
  ): Promise<Begun<T>> {
    const { queue } = this.#parts;
    queue.requireRoom();
    const medium = await this.#context.database.read(async (db) => {
      const [side] = await sidesOf(db, cartridgeId);
      if (side === undefined) return null;
      const medium = await findMedium(db, side.id);
      if (medium !== null) {
        const { verb, work: { write } } = task;
        await requireData(db, medium, verb);
        const { mediaTypes } = this.#context;
        await requireDrive(db, mediaTypes, medium, { verb, write });
      }
      return medium;
    });
    if (medium === null) throw noCartridge(cartridgeId);
    const request = await this.#enter(caller, medium, task);
    const job = new LabelJob(
      this.#parts.host,
      this.#context,
      this.#parts.robot,
      {
        caller,
        request,
        medium,
        work: task.work,
        leaveMs: task.leaveMs ?? null,
      },
    );
    this.#jobs.add(job);
    const forget = () => this.#jobs.delete(job);
    job.done.then(forget, forget);
    await this.#parts.add(job);
    return { request, done: job.done };
  }

  #enter<T>(
    caller: Caller,
    { cartridge, side }: Medium,
    { operation, verb }: LabelTask<T>,
  ): Promise<LibraryRequestId> {
    return commit(this.#context, "labelRequest", async (db) => {
      const request = await enterRequest(db, this.#context, caller, {
        libraryId: this.#parts.library.id,
        operation,
        sideId: side.id,
        cartridgeId: cartridge.id,
        slotId: cartridge.homeSlotId,
        name: `${verb} ${cartridge.name}`,
      });
      await keepAnswer(db, this.#context, caller, { request });
      return request;
    });
  }
}

/** One of many requests of a call: none of them is its answer. */
function anonymous({ callKey: _, ...caller }: Caller): Caller {
  return caller;
}

function noCartridge(id: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_MEDIA",
    `There is no cartridge ${id}, or it has no side`,
  );
}

/** A drive would be cleaned by it. */
async function requireData(
  db: Reader,
  { cartridge }: Medium,
  verb: string,
): Promise<void> {
  if (!await isCleanerType(db, cartridge.mediaTypeId)) return;
  throw new NtmsError(
    "ERROR_INVALID_MEDIA",
    `${verb} is not for cartridge ${cartridge.name}: it is a cleaning cartridge and has no label`,
  );
}
