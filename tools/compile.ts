/**
 * Makes `dist/rsm`, one binary that needs no Deno: bundles cli.ts with the
 * native library in it, and puts the runtime in front. `--demo` then lets the
 * binary do the demo, with nothing but itself.
 *
 * The runtime (`denort`) comes from Deno's download host. Where that cannot be
 * reached, `$RSM_DENORT` names a script that prints DENO and DENORT_BIN, a Deno
 * and the runtime of the same version; `../shared/lab/denort` is one.
 *
 * @module
 */
import { mustRun, print, run } from "./command.ts";
import { writeEmbeddedModule } from "./embedded_module.ts";
import { SKIPPED } from "./gate/run_step.ts";
import { currentImports, TOP } from "./imports.ts";

const BUILD = new URL("dist/build/", TOP);
/** A service runs for months: garbage is collected before the memory grows. */
const V8_FLAGS = "--optimize-for-size";
const BUNDLE = "dist/rsm.js";
const BINARY = "dist/rsm";
const DEMO_LIMIT_SECONDS = "90";
const DEFAULT_DENORT = "../shared/lab/denort";

async function main(args: readonly string[]): Promise<number> {
  await Deno.mkdir(BUILD, { recursive: true });
  await bundle();
  const why = await compile();
  if (why !== null) {
    print(`${BINARY} skipped: ${why}`);
    return SKIPPED;
  }
  const { size } = await Deno.stat(new URL(BINARY, TOP));
  print(`${BINARY}: ${(size / 1e6).toFixed(0)} MB`);
  if (args.includes("--demo")) await demonstrate();
  return 0;
}

/** One module of all, in which the copy of ffi/embedded.ts has the library. */
async function bundle(): Promise<void> {
  const embedded = new URL("embedded.ts", BUILD);
  await writeEmbeddedModule(embedded.pathname);
  const imports = {
    ...await currentImports(),
    [new URL("ffi/embedded.ts", TOP).href]: embedded.href,
  };
  const importMap = new URL("import_map.json", BUILD);
  await Deno.writeTextFile(importMap, JSON.stringify({ imports }));
  // A copy: the bundle needs other entries than the checkout.
  const lock = new URL("deno.lock", BUILD);
  await Deno.copyFile(new URL("deno.lock", TOP), lock);
  await mustRun([
    Deno.execPath(),
    "bundle",
    "--platform=deno",
    `--import-map=${importMap}`,
    `--lock=${lock.pathname}`,
    `--output=${BUNDLE}`,
    "cli.ts",
  ]);
}

/** Compiles; gives back why it cannot be done here, or null. */
async function compile(): Promise<string | null> {
  const command = await compileCommand();
  const plain = await run([Deno.execPath(), ...command]);
  if (plain.code === 0) return null;
  if (!plain.stderr.includes("/denort-")) {
    throw new Error(`deno compile failed:\n${plain.stderr}`);
  }
  const script = Deno.env.get("RSM_DENORT") ?? DEFAULT_DENORT;
  const runtime = await runtimeFrom(script);
  if (runtime === null) {
    return "Deno's download host cannot be reached, nor is there a " +
      `${script} that has a runtime (RSM_DENORT names another)`;
  }
  print(`with the runtime that ${script} has`);
  await mustRun([runtime.deno, ...command], {
    env: { DENORT_BIN: runtime.denort, DENO_TLS_CA_STORE: "system" },
  });
  return null;
}

async function compileCommand(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("tools/permissions.txt", TOP));
  const permissions = text.replaceAll(/#.*/g, "").split(/\s+/)
    .filter((flag) => flag !== "");
  return [
    "compile",
    "--no-config",
    "--no-lock",
    "--no-check",
    "--quiet",
    ...permissions,
    `--v8-flags=${V8_FLAGS}`,
    `--output=${BINARY}`,
    BUNDLE,
  ];
}

async function runtimeFrom(
  script: string,
): Promise<{ deno: string; denort: string } | null> {
  const { code, stdout } = await run([
    "bash",
    "-c",
    'text=$("$0") && eval "$text" && printf "%s\n%s\n" "$DENO" "$DENORT_BIN"',
    script,
  ]);
  const [deno, denort] = stdout.split("\n");
  if (code !== 0 || deno === undefined || denort === undefined) return null;
  return { deno, denort };
}

/** No Deno in PATH, no checkout, an empty home: only the binary. */
async function demonstrate(): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "rsm_binary_" });
  try {
    const binary = new URL(BINARY, TOP).pathname;
    const limited = ["--signal=KILL", DEMO_LIMIT_SECONDS, binary, "demo"];
    const { stdout } = await mustRun(["timeout", ...limited], {
      cwd: home,
      clearEnv: true,
      env: { HOME: home, PATH: "/usr/bin:/bin", TMPDIR: home },
    });
    print(stdout.trimEnd());
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.exit(await main(Deno.args));
