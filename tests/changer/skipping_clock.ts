/** A clock for tests: time passes only when it is waited for. */
import type { Clock, Timer } from "../../src/model/mod.ts";

interface Pending {
  readonly atMs: number;
  readonly task: () => void;
}

/**
 * A clock whose timers run one after the other, in the order of their times,
 * each as soon as nothing else is to be done. Nothing ever really waits.
 */
export class SkippingClock implements Clock {
  #nowMs = 0;
  #pending: Pending[] = [];
  #scheduled = false;

  now(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): Timer {
    const timer = { atMs: this.#nowMs + delayMs, task };
    this.#pending.push(timer);
    this.#schedule();
    return {
      cancel: () => {
        this.#pending = this.#pending.filter((found) => found !== timer);
      },
    };
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // A macrotask: everything that is ready comes first.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      port2.close();
      this.#scheduled = false;
      this.#runNext();
    };
    port2.postMessage(null);
  }

  #runNext(): void {
    const next = this.#pending.reduce<Pending | null>(
      (first, timer) =>
        first === null || timer.atMs < first.atMs ? timer : first,
      null,
    );
    if (next === null) return;
    this.#pending = this.#pending.filter((timer) => timer !== next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.task();
    if (this.#pending.length > 0) this.#schedule();
  }
}
