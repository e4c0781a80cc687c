/**
 * `rsm deallocate`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { MEDIUM, resolveLogicalMedium } from "./resolve_medium.ts";

/** Gives a medium back. */
export const deallocate: Command = {
  name: "deallocate",
  summary: "Give a medium back; what is on it may be overwritten then",
  operands: [MEDIUM],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm deallocate monday",
    what: "Give the medium of this name back to its pool, or the free pool",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(MEDIUM.name);
    const logicalMedium = await withSession(context, args, async (session) => {
      const id = await resolveLogicalMedium(session, word);
      await session.deallocate(id);
      return id;
    });
    if (output.json) return output.value({ logicalMedium });
    output.words(`Deallocated ${word}`);
  },
};
