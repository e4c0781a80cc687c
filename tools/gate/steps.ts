/**
 * The one gate, as a table: what must hold before a change is good.
 *
 * @module
 */
import { labMissing } from "../../tests/lab/kernel_lab.ts";
import { labTests, nativeObstacle } from "./machine.ts";
import type { Step } from "./run_step.ts";

/** The modules that package users import (deno.json, `exports`). */
export const ENTRY_POINTS = [
  "mod.ts",
  "src/ntms/ntmsapi.ts",
  "service.ts",
  "cli.ts",
] as const;

const DENO = "tools/deno";
/** Types have a step of their own. */
const TEST = [DENO, "test", "-A", "--no-check"];
/** Tests on the real kernel, for which the kernel lab is started. */
const LAB = await labTests();
/** Have steps of their own; `native` is what tests/native_test.ts runs. */
const APART = [
  "tests/architecture_test.ts",
  "tests/documentation_test.ts",
  "tests/native_test.ts",
];

/**
 * In the order in which they run: what fails most often and fastest first. The
 * kernel lab keeps one processor busy, so the last four share the machine.
 */
export const STEPS: readonly Step[] = [
  {
    name: "format",
    why: "one layout for all files",
    command: [DENO, "fmt", "--check"],
    limitSeconds: 60,
  },
  {
    name: "lint",
    why: "recommended and JSR rules, without exceptions",
    command: [DENO, "lint"],
    limitSeconds: 60,
  },
  {
    name: "types",
    why: "every file passes the strict type check",
    command: [DENO, "check", "."],
    limitSeconds: 180,
  },
  {
    name: "docs",
    why: "every public symbol is documented",
    command: [DENO, "doc", "--lint", ...ENTRY_POINTS],
    limitSeconds: 60,
  },
  {
    name: "architecture",
    why: "imports go only downwards",
    command: [...TEST, "tests/architecture_test.ts"],
    limitSeconds: 60,
  },
  {
    name: "native",
    why: "C builds without a warning and passes its sanitized tests",
    command: ["make", "-C", "native", "all", "test"],
    limitSeconds: 180,
    obstacle: nativeObstacle,
  },
  {
    name: "publish",
    why: "JSR would take the package as it is",
    command: [DENO, "run", "-A", "tools/publish_check.ts"],
    limitSeconds: 120,
  },
  {
    name: "tests",
    why: "unit, property and process tests",
    command: [DENO, "run", "-A", "tools/test_folders.ts", ...APART, ...LAB],
    limitSeconds: 480,
  },
  {
    name: "lab",
    why: "the same story on the kernel's own ch, sg and st drivers",
    command: [...TEST, ...LAB],
    limitSeconds: 360,
    together: true,
    obstacle: labMissing,
  },
  {
    name: "examples",
    why: "every example of the documentation works",
    command: [...TEST, "tests/documentation_test.ts"],
    limitSeconds: 120,
    together: true,
  },
  {
    name: "demo",
    why: "the README's first command",
    command: ["tools/demo"],
    limitSeconds: 120,
    together: true,
  },
  {
    name: "binary",
    why: "dist/rsm is built and does the demo on its own",
    command: [DENO, "run", "-A", "tools/compile.ts", "--demo"],
    limitSeconds: 240,
    together: true,
  },
];
