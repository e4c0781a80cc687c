/**
 * Declares tests that need the kernel lab.
 *
 * @module
 */
import { labMissing } from "./kernel_lab.ts";

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
