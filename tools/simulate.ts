/**
 * The simulation as a command, behind `make sim`: runs one seed (`SEED`) or
 * many (`SEEDS`, from `SEED` on, on as many processes as there are processors,
 * or `JOBS`) of so many `STEPS`, and says how to see a failure again. `WITHOUT`
 * names kinds of trouble to leave out, `VERBOSE=1` prints every event.
 *
 * @module
 */

import { describeFailure } from "../tests/simulation/account.ts";
import { Catalogues, shrink } from "../tests/simulation/campaign.ts";
import { runSeeds } from "../tests/simulation/seed_processes.ts";
import { KINDS } from "../tests/simulation/simulation.ts";
import { print } from "./command.ts";

const STEPS = 1_000;
const SEEDS = 100;

interface Orders {
  readonly first: number;
  readonly count: number;
  readonly steps: number;
  readonly without: ReadonlySet<string>;
  readonly verbose: boolean;
  readonly jobs: number;
}

function numberFrom(variable: string): number | null {
  const text = Deno.env.get(variable) ?? "";
  if (text === "") return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new TypeError(`${variable} must be a whole number: "${text}"`);
}

function readOrders(): Orders {
  const seed = numberFrom("SEED");
  const without = (Deno.env.get("WITHOUT") ?? "").split(",")
    .map((kind) => kind.trim()).filter((kind) => kind !== "");
  const strange = without.find((kind) => !KINDS.includes(kind));
  if (strange !== undefined) {
    throw new TypeError(
      `There is no trouble "${strange}"; there are ${KINDS.join(", ")}`,
    );
  }
  return {
    first: seed ?? 1,
    count: numberFrom("SEEDS") ?? (seed === null ? SEEDS : 1),
    steps: numberFrom("STEPS") ?? STEPS,
    without: new Set(without),
    jobs: numberFrom("JOBS") ?? navigator.hardwareConcurrency,
    verbose: (Deno.env.get("VERBOSE") ?? "") !== "",
  };
}

/** Runs what was ordered; whether all of it held. */
async function main(): Promise<boolean> {
  const orders = readOrders();
  const { verbose, without } = orders;
  const { account, red } = await runSeeds({
    ...orders,
    ...(verbose ? { jobs: 1, listener: print } : {}),
  });
  if (red !== null) {
    const shrunk = await shrink(await Catalogues.open(), red, without);
    print(describeFailure(red, shrunk));
  }
  print(account.lines().join("\n"));
  return red === null;
}

if (import.meta.main) {
  try {
    Deno.exitCode = await main() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    await Deno.stderr.write(new TextEncoder().encode(`${error.message}\n`));
    Deno.exitCode = 2;
  }
}
