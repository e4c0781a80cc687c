/**
 * The inventories of one library: asked for by callers, by what the library
 * tells, and by what went wrong. While one is owed that failed, nothing else
 * starts, and it is taken again by itself.
 *
 * @module
 */

import {
  completeOperatorRequests,
  requireEpoch,
  updateObject,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type InventoryReport,
  type LibraryRequestId,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { completeAnswer, keepAnswer } from "./kept_answers.ts";
import { askOperatorOnce, SERVICE } from "./operators.ts";
import {
  beginRequests,
  type Cancelled,
  enterRequest,
  failWork,
  passRequests,
} from "./requests.ts";
import { Retries } from "./retries.ts";
import type { Robot } from "./robot.ts";
import { WaitNote } from "./wait_note.ts";
import { type Deferred, deferred } from "./waiting.ts";
import type { Item, WorkQueue } from "./work_queue.ts";

/** What other work waits for. */
const AN_INVENTORY = "an inventory of the library";

/** Whose inventories they are. */
export interface InventoriedLibrary {
  readonly id: string;
  readonly name: string;
  readonly device: string;
}

/** The inventories of one library. */
export class Inventories {
  readonly #context: Context;
  readonly #library: InventoriedLibrary;
  readonly #robot: Robot;
  readonly #queue: WorkQueue;
  readonly #retries: Retries;
  readonly #taken: () => void;
  /** Those that wait or run. */
  readonly #underWay = new Map<
    Item,
    { readonly stop: AbortController; readonly done: Promise<unknown> }
  >();
  /** Failed work that the next one is to help, and how it failed. */
  readonly #toHelp = new Map<Item, unknown>();
  #obstacle: string | null = null;
  /** Whether there was one since the library was opened. */
  #isKnown = false;
  #closed = false;

  /** None yet; `taken` hears of each that has come to its end. */
  constructor(
    context: Context,
    library: InventoriedLibrary,
    robot: Robot,
    queue: WorkQueue,
    taken: () => void = () => {},
  ) {
    this.#context = context;
    this.#library = library;
    this.#robot = robot;
    this.#queue = queue;
    this.#taken = taken;
    this.#retries = new Retries(context.clock);
  }

  /** Why the library cannot be used; null where it can, as far as is known. */
  get obstacle(): string | null {
    return this.#obstacle;
  }

  /** Takes the first one; one that fails is taken again by itself. */
  async first(): Promise<void> {
    this.#queue.freeze(AN_INVENTORY);
    try {
      const { done } = await this.take(SERVICE, false);
      await done;
    } catch (error) {
      if (!(error instanceof NtmsError)) throw error;
      // It may not even have been written down.
      if (!this.#retries.isWaiting) this.#lookAgainLater();
    }
  }

  /** Queues an inventory; `waits`: its report belongs to the answer of the call. */
  async take(
    caller: Caller,
    waits: boolean,
  ): Promise<{ request: LibraryRequestId; done: Promise<InventoryReport> }> {
    const request = await this.#enter(caller);
    const done = deferred<InventoryReport>();
    const stop = new AbortController();
    const note = new WaitNote(this.#context, [request]);
    const item: Item = {
      kind: "inventory",
      priority: 0,
      caller,
      requestIds: [request],
      media: [],
      run: () => {
        note.end();
        return this.#run(request, done, stop.signal, async (db, report) => {
          if (waits) await completeAnswer(db, caller, { request, report });
        });
      },
      fail: (error) => {
        note.end();
        return failWork(this.#context, this.#library, [request], done, error);
      },
      waits: (reason) => note.waits(reason),
    };
    this.#underWay.set(item, { stop, done: done.promise });
    const forget = () => this.#underWay.delete(item);
    done.promise.then(forget, forget);
    await this.#queue.add(item);
    return { request, done: done.promise };
  }

  /** Whether or not it can be written down now: work that is written down must not be lost over it. */
  insist(): Promise<void> {
    return this.#context.background.insist("take an inventory", async () => {
      if (this.#closed || this.#queue.has("inventory")) return;
      await this.take(SERVICE, false);
    });
  }

  /** Sees to it that an inventory comes first where the library told of a change. */
  async requireFresh(): Promise<void> {
    if (this.#robot.needsInventory && !this.#queue.has("inventory")) {
      await this.insist();
    }
  }

  /** Starts nothing more before an inventory: the library is not as the catalogue has it. */
  async distrust(): Promise<void> {
    this.#queue.freeze(AN_INVENTORY);
    await this.insist();
  }

  /** Has work that waits for the next one fail with `error` where that fails too. */
  failsWith(item: Item, error: unknown): void {
    this.#toHelp.set(item, error);
  }

  /** Ends those that wait or run; what they have found is kept. */
  async stop(): Promise<void> {
    const error = new NtmsError(
      "ERROR_CANCELLED",
      `The inventory of ${this.#library.name} was stopped`,
    );
    for (const [item, { stop }] of this.#underWay) {
      stop.abort(error);
      if (this.#queue.remove(item)) await item.fail(error);
    }
    this.#lookAgainLater();
  }

  /** Ends one that waits or runs; null where it is none of these. */
  async cancel(request: string, error: NtmsError): Promise<Cancelled | null> {
    for (const [item, { done, stop }] of this.#underWay) {
      if (!item.requestIds.includes(request)) continue;
      stop.abort(error);
      const waited = this.#queue.remove(item);
      if (waited) await item.fail(error);
      this.#lookAgainLater();
      return { ended: waited ? null : done.catch(() => {}) };
    }
    return null;
  }

  /** Takes none by itself any more. */
  close(): void {
    this.#closed = true;
    this.#retries.stop();
  }

  #enter(caller: Caller): Promise<LibraryRequestId> {
    return commit(this.#context, "inventoryRequest", async (db) => {
      const request = await enterRequest(db, this.#context, caller, {
        libraryId: this.#library.id,
        operation: "inventory",
        name: "Inventory",
      });
      await keepAnswer(db, this.#context, caller, { request, report: null });
      return request;
    });
  }

  async #run(
    request: LibraryRequestId,
    done: Deferred<InventoryReport>,
    signal: AbortSignal,
    keep: (db: Writer, report: InventoryReport) => Promise<void>,
  ): Promise<void> {
    const { id } = this.#library;
    try {
      await beginRequests(this.#context, [request]);
      const report = await this.#robot.inventory(signal);
      await commit(this.#context, "inventoryDone", async (db) => {
        await passRequests(db, this.#context, [request]);
        const now = this.#context.clock.now();
        await updateObject(db, id, { operationalState: "ready" }, now);
        await completeOperatorRequests(db, "deviceService", [id], now);
        await keep(db, report);
        // Whoever hears of this commit finds no obstacle any more.
        this.#obstacle = null;
      });
      this.#toHelp.clear();
      this.#queue.thaw();
      this.#retries.succeeded();
      this.#tell(report);
      this.#taken();
      done.resolve(report);
    } catch (error) {
      // One that was stopped may have been the one that others wait for.
      if (signal.aborted) this.#lookAgainLater();
      else await this.#freeze(error);
      throw error;
    }
  }

  #tell(report: InventoryReport): void {
    const { added, missing, moved } = report;
    const changed = added.length + missing.length + moved.length > 0;
    if (this.#isKnown && !changed) return;
    const { device, name } = this.#library;
    this.#context.log.info(
      this.#isKnown ? "A library has changed" : "Library is ready",
      {
        device,
        name,
        cartridges: report.cartridges,
        added: added.length,
        moved: moved.length,
        missing,
        unreadable: report.unreadable,
        duplicate: report.duplicate,
      },
    );
    this.#isKnown = true;
  }

  /** An inventory that fails freezes the library, and is tried again. */
  async #freeze(error: unknown): Promise<void> {
    const { background, log } = this.#context;
    const { name } = this.#library;
    const message = error instanceof Error ? error.message : String(error);
    this.#queue.freeze(AN_INVENTORY);
    this.#obstacle = message;
    this.#isKnown = false;
    log.error("A library cannot be used", { library: name, error: message });
    this.#lookAgainLater();
    await this.#failHelpless();
    await background.insist("note that a library cannot be used", async () => {
      // It may be in use again before that could be written.
      if (this.#queue.isFrozen) await this.#noteUseless(message);
    });
  }

  /** Who asked for it hears of it now, and not when the library is repaired. */
  async #failHelpless(): Promise<void> {
    const helpless = [...this.#toHelp];
    this.#toHelp.clear();
    for (const [item, error] of helpless) {
      if (this.#queue.remove(item)) await item.fail(error);
    }
  }

  #lookAgainLater(): void {
    if (!this.#queue.isFrozen || this.#closed) return;
    this.#retries.later(() => {
      if (this.#closed) return;
      const { background } = this.#context;
      background.run("take an inventory again", this.distrust());
    });
  }

  #noteUseless(message: string): Promise<void> {
    const { clock, database, epoch } = this.#context;
    const { id, name } = this.#library;
    return database.write(async (db) => {
      await requireEpoch(db, epoch);
      await updateObject(
        db,
        id,
        { operationalState: "needsService" },
        clock.now(),
      );
      await askOperatorOnce(db, this.#context, {
        command: "deviceService",
        message: `Library ${name} cannot be used: ${message}`,
        about: { type: "library", id },
      });
    });
  }
}
