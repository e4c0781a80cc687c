/**
 * Tells those who wait for one object that it has changed, so that nobody has
 * to look at every commit.
 *
 * @module
 */

/** Listeners by what they wait for: the id of an object. */
export class Signals {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls `listener` at each signal of this key, until the returned function is called. */
  on(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) {
        this.#listeners.delete(key);
      }
    };
  }

  /** Calls the listeners of a key. */
  tell(key: string): void {
    for (const listener of [...this.#listeners.get(key) ?? []]) listener();
  }

  /** Calls all listeners: what has changed is not known. */
  tellAll(): void {
    for (const key of [...this.#listeners.keys()]) this.tell(key);
  }
}
