/**
 * The removal of a cartridge from its drive, as it waits and runs.
 *
 * @module
 */

import type { Medium } from "../database/mod.ts";
import type { Caller, LibraryRequestId } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { beginRequests, failWork, passRequests } from "./requests.ts";
import type { Robot } from "./robot.ts";
import { StaleCatalogueError } from "./step_errors.ts";
import { noteStepFailure, patiently } from "./step_failures.ts";
import { WaitNote } from "./wait_note.ts";
import { deferred } from "./waiting.ts";
import { type Item, wanted } from "./work_queue.ts";

/** What a dismount asks of its library beside its own work. */
export interface DismountHost {
  readonly id: string;
  readonly name: string;
  /** Aborted when the library closes. */
  readonly stopping: AbortSignal;
  /** Takes an inventory, and then this work again. */
  retryAfterInventory(item: Item): Promise<void>;
  /** Starts nothing more before an inventory. */
  distrust(): Promise<void>;
  /** Makes room where media wait for it. */
  makeRoom(): void;
}

/** What is to be dismounted, and for whom. */
export interface DismountOrder {
  readonly caller: Caller;
  readonly request: LibraryRequestId;
  readonly medium: Medium;
  readonly driveId: string;
}

/** The removal of a cartridge from its drive. */
export class DismountWork implements Item {
  readonly kind = "dismount";
  readonly priority = 0;
  readonly caller: Caller;
  readonly requestIds: readonly LibraryRequestId[];
  readonly media: Item["media"];
  readonly #host: DismountHost;
  readonly #context: Context;
  readonly #robot: Robot;
  readonly #order: DismountOrder;
  readonly #note: WaitNote;
  readonly #done = deferred<void>();
  #tried = false;

  constructor(
    host: DismountHost,
    context: Context,
    robot: Robot,
    order: DismountOrder,
  ) {
    this.#host = host;
    this.#context = context;
    this.#robot = robot;
    this.#order = order;
    this.caller = order.caller;
    this.requestIds = [order.request];
    this.media = [wanted(order.medium, order.driveId, false)];
    this.#note = new WaitNote(context, this.requestIds);
  }

  /** Resolves when the cartridge has left its drive. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  async run(): Promise<void> {
    const { driveId, medium: { cartridge }, request } = this.#order;
    this.#note.end();
    await beginRequests(this.#context, this.requestIds);
    try {
      await patiently(
        this.#context,
        () => this.#robot.putAway(driveId, cartridge.id, request),
        this.#host.stopping,
      );
    } catch (error) {
      if (this.#tried || !(error instanceof StaleCatalogueError)) throw error;
      this.#tried = true;
      return await this.#host.retryAfterInventory(this);
    }
    await commit(
      this.#context,
      "putAway",
      (db) => passRequests(db, this.#context, this.requestIds),
    );
    this.#done.resolve();
    this.#host.makeRoom();
  }

  async fail(error: unknown): Promise<void> {
    this.#note.end();
    await noteStepFailure(this.#context, error, {
      libraryId: this.#host.id,
      driveId: this.#order.driveId,
      look: (id) => this.#robot.lookAt(id),
    });
    await failWork(
      this.#context,
      this.#host,
      this.requestIds,
      this.#done,
      error,
    );
    if (error instanceof StaleCatalogueError) await this.#host.distrust();
  }

  waits(reason: string): void {
    this.#note.waits(reason);
  }
}
