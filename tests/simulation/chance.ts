/**
 * Seeded chance: the same seed gives the same draws, on every machine.
 *
 * @module
 */

import type { Random } from "../../src/model/mod.ts";

/** A stream of draws (xoshiro128**). */
export class Chance implements Random {
  readonly #state: Uint32Array<ArrayBuffer>;

  /** The stream of that name of a seed; streams do not disturb one another. */
  constructor(seed: number, stream: string) {
    this.#state = expand(seed, stream);
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    const s = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = s;
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const e = c ^ a;
    const f = d ^ b;
    s[1] = b ^ e;
    s[0] = a ^ f;
    s[2] = e ^ (b << 9);
    s[3] = rotate(f, 11);
    return result;
  }

  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number {
    return Math.floor(this.next() / 0x1_0000_0000 * bound);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True so many times in one. */
  happens(probability: number): boolean {
    return this.next() / 0x1_0000_0000 < probability;
  }

  /** One of a list; undefined when it is empty. */
  pick<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : list[this.below(list.length)];
  }

  /** One of the names, as often as its weight says. */
  weighted<Name extends string>(
    weights: readonly (readonly [Name, number])[],
  ): Name | undefined {
    let left = this.below(weights.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [name, weight] of weights) {
      if (left < weight) return name;
      left -= weight;
    }
    return undefined;
  }

  /** See {@linkcode Random.bytes}. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  /** See {@linkcode Random.guid}. */
  guid(): string {
    const hex = (count: number) =>
      Array.from({ length: count }, () => this.below(16).toString(16)).join("");
    return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  }
}

function rotate(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count));
}

/** Spreads seed and name over the state (FNV-1a, then splitmix32). */
function expand(seed: number, stream: string): Uint32Array<ArrayBuffer> {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${seed}/${stream}`)) {
    hash = Math.imul(hash ^ byte, 0x0100_0193) >>> 0;
  }
  return Uint32Array.from({ length: 4 }, () => {
    hash = (hash + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  });
}
