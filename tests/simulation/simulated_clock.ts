/**
 * Simulated time: it stands still while anything can run, and then jumps to
 * the next timer.
 *
 * @module
 */

import { setImmediate } from "node:timers";
import type { Clock, Timer } from "../../src/model/mod.ts";

interface Alarm {
  readonly at: number;
  readonly task: () => void;
}

/** The clock of a simulated world. */
export class SimulatedClock implements Clock {
  #elapsedMs = 0;
  #wallMs = Date.UTC(2026, 0, 1);
  /** By time; those of one time in the order they were set. */
  readonly #alarms: Alarm[] = [];

  /** See {@linkcode Clock.now}. */
  now(): number {
    return this.#wallMs + this.#elapsedMs;
  }

  /** See {@linkcode Clock.monotonic}. */
  monotonic(): number {
    return this.#elapsedMs;
  }

  /** See {@linkcode Clock.after}. */
  after(delayMs: number, task: () => void): Timer {
    const alarm = { at: this.#elapsedMs + Math.max(0, delayMs), task };
    let index = this.#alarms.length;
    while (index > 0 && (this.#alarms[index - 1]?.at ?? 0) > alarm.at) index--;
    this.#alarms.splice(index, 0, alarm);
    return {
      cancel: () => {
        const found = this.#alarms.indexOf(alarm);
        if (found >= 0) this.#alarms.splice(found, 1);
      },
    };
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#alarms.length;
  }

  /** When the next timer runs; null when none is set. */
  get nextAt(): number | null {
    return this.#alarms[0]?.at ?? null;
  }

  /** Jumps to the next timer and runs it; false when there is none. */
  runNext(): boolean {
    const alarm = this.#alarms.shift();
    if (alarm === undefined) return false;
    this.#elapsedMs = Math.max(this.#elapsedMs, alarm.at);
    alarm.task();
    return true;
  }

  /** Somebody sets the wall clock; time itself goes on as before. */
  setWallClock(byMs: number): void {
    this.#wallMs += byMs;
  }
}

/** Resolves when all that can run without time passing has run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
