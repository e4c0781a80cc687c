/**
 * Ranges of element addresses.
 *
 * @module
 */
import type { ElementRange } from "./changer.ts";

/** The part of a range that is asked for; `count` is 0 where there is none. */
export function overlap(
  range: ElementRange,
  asked: { readonly first?: number; readonly count?: number },
): ElementRange {
  const first = Math.max(range.first, asked.first ?? range.first);
  const end = Math.min(
    range.first + range.count,
    asked.count === undefined
      ? Infinity
      : (asked.first ?? range.first) + asked.count,
  );
  return { first, count: Math.max(0, end - first) };
}
