/**
 * `rsm operator list`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { isOpen } from "./resolve_operator_request.ts";
import { drawTable } from "./table.ts";
import { VIEWS } from "./view_columns.ts";

/** Lists what people are asked for. */
export const operatorList: Command = {
  name: "operator list",
  summary: "List what the service and programs ask people for",
  details: [
    "A request that is listed is active from then on: a person has seen it. With --json a program reads it, and it stays as it is.",
  ],
  operands: [],
  options: [
    { name: "all", short: "a", summary: "List those that are settled too" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm operator list", what: "List what is to be done" },
    { line: "rsm operator list --all", what: "List what was done, too" },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    await withSession(context, args, async (session) => {
      const every = await session.objects("operatorRequest");
      const requests = args.flag("all") ? every : every.filter(isOpen);
      if (output.json) return output.value({ operatorRequests: requests });
      if (requests.length === 0) return output.words("Nothing to do");
      output.data(
        drawTable(requests, VIEWS.operatorRequest, {
          style: output.style,
          ...output.tableWidth,
        }).join("\n"),
      );
      const unseen = requests.filter(({ state }) => state === "submitted");
      await session.operators.show(unseen.map(({ id }) => id));
    });
  },
};
