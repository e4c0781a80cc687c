/**
 * Tries whether one mutant is noticed: the broken copy must fail, and what
 * failed must pass on the checkout as it is.
 *
 * @module
 */

import { TOP } from "../imports.ts";
import type { Mutant } from "./mutant.ts";
import { failureIn } from "./outcome_lines.ts";
import type { Finished, Workbench } from "./workbench.ts";

/** The seeds and steps that the gate runs (tests/simulation). */
export const GATE = { seeds: 300, steps: 60 } as const;

/** How long the seeds, or a test, may take with a mutant. */
const LIMIT_MS = 600_000;

/** What came of a mutant. */
export interface Trial {
  readonly mutant: Mutant;
  readonly caught: boolean;
  /** What caught it, or why nothing did. */
  readonly how: string;
  /** What failed, in the words of what caught it. */
  readonly why: string;
  readonly seconds: number;
}

/** Options of a trial. */
export interface TrialOptions {
  /** Which of the copies made side by side to use. */
  readonly place: number;
  /** How many seeds to try. */
  readonly seeds: number;
}

type Finding = Pick<Trial, "caught" | "how" | "why">;

/** Tries a mutant. */
export async function tryMutant(
  workbench: Workbench,
  mutant: Mutant,
  options: TrialOptions,
): Promise<Trial> {
  const begun = performance.now();
  const cwd = await workbench.copy(mutant, options.place);
  const finding = mutant.caughtBy.by === "simulation"
    ? await trySeeds(
      workbench,
      cwd,
      options.seeds,
      mutant.caughtBy.steps ?? GATE.steps,
    )
    : await tryTest(workbench, cwd, mutant.caughtBy);
  return {
    mutant,
    ...finding,
    seconds: (performance.now() - begun) / 1_000,
  };
}

async function trySeeds(
  workbench: Workbench,
  cwd: string,
  seeds: number,
  steps: number,
): Promise<Finding> {
  const run = (cwd: string | URL, first: number, last: number) =>
    workbench.deno(
      [
        "run",
        "-A",
        "--no-check",
        FIRST_FAILURE,
        ...[first, last, steps].map(String),
      ],
      { cwd, limitMs: LIMIT_MS },
    );
  const finished = await run(cwd, 1, seeds);
  const failure = failureIn(finished.output);
  if (failure === null) {
    return notCaught(finished, `${seeds} seeds of ${steps} steps pass`);
  }
  const { seed, violation } = failure;
  const how = `SEED=${seed} STEPS=${steps}`;
  const unbroken = await run(TOP, seed, seed);
  return unbroken.code === 0 && failureIn(unbroken.output) === null
    ? { caught: true, how, why: violation }
    : notCaught(unbroken, `${how} fails without the change, too`);
}

const FIRST_FAILURE = "tools/mutants/first_failure.ts";

async function tryTest(
  workbench: Workbench,
  cwd: string,
  { file, test }: { readonly file: string; readonly test: string },
): Promise<Finding> {
  const run = (cwd: string | URL) =>
    workbench.deno(
      ["test", "-A", "--no-check", `--filter=${test}`, file],
      { cwd, limitMs: LIMIT_MS },
    );
  const how = `deno test -A ${file} --filter "${test}"`;
  const finished = await run(cwd);
  if (!/\| [1-9]\d* failed/.test(finished.output)) {
    return notCaught(finished, `${how} passes`);
  }
  const unbroken = await run(TOP);
  return unbroken.code === 0 && /ok \| [1-9]\d* passed/.test(unbroken.output)
    ? { caught: true, how, why: firstError(finished.output) }
    : notCaught(unbroken, `${how} does not pass without the change`);
}

function notCaught({ code, output }: Finished, reason: string): Finding {
  if (code === null) {
    const how = `no end after ${LIMIT_MS / 1_000} s`;
    return { caught: false, how, why: output.slice(-500) };
  }
  // Also a build that cannot even be loaded tells nothing.
  return code === 0
    ? { caught: false, how: reason, why: "" }
    : { caught: false, how: reason, why: output.slice(-2_000) };
}

function firstError(output: string): string {
  const line = output.split("\n").find((text) => /^error: /.test(text)) ?? "";
  return line.replace(/^error: /, "");
}
