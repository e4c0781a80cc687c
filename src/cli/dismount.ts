/**
 * `rsm dismount`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { withProgress } from "./progress.ts";
import { MEDIUM, resolveMedium } from "./resolve_medium.ts";

/** Dismounts a medium. */
export const dismount: Command = {
  name: "dismount",
  summary: "Take a medium out of its drive",
  operands: [MEDIUM],
  options: [
    {
      name: "deferred",
      summary: "Leave it in the drive until the drive is needed",
    },
    {
      name: "wait",
      summary: "Wait until it is away (default: until that is queued)",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm dismount monday --wait",
      what: "Put it back into its slot, and wait for that",
    },
    {
      line: "rsm dismount monday --deferred",
      what: "Leave it in the drive, for the next mount to be quick",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output, signal } = context;
    const word = args.required(MEDIUM.name);
    const options = {
      deferred: args.flag("deferred"),
      wait: args.flag("wait"),
      signal,
    };
    await withSession(context, args, async (session) => {
      const { id } = await resolveMedium(session, word);
      const dismounting = session.dismount(id, options);
      await withProgress(context, "Dismounting", dismounting);
      const { deferred, wait } = options;
      if (output.json) {
        return output.value({ medium: id, deferred, finished: wait });
      }
      const done = wait ? "Dismounted" : "Dismount queued of";
      output.words(`${deferred ? "May be dismounted:" : done} ${word}`);
    });
  },
};
