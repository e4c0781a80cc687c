/**
 * A clock that goes only when it is told to.
 *
 * @module
 */

import type { Clock, Timer } from "../../src/model/mod.ts";

/** A clock for tests. */
export class FakeClock implements Clock {
  #now: number;
  readonly #tasks = new Set<{ at: number; task: () => void }>();

  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(delayMs: number, task: () => void): Timer {
    const entry = { at: this.#now + delayMs, task };
    this.#tasks.add(entry);
    return { cancel: () => this.#tasks.delete(entry) };
  }

  /** Lets time pass; runs what is due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#tasks].filter(({ at }) => at <= end)
        .sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#tasks.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
    }
    this.#now = end;
  }
}
