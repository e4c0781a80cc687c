/**
 * Stories in the kernel lab.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { runInLab } from "../lab/kernel_lab.ts";

/** Runs the tests of a file of this folder in the lab, beside a library of four cartridges. */
export async function runStory(file: string): Promise<void> {
  const result = await runInLab({
    slots: 6,
    cartridges: 4,
    drives: 2,
    ports: 1,
    cwd: new URL("../..", import.meta.url).pathname,
    command: [
      Deno.execPath(),
      "test",
      "-A",
      "--no-check",
      "--no-lock",
      "--import-map=tools/offline/import_map.json",
      `tests/story/${file}`,
    ],
  });
  assertEquals(result.code, 0, `${result.stdout}\n${result.stderr}`);
}
