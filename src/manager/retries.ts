/**
 * Trying again what may succeed later, after pauses that grow.
 *
 * @module
 */

import type { Clock, Timer } from "../model/mod.ts";

/** How soon a failed try is repeated, and at most how late. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/** The tries of one thing, one after the other. */
export class Retries {
  readonly #clock: Clock;
  #failures = 0;
  #timer: Timer | null = null;

  /** None yet. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Has `task` run after a pause, twice as long as the one before; only the last one that was asked for runs. */
  later(task: () => void): void {
    this.stop();
    const delayMs = Math.min(
      FIRST_PAUSE_MS * 2 ** this.#failures++,
      LONGEST_PAUSE_MS,
    );
    this.#timer = this.#clock.after(delayMs, () => {
      this.#timer = null;
      task();
    });
  }

  /** Whether the pause before a try goes on. */
  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  /** It has succeeded: the next pause is a short one again. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Tries no more until `later` is called. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
