/**
 * The simulation as a command, behind `make sim`: runs one seed (`SEED`) or
 * many (`SEEDS`, from `SEED` on) of so many `STEPS`, and says how to see a
 * failure again. `WITHOUT` names kinds of trouble to leave out, `VERBOSE=1`
 * prints every event.
 *
 * @module
 */

import { Account, describeFailure } from "../tests/simulation/account.ts";
import { Catalogues, shrink } from "../tests/simulation/campaign.ts";
import { KINDS, type Run } from "../tests/simulation/simulation.ts";

const STEPS = 1_000;
const SEEDS = 100;

interface Orders {
  readonly first: number;
  readonly count: number;
  readonly steps: number;
  readonly without: ReadonlySet<string>;
  readonly verbose: boolean;
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
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
    verbose: (Deno.env.get("VERBOSE") ?? "") !== "",
  };
}

/** Runs what was ordered; whether all of it held. */
async function main(): Promise<boolean> {
  const { count, first, steps, verbose, without } = readOrders();
  const account = new Account();
  const lines: string[] = [];
  await using catalogues = await Catalogues.open();
  for (let seed = first; seed < first + count; seed++) {
    const run: Run = {
      seed,
      steps,
      without,
      ...(verbose ? { listener: (line) => lines.push(line) } : {}),
    };
    const outcome = await catalogues.run(run);
    account.add(outcome);
    if (verbose) await print(lines.splice(0).join("\n"));
    if (outcome.violation === null) continue;
    const shrunk = await shrink(catalogues, outcome, without);
    await print(describeFailure(outcome, shrunk));
    await print(account.lines().join("\n"));
    return false;
  }
  await print(account.lines().join("\n"));
  return true;
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
