/**
 * Work that no caller waits for, but the end of the service does.
 *
 * @module
 */

import type { Log } from "../model/mod.ts";

/** Work in the background. */
export class Background {
  readonly #log: Log;
  readonly #running = new Set<Promise<void>>();

  /** Failures go to the log. */
  constructor(log: Log) {
    this.#log = log;
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

  /** Resolves when nothing runs any more. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
