/**
 * Many runs, one after the other: what they came to, and the smallest run that
 * still shows a failure.
 *
 * @module
 */

import { Database } from "../../src/database/mod.ts";
import { CatalogueConnection } from "./catalogue_connection.ts";
import { KINDS, type Outcome, type Run, simulate } from "./simulation.ts";

/** Makes the worlds of runs, each with a new catalogue. */
export class Catalogues {
  /** What makes an empty catalogue. */
  readonly #empty: string;

  private constructor(empty: string) {
    this.#empty = empty;
  }

  /** Makes an empty catalogue, to make others like it. */
  static async open(): Promise<Catalogues> {
    const connection = new CatalogueConnection();
    await using _database = await Database.open(":memory:", () => connection);
    return new Catalogues(connection.script());
  }

  /** Runs a simulation on a new catalogue. */
  run(run: Run): Promise<Outcome> {
    return simulate(run, new CatalogueConnection(this.#empty));
  }
}

/** The smallest run that is known to fail, beginning with one that does. */
export async function shrink(
  catalogues: Catalogues,
  outcome: Outcome,
  left: ReadonlySet<string> = new Set(),
): Promise<{ run: Run; outcome: Outcome }> {
  let steps = outcome.steps;
  let without = new Set(left);
  let smallest = outcome;
  const fails = async (steps: number, without: ReadonlySet<string>) => {
    const seed = outcome.seed;
    const next = await catalogues.run({ seed, steps, without });
    if (next.violation !== null) smallest = next;
    return next.violation !== null;
  };
  // A run that failed while healing may fail after fewer steps, too.
  for (let less = steps; outcome.healing && less >= 1;) {
    less = Math.floor(less / 2);
    if (!await fails(less, without)) break;
    steps = smallest.steps;
  }
  for (const kind of KINDS) {
    const fewer = new Set([...without, kind]);
    if (await fails(steps, fewer)) {
      without = fewer;
      steps = smallest.steps;
    }
  }
  return { run: { seed: outcome.seed, steps, without }, outcome: smallest };
}
