/**
 * Work that no caller waits for, but the end of the service does.
 *
 * @module
 */

import type { Clock, Log, Timer } from "../model/mod.ts";

/** How soon work that must be done is tried again. */
const RETRY_MS = 5_000;

/** Work in the background. */
export class Background {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #running = new Set<Promise<void>>();
  readonly #retries = new Set<Timer>();
  #closed = false;

  /** Failures go to the log. */
  constructor(log: Log, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /**
   * Does work that must be done, again and again until it succeeds or the
   * service ends; the next start clears up what was not done. Resolves after
   * the first try.
   */
  async insist(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.error(`Cannot ${what}`, {
        error: error instanceof Error ? error.message : String(error),
      });
      if (this.#closed) return;
      const timer = this.#clock.after(RETRY_MS, () => {
        this.#retries.delete(timer);
        this.run(what, this.insist(what, work));
      });
      this.#retries.add(timer);
    }
  }

  /** Lets `work` run on; `what` says what cannot be done if it fails. */
  run(what: string, work: Promise<unknown>): void {
    const run: Promise<void> = work.then(() => {}, (error) => {
      this.#log.error(`Cannot ${what}`, {
        error: error instanceof Error ? error.message : String(error),
      });
    }).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  /** Tries nothing again, and resolves when nothing runs any more. */
  async settle(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#retries) timer.cancel();
    this.#retries.clear();
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
