import { assertEquals, assertMatch } from "@std/assert";
import {
  runStep,
  type Step,
  type StepResult,
} from "../../tools/gate/run_step.ts";

async function run(
  step: Partial<Step> & Pick<Step, "command">,
): Promise<StepResult & { readonly printed: string }> {
  const logs = await Deno.makeTempDir({ prefix: "rsm_gate_test_" });
  const lines: string[] = [];
  try {
    const result = await runStep(
      { name: "step", why: "a test", limitSeconds: 30, ...step },
      logs,
      (line) => lines.push(line),
    );
    return { ...result, printed: lines.join("\n") };
  } finally {
    await Deno.remove(logs, { recursive: true });
  }
}

const ONE_PASSED = { passed: 1, failed: 0, skipped: 0 };
const ONE_FAILED = { passed: 0, failed: 1, skipped: 0 };
const ONE_SKIPPED = { passed: 0, failed: 0, skipped: 1 };

Deno.test("a step that ends well is one test passed", async () => {
  assertEquals((await run({ command: ["true"] })).counts, ONE_PASSED);
});

Deno.test("a step that fails is one test failed, and its output is shown", async () => {
  const { counts, printed } = await run({
    command: ["sh", "-c", "echo what went wrong >&2; exit 3"],
  });
  assertEquals(counts, ONE_FAILED);
  assertMatch(printed, /what went wrong/);
  assertMatch(printed, /FAILED in .* exit status 3/);
});

Deno.test("a step whose tests pass but that ends badly has failed", async () => {
  const { counts } = await run({
    command: ["sh", "-c", "echo '5 passed, 0 failed'; exit 1"],
  });
  assertEquals(counts, { passed: 5, failed: 1, skipped: 0 });
});

Deno.test("a step that does not end has failed, with all that it started", async () => {
  const { counts, printed } = await run({
    command: ["sh", "-c", "sleep 60 & sleep 60"],
    limitSeconds: 1,
  });
  assertEquals(counts, ONE_FAILED);
  assertMatch(printed, /not finished after 1 s/);
});

Deno.test("a step that cannot run on this machine is skipped with its reason", async () => {
  const { counts, skips } = await run({
    command: ["false"],
    obstacle: () => "no tape library",
  });
  assertEquals(counts, ONE_SKIPPED);
  assertEquals(skips, ["no tape library"]);
});

Deno.test("a step may find out by itself that it cannot run", async () => {
  const { counts, skips } = await run({
    command: ["sh", "-c", "echo binary skipped: no network; exit 77"],
  });
  assertEquals(counts, ONE_SKIPPED);
  assertEquals(skips, ["binary skipped: no network"]);
});
