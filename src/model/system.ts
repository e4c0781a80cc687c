/**
 * The real clock and real chance; the only file below the service that
 * touches them.
 *
 * @module
 */

import type { Clock, Random, Timer } from "./ports.ts";

/** The longest delay a timer of the runtime can hold. */
const LONGEST_DELAY_MS = 0x7fff_ffff;

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs: number, task: () => void): Timer {
    const id = setTimeout(task, Math.min(delayMs, LONGEST_DELAY_MS));
    return { cancel: () => clearTimeout(id) };
  },
};

/** The computer's own source of chance. */
export const systemRandom: Random = {
  guid: () => crypto.randomUUID(),
  bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
};
