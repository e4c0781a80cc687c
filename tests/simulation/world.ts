/**
 * What every part of a simulation shares: time, chance, the trace of what
 * happened, counts, and the first thing that went wrong.
 *
 * @module
 */

import { Chance } from "./chance.ts";
import { SimulatedClock } from "./simulated_clock.ts";

/** How many of the last events a failure shows. */
const TRACE_KEPT = 60;

/** One simulated world. */
export class World {
  readonly seed: number;
  readonly clock: SimulatedClock = new SimulatedClock();
  /** What programs and the operator do. */
  readonly deeds: Chance;
  /** What goes wrong. */
  readonly misfortune: Chance;
  /** How often each thing happened. */
  readonly counts = new Map<string, number>();
  /** Hash of all that happened, to see that a replay is one. */
  fingerprint = 0x811c9dc5;
  /** The last events. */
  readonly trace: string[] = [];
  /** What went wrong first; null as long as nothing did. */
  violation: string | null = null;
  /** Events so far: tells which of two came first. */
  turn = 0;
  readonly #listener: ((line: string) => void) | undefined;

  /** The world of a seed. */
  constructor(seed: number, listener?: (line: string) => void) {
    this.seed = seed;
    this.deeds = new Chance(seed, "deeds");
    this.misfortune = new Chance(seed, "misfortune");
    this.#listener = listener;
  }

  /** Notes an event in the trace. */
  note(text: string): void {
    this.turn++;
    const line = `${(this.clock.monotonic() / 1_000).toFixed(1)} s  ${text}`;
    this.trace.push(line);
    if (this.trace.length > TRACE_KEPT) this.trace.shift();
    for (let index = 0; index < line.length; index++) {
      this.fingerprint = Math.imul(
        this.fingerprint ^ line.charCodeAt(index),
        0x0100_0193,
      ) >>> 0;
    }
    this.#listener?.(line);
  }

  /** Counts something that happened. */
  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Says that an invariant does not hold; the first one counts. */
  fail(violation: string): void {
    if (this.violation !== null) return;
    this.violation = violation;
    this.note(`VIOLATION: ${violation}`);
  }
}
