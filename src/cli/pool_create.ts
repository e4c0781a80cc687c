/**
 * `rsm pool create`.
 *
 * @module
 */

import type { CreateMode } from "../model/states.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { createPool } from "./create_pool.ts";
import { limitOf } from "./pool_set.ts";

function modeOf(args: Arguments): CreateMode {
  if (args.flag("existing")) return "existing";
  return args.flag("if-missing") ? "always" : "new";
}

/** Creates a media pool; its id goes to the data. */
export const poolCreate: Command = {
  name: "pool create",
  summary: "Create a media pool for an application",
  details: [
    'A pool holds media of one type. Its name is a path: "backup/daily" is the pool daily in the pool backup, which must exist. The id of the pool is printed.',
  ],
  operands: [{ name: "NAME", summary: "Name of the pool, or its path" }],
  options: [
    {
      name: "type",
      short: "t",
      value: "TYPE",
      summary: "Media type it holds (default: the only one there is)",
    },
    { name: "draw", summary: "Draw from the free pool when it is empty" },
    { name: "return", summary: "Give media back to the free pool" },
    {
      name: "max-allocates",
      value: "NUMBER",
      summary: "How often a side may be allocated (default: no limit)",
    },
    { name: "pools", summary: "Hold pools instead of media" },
    { name: "if-missing", summary: "Be content when it exists" },
    { name: "existing", summary: "Only tell its id; make none" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm pool create backup --type LTO-6 --draw --return",
      what: "Create a pool that takes its media from the free pool",
    },
    {
      line: "rsm pool create archive --if-missing",
      what: "Create a pool unless it exists",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const limit = limitOf(args.text("max-allocates")) ?? 0;
    const pool = await withSession(
      context,
      args,
      (session) =>
        createPool(session, {
          path: args.required("NAME"),
          type: args.flag("pools") ? null : args.text("type"),
          drawFromFree: args.flag("draw"),
          returnToFree: args.flag("return"),
          maxAllocates: limit,
          mode: modeOf(args),
        }),
    );
    if (output.json) return output.value(pool);
    output.data(pool.id);
    output.words(`Pool ${pool.path}`);
  },
};
