/**
 * Runs one step of the gate and says how it went.
 *
 * @module
 */
import { type Counts, readSummary } from "./summary.ts";

/** One row of the gate's table. */
export interface Step {
  readonly name: string;
  /** What it holds, shown while it runs. */
  readonly why: string;
  /** Program and arguments, from the top of the checkout. */
  readonly command: readonly string[];
  /** Longer than this is a failure; the processes are then ended. */
  readonly limitSeconds: number;
  /** Runs beside the others of this kind, after all that run alone. */
  readonly together?: true;
  /** Why it cannot run on this machine; null if it can. */
  readonly obstacle?: () => string | null | Promise<string | null>;
}

/** How a step went. */
export interface StepResult {
  readonly step: Step;
  readonly counts: Counts;
  /** What it did not run, and why. */
  readonly skips: readonly string[];
}

const HEARTBEAT_MS = 20_000;
const TIMED_OUT = 124;
/** Exit status of a step that finds out by itself that it cannot run here. */
export const SKIPPED = 77;
/** Lines of a failed step's output that are shown; its log has the rest. */
const LINES_SHOWN = 150;
const ESCAPES = new RegExp(String.raw`\u001b\[[0-9;]*m`, "g");

/** Runs the step; its output goes to `LOGS/NAME.log` and is shown if it fails. */
export async function runStep(
  step: Step,
  logs: string,
  print: (line: string) => void,
): Promise<StepResult> {
  const say = (line: string) => print(`  ${step.name}: ${line}`);
  print(`${step.name}: ${step.why}`);
  const obstacle = await step.obstacle?.() ?? null;
  if (obstacle !== null) return skipped(step, [obstacle], say);
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const heartbeat = setInterval(
    () => say(`still running after ${seconds()} s`),
    HEARTBEAT_MS,
  );
  try {
    const log = `${logs}/${step.name}.log`;
    const code = await runLogged(step, log);
    const output = (await Deno.readTextFile(log)).replaceAll(ESCAPES, "");
    const { counts, skips } = readSummary(output);
    if (code === SKIPPED) return skipped(step, skips, say);
    const result = { step, counts: settle(counts, code), skips };
    if (result.counts.failed === 0) {
      say(`ok in ${seconds()} s${counts ? `, ${counts.passed} tests` : ""}`);
    } else {
      for (const line of lastLines(output)) print(`  | ${line}`);
      say(
        code === TIMED_OUT
          ? `FAILED: not finished after ${step.limitSeconds} s`
          : `FAILED in ${seconds()} s with exit status ${code}`,
      );
      say(`whole output: ${log}; again: ${step.command.join(" ")}`);
    }
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

function skipped(
  step: Step,
  skips: readonly string[],
  say: (line: string) => void,
): StepResult {
  say(`skipped: ${skips.join("; ")}`);
  return { step, counts: { passed: 0, failed: 0, skipped: 1 }, skips };
}

/** A step that fails without a failed test (a crash, a leak) is one failure. */
function settle(counts: Counts | null, code: number): Counts {
  const ok = code === 0;
  if (counts === null) {
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  }
  if (ok || counts.failed > 0) return counts;
  return { ...counts, failed: 1 };
}

/** Sends all output to the log, so that nothing left behind holds a pipe open. */
async function runLogged(step: Step, log: string): Promise<number> {
  // timeout(1) ends the whole process group.
  const { code } = await new Deno.Command("sh", {
    args: [
      "-c",
      'exec timeout --kill-after=10 "$LIMIT" "$@" >"$LOG" 2>&1',
      "sh",
      ...step.command,
    ],
    env: { NO_COLOR: "1", LIMIT: String(step.limitSeconds), LOG: log },
    stdin: "null",
  }).output();
  return code;
}

function lastLines(output: string): string[] {
  const lines = output.trimEnd().split("\n");
  return lines.slice(-LINES_SHOWN);
}
