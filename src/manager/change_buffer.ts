/**
 * The newest changes of a kind, numbered, shared by all who follow them.
 *
 * @module
 */

import type { ObjectEvent } from "../model/mod.ts";

/** A ring of changes. */
export class ChangeBuffer {
  readonly #most: number;
  readonly #ring: ObjectEvent[] = [];
  #next = 0;

  /** Holds the newest `most` changes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Number of the change that comes next. */
  get next(): number {
    return this.#next;
  }

  /** Takes in a change. */
  append(change: ObjectEvent): void {
    this.#ring[this.#next % this.#most] = change;
    this.#next++;
  }

  /** Up to `most` changes from this number on; null when the first of them is not held any more. */
  from(number: number, most: number): ObjectEvent[] | null {
    if (number < this.#next - this.#most) return null;
    const end = Math.min(this.#next, number + most);
    const changes: ObjectEvent[] = [];
    for (let at = number; at < end; at++) {
      const change = this.#ring[at % this.#most];
      if (change !== undefined) changes.push(change);
    }
    return changes;
  }
}
