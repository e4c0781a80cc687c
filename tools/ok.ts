/**
 * The one gate (`make test`, `deno task ok`): runs every step of
 * gate/steps.ts, or only those that are named, and ends with one line,
 * `N passed, N failed, N skipped`.
 *
 * @module
 */
import { print } from "./command.ts";
import { runStep, type Step, type StepResult } from "./gate/run_step.ts";
import { STEPS } from "./gate/steps.ts";
import { addCounts, closingLine } from "./gate/summary.ts";
import { TOP } from "./imports.ts";

const LOGS = ".deno/gate";

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) =>
    !STEPS.some((step) => step.name === name)
  );
  if (unknown.length > 0) {
    const known = STEPS.map((step) => step.name).join(", ");
    print(`No step of the gate is named ${unknown.join(", ")}: ${known}`);
    return 2;
  }
  Deno.chdir(TOP);
  await Deno.mkdir(LOGS, { recursive: true });
  const started = performance.now();
  const chosen = STEPS.filter(({ name }) =>
    names.length === 0 || names.includes(name)
  );
  const results: StepResult[] = [];
  const runAll = async (waiting: Step[]) => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      results.push(await runStep(step, LOGS, print));
    }
  };
  await runAll(chosen.filter(({ together }) => !together));
  const shared = chosen.filter(({ together }) => together);
  await Promise.all([runAll(shared), runAll(shared)]);
  return await report(results, performance.now() - started);
}

async function report(
  results: readonly StepResult[],
  durationMs: number,
): Promise<number> {
  const failed = results.filter((result) => result.counts.failed > 0);
  const skips = results.flatMap(({ step, skips }) =>
    skips.map((skip) => `  ${step.name}: ${skip}`)
  );
  print("");
  if (skips.length > 0) print(["Skipped:", ...skips].join("\n"));
  if (failed.length > 0) {
    print(`Failed: ${failed.map(({ step }) => step.name).join(", ")}`);
  }
  print(`${results.length} steps in ${(durationMs / 1000).toFixed(0)} s`);
  const closing = closingLine(addCounts(results.map(({ counts }) => counts)));
  await Deno.writeTextFile(`${LOGS}/closing`, `${closing}\n`);
  print(closing);
  return failed.length === 0 ? 0 : 1;
}

Deno.exit(await main(Deno.args));
