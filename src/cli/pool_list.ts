/**
 * `rsm pool list`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { listPools } from "./resolve_pool.ts";
import { drawTable } from "./table.ts";
import { VIEWS } from "./view_columns.ts";

/** Lists the media pools of all levels. */
export const poolList: Command = {
  name: "pool list",
  summary: "List the media pools",
  operands: [],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm pool list", what: "List the pools of all levels" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const pools = await withSession(context, args, listPools);
    if (output.json) return output.value({ mediaPools: pools });
    const rows = pools.toSorted((a, b) => a.path < b.path ? -1 : 1);
    output.data(
      drawTable(rows, VIEWS.mediaPool, {
        style: output.style,
        ...output.tableWidth,
      }).join("\n"),
    );
  },
};
