/**
 * `rsm ui test`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { EXIT } from "./exit_codes.ts";
import { withProgress } from "./progress.ts";
import { DESTINATION } from "./ui_lists.ts";

/** Sends a message to try a destination. */
export const uiTest: Command = {
  name: "ui test",
  summary: "Send a message to an e-mail address or URL, to see it arrive",
  operands: [DESTINATION],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm ui test operators@example.org",
    what: "Send a test by mail",
  }],
  async run(context: Context, args: Arguments): Promise<number> {
    const { output } = context;
    const destination = args.required(DESTINATION.name);
    const result = await withSession(
      context,
      args,
      (session) =>
        withProgress(context, "Sending", session.ui.test(destination)),
    );
    if (output.json) output.value({ destination, ...result });
    else if (result.delivered) output.words(`${destination} took the message`);
    else {
      output.words(
        `rsm: ${destination} did not take the message: ${result.reason}`,
      );
    }
    return result.delivered ? EXIT.ok : EXIT.failure;
  },
};
