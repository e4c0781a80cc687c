import { assertEquals } from "@std/assert";
import {
  addCounts,
  closingLine,
  readSummary,
} from "../../tools/gate/summary.ts";

Deno.test("readSummary() reads deno test's closing line", () => {
  const output = "\nok | 3 passed (2 steps) | 0 failed | 1 ignored (4ms)\n";
  assertEquals(readSummary(output).counts, {
    passed: 3,
    failed: 0,
    skipped: 1,
  });
});

Deno.test("readSummary() counts failures", () => {
  const output = "FAILED | 1 passed | 2 failed (1 step) (9ms)";
  assertEquals(readSummary(output).counts, {
    passed: 1,
    failed: 2,
    skipped: 0,
  });
});

Deno.test("readSummary() adds up the programs that ran in one step", () => {
  const output = "2 passed, 0 failed\nnoise\n3 passed, 1 failed, 4 skipped\n";
  assertEquals(readSummary(output).counts, {
    passed: 5,
    failed: 1,
    skipped: 4,
  });
});

Deno.test("readSummary() has no counts where none were printed", () => {
  assertEquals(readSummary("Checked 12 files").counts, null);
});

Deno.test("readSummary() lists ignored tests and printed reasons once", () => {
  const output = [
    "moves a cartridge ... ignored (0ms)",
    "skipping kernel lab tests: the lab lacks tgtd",
    "skipping kernel lab tests: the lab lacks tgtd",
    "native: valgrind skipped: valgrind is not installed",
  ].join("\n");
  assertEquals(readSummary(output).skips, [
    "moves a cartridge",
    "skipping kernel lab tests: the lab lacks tgtd",
    "native: valgrind skipped: valgrind is not installed",
  ]);
});

Deno.test("the closing line sums all steps", () => {
  const sum = addCounts([
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 10, failed: 3, skipped: 0 },
  ]);
  assertEquals(closingLine(sum), "11 passed, 3 failed, 2 skipped");
});
