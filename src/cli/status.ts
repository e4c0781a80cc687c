/**
 * `rsm status`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { drawMaps } from "./library_map.ts";
import { withProgress } from "./progress.ts";
import { resolveLibrary } from "./resolve_library.ts";

/** Shows the map of each library. */
export const status: Command = {
  name: "status",
  summary: "Show each library: drives, ports, slots, pools, what waits",
  operands: [{
    name: "LIBRARY",
    optional: true,
    summary: "Id, name or device of one library (default: all)",
  }],
  options: [
    { name: "all", short: "a", summary: "Show every slot with its bar code" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm status", what: "Show the map of each library" },
    { line: "rsm status --all", what: "Leave nothing out, however many slots" },
    { line: "rsm status --json", what: "The same for programs" },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output, io } = context;
    const name = args.operand("LIBRARY");
    await withSession(context, args, async (session) => {
      const library = name === undefined
        ? null
        : (await resolveLibrary(session, name)).id;
      const reading = session.map(library);
      const libraries = await withProgress(
        context,
        "Reading the map",
        reading,
      );
      if (output.json) return output.value({ libraries });
      output.data(drawMaps(libraries, {
        columns: output.columns,
        style: output.style,
        all: args.flag("all"),
        whole: !io.outIsTerminal,
        nowMs: io.clock.now(),
      }));
    });
  },
};
