/**
 * `rsm demo`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { DemoStory } from "./demo_story.ts";
import { UsageError } from "./usage_error.ts";

const DEFAULT_SPEED = "20";

/** The value of `--speed`, as the virtual library takes it. */
function speedOf(args: Arguments): string {
  const speed = args.text("speed") ?? DEFAULT_SPEED;
  const valid = speed === "none" || speed === "real" ||
    (/^\d{1,6}(\.\d{1,3})?$/.test(speed) && Number(speed) > 0);
  if (valid) return speed;
  throw new UsageError(
    `"${speed}" is no speed`,
    "Give none, real, or how many times faster than a real library",
  );
}

/** Shows the whole path on a virtual library. */
export const demo: Command = {
  name: "demo",
  summary: "Show it all on a virtual library: needs no hardware, takes seconds",
  details: [
    "Starts a service of its own in a temporary directory, opens a session over its socket, allocates a medium, mounts it, writes to it, mounts it again and reads it back, and gives it back. Nothing is left behind.",
  ],
  operands: [],
  options: [{
    name: "speed",
    value: "SPEED",
    summary:
      `none (the robot takes no time), real, or how many times faster than real (default: ${DEFAULT_SPEED})`,
  }],
  examples: [
    { line: "rsm demo", what: "Show it" },
    { line: "rsm demo --speed none", what: "Show it as fast as it goes" },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const speed = speedOf(args);
    const directory = await Deno.makeTempDir({ prefix: "rsm-demo-" });
    try {
      const story = new DemoStory(context, directory, speed);
      const steps = await story.tell();
      const { output } = context;
      if (output.json) return output.value({ steps });
      output.words(
        `Try it: rsm serve --library 'virtual:demo?slots=24&drives=2' --trust-bar-codes\nand, in another terminal: rsm status`,
      );
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
};
