/**
 * Runs every benchmark of `bench/`, one after the other; the one that needs an
 * sg device in the kernel lab, where that is installed.
 *
 * @module
 */
import { labMissing } from "../tests/lab/kernel_lab.ts";
import { mustRun, print } from "./command.ts";
import { jsrIsReachable, TOP } from "./imports.ts";

const IN_THE_LAB = "ffi_bench.ts";
const C_LOOP = "dist/tur_loop.so";

async function main(): Promise<void> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(new URL("bench/", TOP))) {
    if (name.endsWith("_bench.ts")) names.push(name);
  }
  for (const name of names.sort()) {
    print(`bench/${name}`);
    print(name === IN_THE_LAB ? await inTheLab() : await here(name));
  }
}

async function here(name: string): Promise<string> {
  // What the benchmark starts itself has to find its imports, too.
  const handedOn = jsrIsReachable()
    ? []
    : ["--import-map=tools/offline/import_map.json", "--no-lock"];
  const { stdout } = await mustRun(
    ["tools/deno", "run", "-A", `bench/${name}`, ...handedOn],
  );
  return stdout.trimEnd();
}

async function inTheLab(): Promise<string> {
  const missing = labMissing();
  if (missing !== null) return `skipped: ${missing}`;
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
  const { stdout } = await mustRun([
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
  return stdout.trimEnd();
}

await main();
