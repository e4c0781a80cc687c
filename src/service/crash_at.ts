/**
 * Ends this process at a chosen moment, for tests of what the next start makes
 * of it. `RSM_CRASH_AT=17 rsm serve` kills itself at the 17th crash point that
 * it passes, `RSM_CRASH_AT=call.move.before:2` the second time it is about to
 * move a cartridge; of several, with commas between, at the one that is
 * reached first. The points are those of src/manager/crash_points.ts.
 *
 * @module
 */

import { allCrashPoints, type Crash } from "../manager/mod.ts";
import { NtmsError } from "../model/mod.ts";

const VARIABLE = "RSM_CRASH_AT";

/** Where to end the process. */
export interface CrashPlan {
  /** Counts this point alone; null counts all. */
  readonly point: string | null;
  /** Which time it is passed, from 1. */
  readonly time: number;
}

/**
 * Takes plans apart.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER when one is none.
 */
export function parseCrashPlans(text: string): readonly CrashPlan[] {
  const known = new Set<string>(allCrashPoints());
  return text.split(",").map((part) => {
    const [, point, time] = /^(?:([a-zA-Z.]+)(?::|$))?(\d{1,9})?$/.exec(part) ??
      [];
    const right = part !== "" && !part.endsWith(":") && time !== "0" &&
      (point === undefined ? time !== undefined : known.has(point));
    if (right) return { point: point ?? null, time: Number(time ?? 1) };
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `${VARIABLE} must name crash points such as 17, call.move.before or call.move.before:2, with commas between: "${part}"`,
    );
  });
}

/** A crash port that carries out the plan that is reached first by `end`. */
export function crashBy(
  plans: readonly CrashPlan[],
  end: (point: string, passed: number) => void,
): Crash {
  const times = new Map<string, number>();
  let all = 0;
  return (now) => {
    const time = (times.get(now) ?? 0) + 1;
    times.set(now, time);
    all++;
    const reached = plans.some((plan) =>
      plan.point === null
        ? plan.time === all
        : plan.point === now && plan.time === time
    );
    if (reached) end(now, all);
  };
}

/** The crash port that the environment asks for; null in every other case, which is production. */
export function crashFromEnvironment(): Crash | null {
  const descriptor = { name: "env", variable: VARIABLE } as const;
  // Nobody is asked to permit what is only for tests.
  if (Deno.permissions.querySync(descriptor).state !== "granted") return null;
  const text = Deno.env.get(VARIABLE);
  return text === undefined || text === ""
    ? null
    : crashBy(parseCrashPlans(text), killThisProcess);
}

/** As a power cut ends it: nothing that would run later runs. */
function killThisProcess(point: string, passed: number): never {
  Deno.stderr.writeSync(
    new TextEncoder().encode(`rsm: crash point ${passed} ${point}\n`),
  );
  Deno.kill(Deno.pid, "SIGKILL");
  // The signal may reach the other threads first.
  for (;;);
}
