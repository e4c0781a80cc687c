/**
 * Many runs, one after the other: what they came to, and the smallest run that
 * still shows a failure.
 *
 * @module
 */

import { Database } from "../../src/database/mod.ts";
import { CatalogueConnection } from "./catalogue_connection.ts";
import { KINDS, type Outcome, type Run, simulate } from "./simulation.ts";

/** A place for catalogues, in memory where the system has such a place. */
export class Catalogues implements AsyncDisposable {
  readonly #directory: string;
  readonly #empty: string;
  #made = 0;

  private constructor(directory: string) {
    this.#directory = directory;
    this.#empty = `${directory}/empty.sqlite`;
  }

  /** Makes the place, and an empty catalogue to copy from. */
  static async open(): Promise<Catalogues> {
    const memory = await Deno.stat("/dev/shm").catch(() => null);
    const directory = await Deno.makeTempDir({
      prefix: "rsm-simulation-",
      ...(memory?.isDirectory ? { dir: "/dev/shm" } : {}),
    });
    const catalogues = new Catalogues(directory);
    const empty = await Database.open(
      catalogues.#empty,
      (path) => new CatalogueConnection(path),
    );
    await empty[Symbol.asyncDispose]();
    return catalogues;
  }

  /** Runs a simulation on a new catalogue. */
  async run(run: Run): Promise<Outcome> {
    const path = `${this.#directory}/${++this.#made}.sqlite`;
    await Deno.copyFile(this.#empty, path);
    try {
      return await simulate(run, path);
    } finally {
      await Deno.remove(path);
    }
  }

  /** See {@linkcode AsyncDisposable}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#directory, { recursive: true });
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
