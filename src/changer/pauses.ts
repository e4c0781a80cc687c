/**
 * Waiting between questions to a device: short at first, then longer, and
 * never beyond a deadline.
 *
 * @module
 */
import { type Clock, sleep } from "../model/mod.ts";
import { PATIENCE } from "./patience.ts";

/** Pauses up to a deadline. */
export class Pauses {
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  #nextMs: number = PATIENCE.shortestPauseMs;

  /** Starts the time that is there. */
  constructor(clock: Clock, totalMs: number) {
    this.#clock = clock;
    this.#deadlineMs = clock.monotonic() + totalMs;
  }

  /** Milliseconds that are left. */
  get leftMs(): number {
    return Math.max(0, this.#deadlineMs - this.#clock.monotonic());
  }

  /** Pauses; false, at once, when the time is over. */
  async pause(signal?: AbortSignal): Promise<boolean> {
    if (this.leftMs === 0) return false;
    const pauseMs = Math.min(this.#nextMs, this.leftMs);
    this.#nextMs = Math.min(this.#nextMs * 1.5, PATIENCE.longestPauseMs);
    await sleep(this.#clock, pauseMs, signal);
    return true;
  }
}
