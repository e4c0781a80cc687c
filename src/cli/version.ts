/**
 * `rsm version`.
 *
 * @module
 */

import type { Command } from "./command.ts";

/** Tells the version of this program and of what runs it. */
export const version: Command = {
  name: "version",
  summary: "Tell the version",
  operands: [],
  options: [],
  examples: [{
    line: "rsm version",
    what: "Tell the version of rsm and of Deno",
  }],
  run({ output, program }) {
    const versions = { rsm: program.version, deno: Deno.version.deno };
    if (output.json) output.value(versions);
    else output.data(`rsm ${versions.rsm} (deno ${versions.deno})`);
    return Promise.resolve();
  },
};
