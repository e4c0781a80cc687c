/**
 * Runs every benchmark of `bench/`, one after the other; those that need sg
 * devices in the kernel lab, where that is installed.
 *
 * @module
 */
import { labMissing } from "../tests/lab/kernel_lab.ts";
import { type Ended, mustRun, print, run } from "./command.ts";
import { jsrIsReachable, TOP } from "./imports.ts";

const IN_THE_LAB = ["ffi_bench.ts", "mount_bench.ts"];
/** What those load: `dist/NAME.so` of `bench/NAME.c`. */
const C_PARTS = ["tur_loop", "cdb_list", "user_clock"];

/** Runs all, also after one that missed its aim; gives back whether none did. */
async function main(): Promise<boolean> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(new URL("bench/", TOP))) {
    if (name.endsWith("_bench.ts")) names.push(name);
  }
  let held = true;
  for (const name of names.sort()) {
    print(`bench/${name}`);
    const ended = IN_THE_LAB.includes(name)
      ? await inTheLab(name)
      : await here(name);
    if (ended === null) continue;
    print((ended.stdout + ended.stderr).trimEnd());
    held &&= ended.code === 0;
  }
  return held;
}

/** What a runtime needs to find the imports that `tools/deno` finds; `online` where it finds them itself. */
function imports(...online: readonly string[]): readonly string[] {
  return jsrIsReachable()
    ? online
    : ["--import-map=tools/offline/import_map.json", "--no-lock"];
}

async function here(name: string): Promise<Ended> {
  // What the benchmark starts itself has to find its imports, too.
  return await run(
    ["tools/deno", "run", "-A", `bench/${name}`, ...imports()],
  );
}

async function inTheLab(name: string): Promise<Ended | null> {
  const missing = labMissing();
  if (missing !== null) {
    print(`skipped: ${missing}`);
    return null;
  }
  await Deno.mkdir(new URL("dist/", TOP), { recursive: true });
  for (const part of C_PARTS) {
    const flags = ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"];
    await mustRun(
      ["cc", ...flags, "-o", `dist/${part}.so`, `bench/${part}.c`],
    );
  }
  return await run([
    "tools/deno",
    "run",
    "-A",
    "tests/lab/main.ts",
    "--",
    "sh",
    "-c",
    // Without the clock of real kernels the aims are not to be had: both told.
    `export TUR_LOOP="$PWD/dist/tur_loop.so" CDB_LIST="$PWD/dist/cdb_list.so"
    export CHANGER_SG="$LAB_CHANGER_SG"
    bench="deno run -A ${imports("--no-lock").join(" ")} bench/${name}"
    echo "user-mode Linux as it is, where to look at the clock is a system call"
    $bench
    echo "with a clock as all real kernels have it (bench/user_clock.c)"
    LD_PRELOAD="$PWD/dist/user_clock.so" exec $bench`,
  ]);
}

if (!await main()) Deno.exit(1);
