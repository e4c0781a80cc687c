/**
 * Seeds of the simulation as a part of the gate. `SEEDS` says how many, and
 * `STEPS` of how many steps each.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { print } from "../../tools/command.ts";
import { describeFailure } from "./account.ts";
import { Catalogues, shrink } from "./campaign.ts";
import { Chance } from "./chance.ts";
import { runSeeds } from "./seed_processes.ts";

/** Together they take about three quarters of a minute on two idle processors. */
const SEEDS = 300;
const STEPS = 60;

function numberFrom(variable: string, otherwise: number): number {
  const text = Deno.env.get(variable) ?? "";
  return /^\d+$/.test(text) ? Number(text) : otherwise;
}

Deno.test("no cartridge is lost, doubled or given to another, whatever goes wrong", async () => {
  const count = numberFrom("SEEDS", SEEDS);
  const steps = numberFrom("STEPS", STEPS);
  const jobs = navigator.hardwareConcurrency;
  const { account, red } = await runSeeds({ first: 1, count, jobs, steps });
  if (red !== null) {
    const shrunk = await shrink(await Catalogues.open(), red);
    throw new Error(describeFailure(red, shrunk));
  }
  print(account.lines().join("\n"));
});

Deno.test("a seed gives the same run each time, and another seed another one", async () => {
  const catalogues = await Catalogues.open();
  const first = await catalogues.run({ seed: 7, steps: 150 });
  const again = await catalogues.run({ seed: 7, steps: 150 });
  const other = await catalogues.run({ seed: 8, steps: 150 });
  assertEquals(again.fingerprint, first.fingerprint);
  assertEquals(again.counts, first.counts);
  assert(other.fingerprint !== first.fingerprint);
});

Deno.test("several processes come to what one does, seed by seed", async () => {
  const count = 6;
  const seeds = { first: 1, count, steps: 40 };
  const one = await runSeeds({ ...seeds, jobs: 1 });
  const three = await runSeeds({ ...seeds, jobs: 3 });
  assertEquals(three.account.counts, one.account.counts);
  assertEquals(three.red, one.red);
});

Deno.test("chance is the same for the same seed and stream, and even", () => {
  const draws = (seed: number, stream: string) => {
    const chance = new Chance(seed, stream);
    return Array.from({ length: 4_000 }, () => chance.below(10));
  };
  assertEquals(draws(1, "a"), draws(1, "a"));
  assert(draws(1, "a").join() !== draws(1, "b").join());
  assert(draws(1, "a").join() !== draws(2, "a").join());
  for (let face = 0; face < 10; face++) {
    const count = draws(3, "a").filter((draw) => draw === face).length;
    assert(count > 300 && count < 500, `${face} came ${count} times of 4000`);
  }
});
