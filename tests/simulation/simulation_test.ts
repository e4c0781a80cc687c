/**
 * Seeds of the simulation as a part of the gate. `SEEDS` says how many, and
 * `STEPS` of how many steps each.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { Account, describeFailure } from "./account.ts";
import { Catalogues, shrink } from "./campaign.ts";
import { Chance } from "./chance.ts";

/** Together they take about three quarters of a minute on two idle processors. */
const SEEDS = 300;
const STEPS = 60;

function numberFrom(variable: string, otherwise: number): number {
  const text = Deno.env.get(variable) ?? "";
  return /^\d+$/.test(text) ? Number(text) : otherwise;
}

Deno.test("no cartridge is lost, doubled or given to another, whatever goes wrong", async () => {
  const seeds = numberFrom("SEEDS", SEEDS);
  const steps = numberFrom("STEPS", STEPS);
  const account = new Account();
  await using catalogues = await Catalogues.open();
  for (let seed = 1; seed <= seeds; seed++) {
    const outcome = await catalogues.run({ seed, steps });
    account.add(outcome);
    if (outcome.violation === null) continue;
    const shrunk = await shrink(catalogues, outcome);
    throw new Error(describeFailure(outcome, shrunk));
  }
  await Deno.stdout.write(
    new TextEncoder().encode(`${account.lines().join("\n")}\n`),
  );
});

Deno.test("a seed gives the same run each time, and another seed another one", async () => {
  await using catalogues = await Catalogues.open();
  const first = await catalogues.run({ seed: 7, steps: 150 });
  const again = await catalogues.run({ seed: 7, steps: 150 });
  const other = await catalogues.run({ seed: 8, steps: 150 });
  assertEquals(again.fingerprint, first.fingerprint);
  assertEquals(again.counts, first.counts);
  assert(other.fingerprint !== first.fingerprint);
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
