/**
 * What the service has acknowledged, written down by its clients: after any
 * crash the catalogue must still say so.
 *
 * @module
 */

import type { Catalogue } from "./catalogue.ts";

/** What is known of something that an acknowledged call has changed. */
type Known = "yes" | "no" | "unknown";

/** What a call asks for. */
export type Change = "deallocate" | "mount" | "dismount";

/** A call without an answer yet; whoever gets none leaves it so. */
export interface Pending {
  /** It was done. */
  acknowledged(): void;
  /** It was refused, so nothing has changed. */
  refused(): void;
}

/** The acknowledged state of allocations, mounts and requests. */
export class Ledger {
  readonly #allocated = new Map<string, Known>();
  readonly #mounted = new Map<string, Known>();
  readonly #requests = new Set<string>();
  #acknowledged = 0;

  /** Calls that were acknowledged. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** What is known now, to go on from there. */
  copy(): Ledger {
    const copy = new Ledger();
    for (const [id, known] of this.#allocated) copy.#allocated.set(id, known);
    for (const [id, known] of this.#mounted) copy.#mounted.set(id, known);
    for (const id of this.#requests) copy.#requests.add(id);
    return copy;
  }

  /** Whether this allocation was acknowledged, or found. */
  knows(logicalMedium: string): boolean {
    return this.#allocated.has(logicalMedium);
  }

  /** An allocation was acknowledged. */
  allocated(logicalMedium: string): void {
    this.#acknowledged++;
    this.#allocated.set(logicalMedium, "yes");
    if (!this.#mounted.has(logicalMedium)) {
      this.#mounted.set(logicalMedium, "no");
    }
  }

  /** An allocation whose acknowledgement was lost turned up. */
  found(logicalMedium: string): void {
    this.#allocated.set(logicalMedium, "yes");
    this.#mounted.set(logicalMedium, "no");
  }

  /** A change is asked for. */
  asks(change: Change, logicalMedia: readonly string[]): Pending {
    const table = change === "deallocate" ? this.#allocated : this.#mounted;
    const before = logicalMedia.map((id) =>
      [id, table.get(id) ?? "unknown"] as const
    );
    const set = (id: string, known: Known) => table.set(id, known);
    for (const id of logicalMedia) set(id, "unknown");
    return {
      acknowledged: () => {
        this.#acknowledged++;
        for (const id of logicalMedia) {
          set(id, change === "mount" ? "yes" : "no");
        }
      },
      refused: () => before.forEach(([id, known]) => set(id, known)),
    };
  }

  /** Makes a call that asks for a change; where it fails, nobody knows. */
  async during<T>(
    change: Change,
    logicalMedia: readonly string[],
    call: () => Promise<T>,
  ): Promise<T> {
    const pending = this.asks(change, logicalMedia);
    const answer = await call();
    pending.acknowledged();
    return answer;
  }

  /** Requests whose ids were answered. */
  requested(ids: readonly (string | null)[]): void {
    for (const id of ids) if (id !== null) this.#requests.add(id);
  }

  /** People took it out of its drive. */
  mayBeDismounted(logicalMedium: string): void {
    this.#mounted.set(logicalMedium, "unknown");
  }

  /** What the catalogue says otherwise than was acknowledged. */
  compare(catalogue: Catalogue): string[] {
    const wrong: string[] = [];
    const mounted = new Set(
      catalogue.mounts.flatMap(({ logicalMediumId }) => logicalMediumId ?? []),
    );
    const sides = new Set(catalogue.allocatedSides);
    for (const [id, known] of this.#allocated) {
      const there = catalogue.logicalMedia.has(id) && sides.has(id);
      const gone = !catalogue.logicalMedia.has(id) && !sides.has(id);
      if (!there && !gone) wrong.push(`I5: half of allocation ${id} is left`);
      if (known === "yes" && !there) {
        wrong.push(`I5: acknowledged allocation ${id} is lost`);
      }
      if (known === "no" && !gone) {
        wrong.push(`I5: acknowledged deallocation ${id} is lost`);
      }
    }
    for (const [id, known] of this.#mounted) {
      if (known === "yes" && !mounted.has(id)) {
        wrong.push(`I7: acknowledged mount of ${id} is lost`);
      }
      if (known === "no" && mounted.has(id)) {
        wrong.push(`I7: acknowledged dismount of ${id} is lost`);
      }
    }
    const requests = new Set(catalogue.requests.map(({ id }) => id));
    for (const id of this.#requests) {
      if (!requests.has(id)) {
        wrong.push(`I7: acknowledged request ${id} is lost`);
      }
    }
    return wrong;
  }
}
