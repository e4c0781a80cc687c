/**
 * Priorities of library requests, as words or numbers.
 *
 * @module
 */

import { UsageError } from "./usage_error.ts";

const WORDS = new Map([
  ["lowest", -15],
  ["low", -7],
  ["normal", 0],
  ["high", 7],
  ["highest", 15],
]);

/** The priority that a word means: -15 to 15, normal where none is given. */
export function priorityOf(word: string | undefined): number {
  if (word === undefined) return 0;
  const number = WORDS.get(word) ??
    (/^[+-]?\d+$/.test(word) ? Number(word) : NaN);
  if (number >= -15 && number <= 15) return number;
  throw new UsageError(
    `"${word}" is no priority`,
    `Give a number from -15 to 15, or one of: ${[...WORDS.keys()].join(", ")}`,
  );
}
