/**
 * Room in memory for the elements that inventories read. A library may have
 * tens of thousands of them, and all libraries are looked through at the start.
 *
 * @module
 */

import { type Deferred, deferred } from "./waiting.ts";

/** Room for so many elements; who finds none waits, first come first served. */
export class ElementRoom {
  readonly #most: number;
  readonly #waiting: { readonly elements: number; turn: Deferred<void> }[] = [];
  #taken = 0;

  /** Room for `most` elements, and always for one inventory. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Does `work` when there is room for its elements; it is free again afterwards. */
  async hold<T>(elements: number, work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length > 0 || !this.#fits(elements)) {
      const turn = deferred<void>();
      this.#waiting.push({ elements, turn });
      await turn.promise;
    } else this.#taken += elements;
    try {
      return await work();
    } finally {
      this.#taken -= elements;
      this.#letIn();
    }
  }

  #fits(elements: number): boolean {
    return this.#taken === 0 || this.#taken + elements <= this.#most;
  }

  #letIn(): void {
    for (
      let [next] = this.#waiting;
      next !== undefined && this.#fits(next.elements);
      [next] = this.#waiting
    ) {
      this.#waiting.shift();
      this.#taken += next.elements;
      next.turn.resolve();
    }
  }
}

/** One for each catalogue. */
const rooms = new WeakMap<object, ElementRoom>();

/** The room that all inventories of a catalogue share. */
export function elementRoomOf(
  database: object,
  { elementsHeld }: { readonly elementsHeld: number },
): ElementRoom {
  const room = rooms.get(database) ?? new ElementRoom(elementsHeld);
  rooms.set(database, room);
  return room;
}
