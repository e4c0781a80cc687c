/**
 * A cartridge on its way between a port and a place in the library, as work in
 * the queue.
 *
 * @module
 */

import type { Medium } from "../database/mod.ts";
import type { Caller } from "../model/mod.ts";
import { StaleCatalogueError } from "./step_errors.ts";
import { deferred } from "./waiting.ts";
import { type Item, wanted } from "./work_queue.ts";

/** What a transfer asks of its library beside its own work. */
export interface TransferHost {
  /** Takes an inventory, and then this work again. */
  retryAfterInventory(item: Item): Promise<void>;
  /** Starts nothing more before an inventory. */
  distrust(): Promise<void>;
}

/** One step of the robot to or from a port. */
export class Transfer implements Item {
  readonly kind = "transfer";
  readonly priority = 0;
  readonly caller: Caller;
  readonly requestIds: readonly string[];
  readonly media: Item["media"];
  /** It ends by itself where the cartridge has left its port. */
  readonly fromPort: boolean;
  readonly #host: TransferHost;
  readonly #work: () => Promise<void>;
  readonly #done = deferred<void>();
  #tried = false;

  constructor(
    host: TransferHost,
    caller: Caller,
    requestId: string,
    medium: Medium,
    fromPort: boolean,
    work: () => Promise<void>,
  ) {
    this.#host = host;
    this.caller = caller;
    this.requestIds = [requestId];
    this.fromPort = fromPort;
    this.media = [wanted(medium, null, false)];
    this.#work = work;
  }

  /** Resolves when the cartridge is there. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  async run(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      if (this.#tried || !(error instanceof StaleCatalogueError)) throw error;
      this.#tried = true;
      return await this.#host.retryAfterInventory(this);
    }
    this.#done.resolve();
  }

  async fail(error: unknown): Promise<void> {
    this.#done.reject(error);
    if (error instanceof StaleCatalogueError) await this.#host.distrust();
  }

  waits(): void {}
}
