/**
 * Guesses what was meant by a mistyped word.
 *
 * @module
 */

/** Edits between two words: letters put in, left out, replaced or swapped with their neighbour. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let best = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] &&
        from[i - 2] === to[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

/** The known words that were most likely meant, best first; at most three. */
export function suggest(word: string, known: readonly string[]): string[] {
  const typed = word.toLowerCase();
  if (typed === "") return [];
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  return known
    .map((each) => ({
      each,
      // A word begun and not finished is closer than any typo.
      distance: each.startsWith(typed) ? 0 : editDistance(typed, each),
    }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ each }) => each);
}

/** The guess as a sentence; empty where there is none. */
export function didYouMean(
  word: string,
  known: readonly string[],
  mark = "",
): string {
  const guesses = suggest(word, known).map((each) => `"${mark}${each}"`);
  if (guesses.length === 0) return "";
  const last = guesses.pop() ?? "";
  const all = guesses.length === 0 ? last : `${guesses.join(", ")} or ${last}`;
  return `Did you mean ${all}?`;
}
