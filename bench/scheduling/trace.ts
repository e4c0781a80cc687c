/**
 * The mounts that the benchmark of scheduling asks for: the same ones for every
 * way to schedule them.
 *
 * @module
 */

/** One mount: asked for at a time, held for a time, dismounted deferred. */
export interface TracedMount {
  readonly id: number;
  readonly submittedMs: number;
  readonly cartridge: number;
  readonly application: string;
  readonly holdMs: number;
}

/** What a trace is drawn from. */
export interface TraceShape {
  readonly seed: number;
  readonly mounts: number;
  readonly cartridges: number;
  readonly applications: number;
  /** How skewed the choice of cartridges is: the k-th is asked for as 1 / k^exponent. */
  readonly zipfExponent: number;
  /** Holds last `holdLeastMs`, and on top exponentially with this mean. */
  readonly holdLeastMs: number;
  readonly holdMoreMs: number;
  /** Mean time between two mounts, exponential. */
  readonly betweenMs: number;
}

/** Numbers from 0 to 1, the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

function exponential(random: () => number, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

/** Where popular cartridges are has nothing to do with how popular they are. */
function shuffled(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** Sums of the weights of the cartridges, by popularity. */
function weights(count: number, exponent: number): number[] {
  let sum = 0;
  return Array.from(
    { length: count },
    (_, index) => sum += (index + 1) ** -exponent,
  );
}

/** The first index whose sum reaches a value. */
function indexOf(sums: readonly number[], value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Draws a trace. */
export function drawTrace(shape: TraceShape): TracedMount[] {
  const random = mulberry32(shape.seed);
  const places = shuffled(shape.cartridges, random);
  const sums = weights(shape.cartridges, shape.zipfExponent);
  const total = sums.at(-1) ?? 0;
  let submittedMs = 0;
  return Array.from({ length: shape.mounts }, (_, id) => {
    submittedMs += exponential(random, shape.betweenMs);
    return {
      id,
      submittedMs,
      cartridge: places[indexOf(sums, random() * total)] ?? 0,
      application: `application ${Math.floor(random() * shape.applications)}`,
      holdMs: shape.holdLeastMs + exponential(random, shape.holdMoreMs),
    };
  });
}
