/**
 * Runs the tests of the documented API and writes docs/conformance.md from what
 * they showed (`make conformance`); with `--check` it only compares, and fails
 * where the page tells anything else.
 *
 * @module
 */

import { matrixOf, problemsOf } from "../tests/conformance/matrix.ts";
import { matrixPage } from "../tests/conformance/matrix_page.ts";
import { RECORD_DIRECTORY, type Shown } from "../tests/conformance/record.ts";
import { print, run } from "./command.ts";
import { isRecord, TOP } from "./imports.ts";

const HELP = `usage: tools/deno run -A tools/conformance.ts [--check]

Runs tests/conformance and writes docs/conformance.md from what the run showed.

  --check  writes nothing; fails where the page differs from the run

Exit status: 0 all holds, 1 a test failed or the page differs, 2 usage.`;

const PAGE = new URL("docs/conformance.md", TOP);
const TESTS = "tests/conformance";
/** Lines of the page that are shown where it differs. */
const LINES_SHOWN = 10;

async function main(args: readonly string[]): Promise<number> {
  const [option, ...more] = args;
  const check = option === "--check";
  if (more.length > 0 || (option !== undefined && !check)) {
    print(HELP);
    return option === "--help" && more.length === 0 ? 0 : 2;
  }
  const directory = await Deno.makeTempDir({ prefix: "rsm_conformance_run_" });
  try {
    const status = await runTests(directory);
    if (status !== 0) return status;
    return await account(await shownIn(directory), check);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function runTests(directory: string): Promise<number> {
  const { code, stdout, stderr } = await run(
    ["tools/deno", "test", "-A", "--no-check", TESTS],
    { env: { [RECORD_DIRECTORY]: directory } },
  );
  print((stdout + stderr).trimEnd());
  return code;
}

async function shownIn(directory: string): Promise<Shown[]> {
  const text = await Deno.readTextFile(`${directory}/shown.jsonl`);
  return text.trim().split("\n").map((line) => shownFrom(JSON.parse(line)));
}

function shownFrom(value: unknown): Shown {
  if (
    isRecord(value) && typeof value.function === "string" &&
    (typeof value.what === "string" || typeof value.what === "number") &&
    typeof value.test === "string"
  ) {
    const { function: name, obstacle, test, what } = value;
    const shown = { function: name, what, test };
    return typeof obstacle === "string" ? { ...shown, obstacle } : shown;
  }
  throw new TypeError(`No record of a test: ${JSON.stringify(value)}`);
}

async function account(all: readonly Shown[], check: boolean): Promise<number> {
  const matrix = matrixOf(all);
  const problems = problemsOf(matrix);
  for (const problem of problems) print(problem);
  const page = await layOut(matrixPage(matrix));
  if (check) {
    return differs(page, await readPage()) || problems.length > 0 ? 1 : 0;
  }
  // What this machine cannot run may stand in the page, but only a machine that can writes it.
  const obstacles = new Set(all.flatMap(({ obstacle }) => obstacle ?? []));
  for (const obstacle of obstacles) print(`Nothing is written: ${obstacle}`);
  if (obstacles.size > 0) return 1;
  await Deno.writeTextFile(PAGE, page);
  print(`${PAGE.pathname} is written`);
  return problems.length > 0 ? 1 : 0;
}

async function readPage(): Promise<string> {
  try {
    return await Deno.readTextFile(PAGE);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function differs(page: string, committed: string): boolean {
  if (page === committed) return false;
  const before = committed.split("\n");
  const now = page.split("\n");
  const gone = before.filter((line) => !now.includes(line));
  const come = now.filter((line) => !before.includes(line));
  print("docs/conformance.md is not what this run showed:");
  for (const line of gone.slice(0, LINES_SHOWN)) print(`- ${squeeze(line)}`);
  for (const line of come.slice(0, LINES_SHOWN)) print(`+ ${squeeze(line)}`);
  print("make conformance writes it anew");
  return true;
}

/** A table's line without its padding. */
function squeeze(line: string): string {
  return line.replace(/ {2,}|-{4,}/g, " ");
}

/** Lays out as `deno fmt` does, so that the gate's format check holds for the page too. */
async function layOut(page: string): Promise<string> {
  const formatter = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "md", "-"],
    cwd: TOP,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = formatter.stdin.getWriter();
  await writer.write(new TextEncoder().encode(page));
  await writer.close();
  const { code, stdout } = await formatter.output();
  if (code !== 0) throw new Error(`deno fmt ended with exit status ${code}`);
  return new TextDecoder().decode(stdout);
}

Deno.exit(await main(Deno.args));
