/**
 * How well the scheduling of the manager uses a library: 10,000 mounts of
 * 5,000 cartridges by 12 drives and one or two arms, in a simulation of
 * discrete events whose decisions come from `src/manager/scheduling`. Beside
 * it, on the same trace: first come first served, the rule that this project
 * had before, and the least that any way to schedule could take.
 *
 * The trace: arrivals at random (exponential), just denser than the library
 * can bear; cartridges by Zipf's law with exponent 0.92; each mount held for
 * 20 s and on top exponentially with a mean of 220 s; 40 applications; all of
 * one priority. The times of a mount are in `scheduling/timing.ts`. Two arms
 * each have a rail of their own, so that neither stands in the way of the other.
 *
 * Run: `deno run bench/scheduling_bench.ts`
 *
 * @module
 */
import { LIMITS } from "../src/model/mod.ts";
import { lowerBound } from "./scheduling/bound.ts";
import { type Outcome, SimulatedLibrary } from "./scheduling/library.ts";
import { policies } from "./scheduling/policies.ts";
import { SIZE } from "./scheduling/timing.ts";
import { drawTrace, type TracedMount } from "./scheduling/trace.ts";

const SHAPE = {
  seed: 5,
  mounts: 10_000,
  cartridges: SIZE.slots,
  applications: 40,
  zipfExponent: 0.92,
  holdLeastMs: 20_000,
  holdMoreMs: 220_000,
} as const;
/** Between arrivals, by the number of arms: two bear more. */
const BETWEEN_MS = new Map([[1, 23_500], [2, 22_700]]);
const AGEING_LIMIT_MS = LIMITS.requestOvertakenMs;
/** How many times the lower bound ours may take. */
const AIM_OF_BOUND = 1.15;
/** How many times as long as ours first come first served takes, at least. */
const AIM_OF_FIRST_COME = 1.5;

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Makespan, waits and what came of the library, as one line. */
function describe(
  name: string,
  { makespanMs, waitsMs, hits, armLoad }: Outcome,
  boundMs: number,
): string {
  const sorted = waitsMs.toSorted((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  const columns = [
    (makespanMs / 3_600_000).toFixed(2),
    (makespanMs / boundMs).toFixed(3),
    (mean(waitsMs) / 60_000).toFixed(1),
    (p99 / 60_000).toFixed(1),
    ((sorted.at(-1) ?? 0) / 60_000).toFixed(1),
    String(hits),
    `${Math.round(armLoad * 100)} %`,
  ];
  return name.padEnd(36) + columns.map((text) => text.padStart(9)).join("");
}

const HEAD = "".padEnd(36) + [
  "makespan",
  "x bound",
  "mean",
  "p99",
  "longest",
  "found in",
  "arms",
].map((text) => text.padStart(9)).join("") + "\n" + "".padEnd(36) +
  ["h", "", "min", "min", "min", "drive", "moving"]
    .map((text) => text.padStart(9)).join("");

/** Runs a trace every way; whether ours met the aims. */
async function compare(
  trace: readonly TracedMount[],
  arms: number,
): Promise<boolean> {
  const bound = lowerBound(trace, arms, AGEING_LIMIT_MS);
  await print(
    `${arms} arm${arms > 1 ? "s" : ""}, ${trace.length} mounts\n${HEAD}`,
  );
  let firstComeMs = Infinity;
  let held = true;
  for (const policy of policies(AGEING_LIMIT_MS)) {
    const outcome = new SimulatedLibrary(arms, policy).run(trace);
    await print(describe(policy.name, outcome, bound.withLimitMs));
    const { makespanMs, waitsMs } = outcome;
    if (policy.kind === "first come") {
      firstComeMs = Math.min(firstComeMs, makespanMs);
    }
    if (policy.kind !== "ours") continue;
    const ofBound = makespanMs / bound.withLimitMs;
    const ofFirstCome = firstComeMs / makespanMs;
    const longestMs = Math.max(...waitsMs);
    const met = ofBound <= AIM_OF_BOUND && ofFirstCome >= AIM_OF_FIRST_COME &&
      longestMs <= AGEING_LIMIT_MS;
    held &&= met;
    await print(
      `  ${ofBound.toFixed(3)} of the bound (aim ${AIM_OF_BOUND}), ` +
        `${ofFirstCome.toFixed(2)} times the throughput of first come ` +
        `(aim ${AIM_OF_FIRST_COME}), longest wait ${
          Math.round(longestMs / 60_000)
        } of ${AGEING_LIMIT_MS / 60_000} min: ${met ? "met" : "MISSED"}`,
    );
  }
  const hours = (ms: number) => (ms / 3_600_000).toFixed(2);
  await print(
    `lower bound ${hours(bound.withLimitMs)} h where no mount waits longer ` +
      `than the ageing limit, ${hours(bound.withoutLimitMs)} h without limit\n`,
  );
  return held;
}

let met = true;
for (const [arms, betweenMs] of BETWEEN_MS) {
  met = await compare(drawTrace({ ...SHAPE, betweenMs }), arms) && met;
}
if (!met) Deno.exit(1);
