/**
 * Asks a library at rest from time to time, so that doors that were opened and
 * cartridges that were moved by hand are noticed before the next move.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";
import type { Timer } from "../model/mod.ts";
import type { Context } from "./context.ts";
import type { Robot } from "./robot.ts";
import type { WorkQueue } from "./work_queue.ts";

/** What a library does about news. */
export interface Watched {
  /** A person puts in what work waits for, and no robot tells of that. @default {false} */
  readonly standsAlone?: boolean;
  /** Its content has changed: takes an inventory. */
  changed(): Promise<void>;
  /** It cannot be used as it is: starts nothing more before an inventory. */
  distrust(): Promise<void>;
}

/** The watch over one library. */
export class Watch {
  readonly #context: Context;
  readonly #queue: WorkQueue;
  readonly #robot: Robot;
  readonly #library: Watched;
  #timer: Timer | null = null;
  #isAsking = false;
  #closed = false;

  /** Begins to watch. */
  constructor(
    context: Context,
    queue: WorkQueue,
    robot: Robot,
    library: Watched,
  ) {
    this.#context = context;
    this.#queue = queue;
    this.#robot = robot;
    this.#library = library;
    this.#setTimer();
  }

  /** Asks no more. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  /** Asks now, if the library is at rest. */
  async look(): Promise<void> {
    // Work asks by itself, and a frozen library is asked by its inventory.
    const isAtRest = this.#queue.isIdle || this.#waitsForHands;
    if (!isAtRest || this.#queue.isFrozen || this.#isAsking || this.#closed) {
      return;
    }
    this.#isAsking = true;
    try {
      await this.#ask();
    } finally {
      this.#isAsking = false;
    }
  }

  /** Work waits now: asks more often until it does not. */
  hurry(): void {
    if (this.#closed || !this.#waitsForHands) return;
    this.#timer?.cancel();
    this.#setTimer();
  }

  get #waitsForHands(): boolean {
    return this.#library.standsAlone === true && this.#queue.isWaiting &&
      !this.#queue.isRunning;
  }

  #setTimer(): void {
    const { clock, background, limits } = this.#context;
    const delayMs = this.#waitsForHands
      ? limits.watchedLibraryAskedMs
      : limits.restingLibraryAskedMs;
    this.#timer = clock.after(delayMs, () => {
      this.#setTimer();
      background.run("ask a library whether it has changed", this.look());
    });
  }

  async #ask(): Promise<void> {
    try {
      await this.#robot.ask();
    } catch (error) {
      if (!(error instanceof ChangerError)) throw error;
      const passes = error.advice === "wait" || error.advice === "retry";
      if (!passes && !this.#closed) await this.#library.distrust();
      return;
    }
    if (this.#robot.needsInventory && !this.#closed) {
      await this.#library.changed();
    }
  }
}
