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

/** Queues side by side, by a key; tasks without one are in the first of them. */
export class SerialQueues<Key> {
  readonly #main = new SerialQueue();
  readonly #apart = new Map<Key, SerialQueue>();

  /** Runs a task when all that were given before it with its key have ended. */
  run<T>(key: Key | null, task: () => Promise<T>): Promise<T> {
    if (key === null) return this.#main.run(task);
    const queue = this.#apart.get(key) ?? new SerialQueue();
    this.#apart.set(key, queue);
    return queue.run(task);
  }

  /** Resolves when nothing is left to run in any. */
  async idle(): Promise<void> {
    await this.#main.idle();
    for (const queue of this.#apart.values()) await queue.idle();
  }
}
