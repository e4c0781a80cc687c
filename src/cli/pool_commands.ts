/**
 * `rsm pool show`, `rsm pool delete` and `rsm pool move`.
 *
 * @module
 */

import type { MediaPoolRecord } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Operand } from "./grammar.ts";
import { moveMedium } from "./move_medium.ts";
import { CARTRIDGE } from "./resolve_medium.ts";
import { resolvePool } from "./resolve_pool.ts";

/** The word of a command line that names a pool. */
export const POOL: Operand = {
  name: "POOL",
  summary: "Path, name or id of a pool",
};

function lines(pool: MediaPoolRecord, mediaType: string): string {
  const facts: readonly (readonly [string, string])[] = [
    ["Path", pool.path],
    ["Id", pool.id],
    ["Kind", pool.kind],
    ["Holds", mediaType],
    ["Description", pool.description],
    ["Draws from free", pool.drawFromFree ? "yes" : "no"],
    ["Returns to free", pool.returnToFree ? "yes" : "no"],
    [
      "Allocation limit",
      pool.maxAllocates === 0 ? "none" : `${pool.maxAllocates} a side`,
    ],
    ["Labels", pool.checkLabels ? "checked at each mount" : "trusted"],
    ["Cartridges", `${pool.cartridgeCount}`],
    ["Allocated", `${pool.logicalMediumCount}`],
    ["Pools in it", `${pool.poolCount}`],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) =>
    `${name.padEnd(width)}  ${value}`.trimEnd()
  ).join("\n");
}

/** Shows all that is known of a pool. */
export const poolShow: Command = {
  name: "pool show",
  summary: "Show a media pool: what it holds, and its policies",
  operands: [POOL],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm pool show backup", what: "Show the pool backup" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(POOL.name);
    const { pool, mediaType } = await withSession(
      context,
      args,
      async (session) => {
        const pool = await resolvePool(session, word);
        const mediaType = pool.mediaType === null
          ? "pools"
          : (await session.object(pool.mediaType)).name;
        return { pool, mediaType };
      },
    );
    if (output.json) return output.value({ mediaPool: pool });
    output.data(lines(pool, mediaType));
  },
};

/** Deletes an empty pool. */
export const poolDelete: Command = {
  name: "pool delete",
  summary: "Delete an application's media pool, which must be empty",
  operands: [POOL],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm pool delete archive", what: "Delete a pool" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(POOL.name);
    const pool = await withSession(context, args, async (session) => {
      const found = await resolvePool(session, word);
      await session.deletePool(found.id);
      return found;
    });
    if (output.json) return output.value({ mediaPool: pool.id });
    output.words(`Deleted pool ${pool.path}`);
  },
};

/** Puts a cartridge into another pool. */
export const poolMove: Command = {
  name: "pool move",
  summary: "Put a cartridge into another media pool",
  details: [
    "Cartridges of the import and unrecognized pools may only go to the free pool, such as Free/LTO-6, where a side is unprepared until it has its free label; where the library trusts bar codes, it is available at once and may be overwritten by whoever is given it.",
  ],
  operands: [CARTRIDGE, POOL],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm pool move DEMO01L6 backup",
    what: "Put a cartridge into the pool backup",
  }],
  run: moveMedium,
};
