/**
 * `rsm library set`.
 *
 * @module
 */

import type { ObjectChange } from "../model/managing_calls.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { UsageError } from "./usage_error.ts";

const YES_OR_NO = ["yes", "no"] as const;
const METHODS = ["none", "fast", "omid"] as const;

function changeOf(args: Arguments): ObjectChange {
  const name = args.text("name");
  const description = args.text("description");
  const method = METHODS.find((each) => each === args.text("inventory"));
  const check = args.text("check-labels");
  const clean = args.text("auto-clean");
  const recover = args.text("auto-recovery");
  return {
    ...name === undefined ? {} : { name },
    ...description === undefined ? {} : { description },
    ...method === undefined ? {} : { inventoryMethod: method },
    ...check === undefined ? {} : { checkLabels: check === "yes" },
    ...clean === undefined ? {} : { autoClean: clean === "yes" },
    ...recover === undefined ? {} : { autoRecovery: recover === "yes" },
  };
}

/** Changes the settings of a library. */
export const librarySet: Command = {
  name: "library set",
  summary: "Change the name or the settings of a library",
  operands: [{ name: "LIBRARY", summary: "Its id, name or device" }],
  options: [
    { name: "name", short: "n", value: "NAME", summary: "Its new name" },
    { name: "description", value: "TEXT", summary: "Its new description" },
    {
      name: "inventory",
      value: "METHOD",
      choices: METHODS,
      summary:
        "How it takes stock by itself: omid also reads the labels of new media",
    },
    {
      name: "check-labels",
      value: "YES",
      choices: YES_OR_NO,
      summary: "Whether to read labels before media are handed out: yes or no",
    },
    {
      name: "auto-clean",
      value: "YES",
      choices: YES_OR_NO,
      summary:
        "Whether a drive that asks for a cleaning gets it by itself: yes or no",
    },
    {
      name: "auto-recovery",
      value: "YES",
      choices: YES_OR_NO,
      summary: "Whether a failed mount starts an inventory: yes or no",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm library set VL-demo --inventory omid",
      what: "Read the labels of media that turn up in a library",
    },
    {
      line: "rsm library set VL-demo --check-labels no",
      what: "Hand media out without a look at their labels",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const change = changeOf(args);
    if (Object.keys(change).length === 0) {
      throw new UsageError(
        'Cannot run "rsm library set": nothing is to be changed',
        'See "rsm library set --help"',
      );
    }
    const library = await withSession(context, args, async (session) => {
      const { id } = await resolveLibrary(session, args.required("LIBRARY"));
      await session.change(id, change);
      return await session.object(id);
    });
    if (output.json) return output.value({ library });
    output.words(`Changed library ${library.name}`);
  },
};
