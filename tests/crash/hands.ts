/**
 * A person at a virtual library while no service runs: moves cartridges by
 * hand, takes some away and brings them back.
 *
 * @module
 */

import type { Chance } from "../simulation/chance.ts";
import type { Carry, Contents } from "./device.ts";

/** What the person does, and how often. */
const DEEDS = [
  ["moved to another slot", 4],
  ["changed places", 2],
  ["taken out of a slot", 4],
  ["taken out of a drive", 1],
  ["brought back", 4],
  ["put into a port", 1],
] as const;

/** A thing that hands do. */
export type Deed = typeof DEEDS[number][0];

/** Element addresses of the library. */
export interface Elements {
  readonly slots: readonly number[];
  readonly drives: readonly number[];
  readonly ports: readonly number[];
}

/** Cartridges are brought back first where more than so many are outside. */
const MOST_OUTSIDE = 30;

/** The hands, and what they have taken away. */
export class Hands {
  /** Bar codes of the cartridges outside the library. */
  readonly outside: string[] = [];
  readonly deeds = new Map<Deed, number>();
  readonly #chance: Chance;
  readonly #elements: Elements;

  /** Hands that do what chance has them do. */
  constructor(chance: Chance, elements: Elements) {
    this.#chance = chance;
    this.#elements = elements;
  }

  /** What they carry next, in a library with these contents; empty where they cannot. */
  next(contents: Contents): readonly Carry[] {
    const deed = this.outside.length > MOST_OUTSIDE
      ? "brought back"
      : this.#chance.weighted(DEEDS);
    if (deed === undefined) return [];
    const moves = this.#moves(deed, contents);
    if (moves.length > 0) this.deeds.set(deed, (this.deeds.get(deed) ?? 0) + 1);
    return moves;
  }

  #moves(deed: Deed, contents: Contents): readonly Carry[] {
    const { drives, ports, slots } = this.#elements;
    const full = (among: readonly number[]) =>
      this.#chance.pick(among.filter((address) => contents.has(address)));
    const empty = (among: readonly number[]) =>
      this.#chance.pick(among.filter((address) => !contents.has(address)));
    switch (deed) {
      case "moved to another slot":
        return this.#carry(full(slots), empty(slots));
      case "changed places": {
        const [one, other, free] = [full(slots), full(slots), empty(slots)];
        if (one === other) return [];
        return [
          ...this.#carry(one, free),
          ...this.#carry(other, one),
          ...this.#carry(free, other),
        ];
      }
      case "taken out of a slot":
        return this.#takeOut(full(slots), contents);
      case "taken out of a drive":
        return this.#takeOut(full(drives), contents);
      case "brought back":
        return this.#bringBack(empty(slots));
      case "put into a port":
        return this.#bringBack(empty(ports));
    }
  }

  #carry(
    source: number | undefined,
    target: number | undefined,
  ): readonly Carry[] {
    return source === undefined || target === undefined
      ? []
      : [[source, target]];
  }

  #takeOut(source: number | undefined, contents: Contents): readonly Carry[] {
    const barCode = source === undefined ? undefined : contents.get(source);
    if (source === undefined || barCode === undefined) return [];
    this.outside.push(barCode);
    return [[source, "outside"]];
  }

  #bringBack(target: number | undefined): readonly Carry[] {
    if (target === undefined) return [];
    const outside = this.outside.shift();
    return outside === undefined ? [] : [[{ outside }, target]];
  }
}
