/**
 * Runs the tests folder by folder, two at a time, each folder in a process of
 * its own: `tools/deno run -A tools/test_folders.ts [NOT_THIS...]`.
 *
 * `deno test --parallel` would run them in threads of one process, which share
 * what a process has one of: the umask, the working directory, the handle
 * table, the threads for native calls. Tests change these.
 *
 * @module
 */
import { print, run } from "./command.ts";
import { TOP } from "./imports.ts";

/** One for each processor of a small machine. */
const AT_A_TIME = 2;
/** A folder that takes longer hangs; far above what the slowest needs. */
const LIMIT_SECONDS = "420";

async function main(excluded: readonly string[]): Promise<number> {
  const units: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(TESTS)) {
    if (excluded.includes(`tests/${name}`)) continue;
    if (isDirectory || name.endsWith("_test.ts")) units.push(`tests/${name}`);
  }
  let worst = 0;
  const longest = LONGEST.filter((unit) => units.includes(unit));
  const waiting = [...new Set([...longest, ...units.sort()])];
  const runner = async () => {
    for (let unit = waiting.shift(); unit; unit = waiting.shift()) {
      const code = await runUnit(unit, excluded);
      worst = Math.max(worst, code);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, runner));
  return worst;
}

const TESTS = new URL("tests/", TOP);
/** They begin first: one of them at the end would run alone. */
const LONGEST = [
  "tests/crash",
  "tests/conformance",
  "tests/simulation",
  "tests/cli",
  "tests/manager",
  "tests/service",
];
/** Holds docs/conformance.md against what its tests show; runs them itself. */
const CONFORMANCE = {
  unit: "tests/conformance",
  command: ["run", "-A", "tools/conformance.ts", "--check"],
} as const;

async function runUnit(
  unit: string,
  excluded: readonly string[],
): Promise<number> {
  const ignored = excluded.length > 0 ? [`--ignore=${excluded.join(",")}`] : [];
  const test = ["test", "-A", "--no-check", "--permit-no-files", ...ignored];
  const { code, stdout, stderr } = await run([
    "timeout",
    "--kill-after=10",
    LIMIT_SECONDS,
    "tools/deno",
    ...(unit === CONFORMANCE.unit ? CONFORMANCE.command : [...test, unit]),
  ]);
  print(`${unit}: exit status ${code}`);
  print((stdout + stderr).trimEnd());
  return code;
}

Deno.exit(await main(Deno.args));
