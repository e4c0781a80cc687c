/**
 * One thing at a time, in the order asked for.
 *
 * @module
 */

/** A queue of tasks of which one runs at a time. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs a task when all that were given before it have ended, well or not. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task, task);
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves when nothing is left to run. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
