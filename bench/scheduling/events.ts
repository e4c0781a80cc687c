/**
 * What happens when, in a simulation of discrete events.
 *
 * @module
 */

interface Event {
  readonly atMs: number;
  readonly number: number;
  readonly happens: () => void;
}

/** Events by their time; of equal times the one that was planned first. */
export class Events {
  readonly #heap: Event[] = [];
  #number = 0;
  #nowMs = 0;

  /** The time of the event that happens. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Plans an event. */
  after(delayMs: number, happens: () => void): void {
    const heap = this.#heap;
    let at = heap.length;
    const event = {
      atMs: this.#nowMs + delayMs,
      number: this.#number++,
      happens,
    };
    heap.push(event);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = heap[up];
      if (above === undefined || isBefore(above, event)) break;
      heap[at] = above;
      at = up;
    }
    heap[at] = event;
  }

  /** Has everything happen that is planned, and what comes of it. */
  run(): void {
    for (let next = this.#take(); next !== null; next = this.#take()) {
      this.#nowMs = next.atMs;
      next.happens();
    }
  }

  #take(): Event | null {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const goLeft = left !== undefined &&
        (right === undefined || isBefore(left, right));
      const down = goLeft ? left : right;
      if (down === undefined || isBefore(last, down)) break;
      heap[at] = down;
      at = 2 * at + (goLeft ? 1 : 2);
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.number < b.number);
}
