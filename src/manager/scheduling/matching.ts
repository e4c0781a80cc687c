/**
 * A drive of its own for each of several media, where that can be had.
 *
 * @module
 */

/**
 * Gives each of `count` takers one of the things that it would take, none
 * twice, or finds that they cannot all have one.
 *
 * @param choices What the taker of an index would take, best first.
 * @returns What each gets, in their order; null when not all can be served.
 */
export function matchAll(
  count: number,
  choices: (index: number) => readonly string[],
): string[] | null {
  const takerOf = new Map<string, number>();
  const lists = Array.from({ length: count }, (_, index) => choices(index));
  /** Takes a thing, and has who holds it look for another one. */
  const serve = (taker: number, tried: Set<string>): boolean => {
    for (const thing of lists[taker] ?? []) {
      if (tried.has(thing)) continue;
      tried.add(thing);
      const other = takerOf.get(thing);
      if (other === undefined || serve(other, tried)) {
        takerOf.set(thing, taker);
        return true;
      }
    }
    return false;
  };
  for (let taker = 0; taker < count; taker++) {
    if (!serve(taker, new Set())) return null;
  }
  const given: string[] = [];
  for (const [thing, taker] of takerOf) given[taker] = thing;
  return given;
}
