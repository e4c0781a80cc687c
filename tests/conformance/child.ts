/**
 * Runs a module of this directory in a process of its own.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

/**
 * What the module writes to its output. No configuration and no import map:
 * the library that programs import needs none. `through` is a command that runs
 * the one that follows it.
 */
export async function runChild(
  permissions: readonly string[],
  module: string,
  args: readonly string[] = [],
  through: readonly string[] = [],
): Promise<string> {
  const [program = "", ...before] = [...through, Deno.execPath()];
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [
      ...before,
      "run",
      "--quiet",
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "--no-npm",
      "--no-remote",
      ...permissions,
      new URL(module, import.meta.url).pathname,
      ...args,
    ],
    env: { NO_COLOR: "1", RSM_SOCKET: "" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  assertEquals(code, 0, decoder.decode(stderr));
  return decoder.decode(stdout);
}
