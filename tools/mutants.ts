/**
 * Breaks the build on purpose, one rule at a time, each in a copy of the
 * checkout, and expects that the simulation or a test notices.
 *
 * @module
 */

import { print } from "./command.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { MUTANTS } from "./mutants/table.ts";
import { GATE, type Trial, tryMutant } from "./mutants/trial.ts";
import { Workbench } from "./mutants/workbench.ts";

const HELP = `usage: make mutants [ONLY=NAME[,NAME...]] [SEEDS=N] [JOBS=N]
       tools/deno run -A tools/mutants.ts [--help | --list]

Applies each change of the table in tools/mutants to a copy of the checkout and
expects that something goes red: a seed of the simulation, or a test where a
simulated world cannot show the difference. What failed is run once more on the
checkout as it is, where it must pass.

  ONLY   names of mutants, with commas between; without, all of them
  SEEDS  how many seeds are tried for each, from 1 on (${GATE.seeds}, as the gate does)
  JOBS   how many mutants are tried side by side (2)

Examples:
  make mutants                              all of them, a quarter of an hour
  make mutants ONLY=swap-source-and-target  one of them
  tools/deno run -A tools/mutants.ts --list what there is, and which rule each breaks

Exit status: 0 all were caught, 1 one was not, 2 usage, 130 after Ctrl-C.`;

/** Exit status after Ctrl-C. */
const INTERRUPTED = 130;

interface Orders {
  readonly mutants: readonly Mutant[];
  readonly seeds: number;
  readonly jobs: number;
}

function numberFrom(variable: string, otherwise: number): number {
  const text = Deno.env.get(variable) ?? "";
  if (text === "") return otherwise;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new TypeError(`${variable} must be a whole number: "${text}"`);
}

function readOrders(): Orders {
  const names = (Deno.env.get("ONLY") ?? "").split(",")
    .map((name) => name.trim()).filter((name) => name !== "");
  const strange = names.find((name) =>
    !MUTANTS.some((mutant) => mutant.name === name)
  );
  if (strange !== undefined) {
    throw new TypeError(
      `There is no mutant "${strange}"; there are ${
        MUTANTS.map(({ name }) => name).join(", ")
      }`,
    );
  }
  return {
    mutants: MUTANTS.filter(({ name }) =>
      names.length === 0 || names.includes(name)
    ),
    seeds: numberFrom("SEEDS", GATE.seeds),
    jobs: numberFrom("JOBS", 2),
  };
}

function describe(
  { caught, how, mutant, seconds, why }: Trial,
  done: string,
): string {
  const verdict = caught ? `caught by ${how}` : `NOT CAUGHT: ${how}`;
  return `${done} ${mutant.name}: ${verdict}, ${seconds.toFixed(1)} s\n` +
    `    breaks: ${mutant.breaks}` + (why === "" ? "" : `\n    ${why}`);
}

/** Tries all, some side by side; the exit status. */
async function main({ jobs, mutants, seeds }: Orders): Promise<number> {
  await using workbench = await Workbench.open();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => workbench[Symbol.asyncDispose]());
  }
  const begun = performance.now();
  const waiting = [...mutants];
  const trials: Trial[] = [];
  const work = async (place: number) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (workbench.cleared) return;
      const trial = await tryMutant(workbench, next, { place, seeds })
        .catch((error) => ifWanted(workbench, error));
      if (trial === null || workbench.cleared) return;
      trials.push(trial);
      print(describe(trial, `[${trials.length}/${mutants.length}]`));
    }
  };
  print(`${mutants.length} mutants, ${jobs} at a time`);
  await Promise.all(Array.from({ length: jobs }, (_, place) => work(place)));
  if (workbench.cleared) return INTERRUPTED;
  const survivors = trials.filter(({ caught }) => !caught)
    .map(({ mutant }) => mutant.name);
  const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
  print(
    `${
      trials.length - survivors.length
    } of ${trials.length} mutants caught in ${seconds} s` +
      (survivors.length === 0 ? "" : `; NOT CAUGHT: ${survivors.join(", ")}`),
  );
  return survivors.length === 0 ? 0 : 1;
}

/** What fails while all is cleared away, fails for that. */
function ifWanted({ cleared }: Workbench, error: unknown): null {
  if (cleared) return null;
  throw error;
}

async function command(args: readonly string[]): Promise<number> {
  const [option] = args;
  if (option === "--help") {
    print(HELP);
    return 0;
  }
  if (option === "--list") {
    for (const { breaks, name } of MUTANTS) print(`${name}: ${breaks}`);
    return 0;
  }
  try {
    if (option !== undefined) throw new TypeError(`What is "${option}"?`);
    return await main(readOrders());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    await Deno.stderr.write(
      new TextEncoder().encode(`${error.message}\nSee --help\n`),
    );
    return 2;
  }
}

Deno.exit(await command(Deno.args));
