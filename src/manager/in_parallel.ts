/**
 * Several pieces of the same work at a time.
 *
 * @module
 */

/**
 * Does work for each of several things, at most `atOnce` at a time, in their
 * order. `goesOn` ends it: what has begun comes to its end.
 *
 * @param work Must not fail.
 */
export async function inParallel<T>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T) => Promise<void>,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const rest = [...things];
  const worker = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      if (!goesOn()) return;
      await work(next);
    }
  };
  const count = Math.max(1, Math.min(atOnce, things.length));
  await Promise.all(Array.from({ length: count }, worker));
}
