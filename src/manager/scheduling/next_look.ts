/**
 * When to decide again although nothing has happened.
 *
 * @module
 */
import { dueAgeMs } from "./order.ts";
import type { Situation, Work } from "./situation.ts";

/**
 * When time alone may change what can start: a medium left in a drive may go,
 * or what is kept for a mount of several media is given free, because who
 * holds the rest has waited for long; null when nothing of that is to come.
 */
export function nextLook(
  works: readonly Work[],
  situation: Situation,
): number | null {
  const { now, drives } = situation;
  const waiting = new Set(works.map(({ owner }) => owner));
  const times: number[] = [];
  for (const { evictableFrom, holder, heldSince } of drives) {
    if (evictableFrom !== null) times.push(evictableFrom);
    if (holder !== null && waiting.has(holder)) {
      times.push(heldSince + dueAgeMs(situation));
    }
  }
  const toCome = times.filter((time) => time > now);
  return toCome.length === 0 ? null : Math.min(...toCome);
}
