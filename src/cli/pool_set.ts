/**
 * `rsm pool set`.
 *
 * @module
 */

import type { ObjectChange } from "../model/managing_calls.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { POOL } from "./pool_commands.ts";
import { resolveMediaType, resolvePool } from "./resolve_pool.ts";
import { UsageError } from "./usage_error.ts";

const YES_OR_NO = ["yes", "no"] as const;

/** What the options ask for; without the media type, whose id is not known yet. */
function changeOf(args: Arguments): ObjectChange {
  const name = args.text("name");
  const description = args.text("description");
  const draw = args.text("draw");
  const giveBack = args.text("return");
  const maxAllocates = limitOf(args.text("max-allocates"));
  const check = args.text("check-labels");
  return {
    ...name === undefined ? {} : { name },
    ...description === undefined ? {} : { description },
    ...draw === undefined ? {} : { drawFromFree: draw === "yes" },
    ...giveBack === undefined ? {} : { returnToFree: giveBack === "yes" },
    ...maxAllocates === undefined ? {} : { maxAllocates },
    ...check === undefined ? {} : { checkLabels: check === "yes" },
  };
}

/** An allocation limit as it is written on a command line. */
export function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new UsageError(
    `Cannot read "--max-allocates": "${text}" is no whole number`,
    "Give the most allocations of a side, 0 for no limit",
  );
}

/** Changes a pool. */
export const poolSet: Command = {
  name: "pool set",
  summary: "Change the name, the policies or the limit of a media pool",
  operands: [POOL],
  options: [
    { name: "name", short: "n", value: "NAME", summary: "Its new name" },
    { name: "description", value: "TEXT", summary: "Its new description" },
    {
      name: "type",
      short: "t",
      value: "TYPE",
      summary: "Media type it holds; only while it is empty",
    },
    {
      name: "draw",
      value: "YES",
      choices: YES_OR_NO,
      summary: "Whether to draw from the free pool: yes or no",
    },
    {
      name: "return",
      value: "YES",
      choices: YES_OR_NO,
      summary: "Whether to give media back to the free pool: yes or no",
    },
    {
      name: "max-allocates",
      value: "NUMBER",
      summary: "How often a side may be allocated; 0 for no limit",
    },
    {
      name: "check-labels",
      value: "YES",
      choices: YES_OR_NO,
      summary:
        "Whether the label of a medium has to be the known one at its mount: yes or no",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm pool set backup --return yes --max-allocates 50",
      what: "Give media back, and retire a side after 50 allocations",
    },
    {
      line: "rsm pool set backup --name nightly",
      what: "Rename a pool; the pools in it go along",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(POOL.name);
    const type = args.text("type");
    const change = changeOf(args);
    if (type === undefined && Object.keys(change).length === 0) {
      throw new UsageError(
        'Cannot run "rsm pool set": nothing is to be changed',
        'See "rsm pool set --help"',
      );
    }
    const pool = await withSession(context, args, async (session) => {
      const { id } = await resolvePool(session, word);
      const mediaType = type === undefined
        ? {}
        : { mediaType: (await resolveMediaType(session, type)).id };
      await session.change(id, { ...change, ...mediaType });
      return await session.object(id);
    });
    if (output.json) return output.value({ mediaPool: pool });
    output.words(`Changed pool ${pool.name}`);
  },
};
