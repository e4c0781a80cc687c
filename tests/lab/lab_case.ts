/**
 * Declares tests that need the kernel lab.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { labMissing, type LabOptions, runInLab } from "./kernel_lab.ts";

const missing = labMissing();
if (missing !== null) {
  Deno.stderr.writeSync(
    new TextEncoder().encode(`skipping kernel lab tests: ${missing}\n`),
  );
}

/**
 * As `Deno.test`, but ignored where the lab cannot run; what is missing is
 * then printed once for each test file.
 */
export function labTest(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
): void {
  Deno.test({ name, ignore: missing !== null, fn });
}

/**
 * Declares a test that runs a file of tests inside the lab, in one boot.
 *
 * @param file Its path from the root of the repository.
 */
export function labTestFile(
  name: string,
  file: string,
  options: Omit<LabOptions, "command" | "cwd">,
): void {
  labTest(name, async () => {
    const result = await runInLab({
      ...options,
      cwd: new URL("../..", import.meta.url).pathname,
      command: [
        ...[Deno.execPath(), "test", "-A", "--no-check", "--no-lock"],
        ...["--import-map=tools/offline/import_map.json", file],
      ],
    });
    assertEquals(result.code, 0, `${result.stdout}\n${result.stderr}`);
  });
}
