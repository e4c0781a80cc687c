/**
 * Runs every benchmark of `bench/`, one after the other; the one that needs an
 * sg device in the kernel lab, where that is installed.
 *
 * @module
 */
import { labMissing } from "../tests/lab/kernel_lab.ts";
import { type Ended, mustRun, print, run } from "./command.ts";
import { jsrIsReachable, TOP } from "./imports.ts";

const IN_THE_LAB = "ffi_bench.ts";
const C_LOOP = "dist/tur_loop.so";

/** Runs all, also after one that missed its aim; gives back whether none did. */
async function main(): Promise<boolean> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(new URL("bench/", TOP))) {
    if (name.endsWith("_bench.ts")) names.push(name);
  }
  let held = true;
  for (const name of names.sort()) {
    print(`bench/${name}`);
    const ended = name === IN_THE_LAB ? await inTheLab() : await here(name);
    if (ended === null) continue;
    print((ended.stdout + ended.stderr).trimEnd());
    held &&= ended.code === 0;
  }
  return held;
}

async function here(name: string): Promise<Ended> {
  // What the benchmark starts itself has to find its imports, too.
  const handedOn = jsrIsReachable()
    ? []
    : ["--import-map=tools/offline/import_map.json", "--no-lock"];
  return await run(
    ["tools/deno", "run", "-A", `bench/${name}`, ...handedOn],
  );
}

async function inTheLab(): Promise<Ended | null> {
  const missing = labMissing();
  if (missing !== null) {
    print(`skipped: ${missing}`);
    return null;
  }
  await Deno.mkdir(new URL("dist/", TOP), { recursive: true });
  await mustRun([
    "cc",
    "-O2",
    "-shared",
    "-fPIC",
    "-o",
    C_LOOP,
    "bench/tur_loop.c",
  ]);
  return await run([
    "tools/deno",
    "run",
    "-A",
    "tests/lab/main.ts",
    "--",
    "sh",
    "-c",
    `TUR_LOOP="$PWD/${C_LOOP}" CHANGER_SG="$LAB_CHANGER_SG" ` +
    `exec deno run -A --no-lock bench/${IN_THE_LAB}`,
  ]);
}

if (!await main()) Deno.exit(1);
