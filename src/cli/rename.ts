/**
 * `rsm rename`.
 *
 * @module
 */

import type { ObjectChange } from "../model/managing_calls.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { OBJECT, resolveObject, typeOfWord } from "./resolve_object.ts";
import { UsageError } from "./usage_error.ts";

function changeBy(args: Arguments): ObjectChange {
  const name = args.operand("NAME");
  const description = args.text("description");
  if (name === undefined && description === undefined) {
    throw new UsageError(
      'Cannot run "rsm rename": there is neither a new name nor a description',
      "Give a name, or --description, or both",
    );
  }
  return {
    ...name === undefined ? {} : { name },
    ...description === undefined ? {} : { description },
  };
}

/** Changes the name or the description of an object. */
export const rename: Command = {
  name: "rename",
  summary: "Change the name or the description of an object",
  details: [
    "Libraries, pools, cartridges, sides and logical media have names of their own; everything has a description.",
  ],
  operands: [
    ...OBJECT,
    { name: "NAME", optional: true, summary: "Its new name" },
  ],
  options: [
    {
      name: "description",
      value: "TEXT",
      summary: "Its new description",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [{
    line: "rsm rename cartridge DEMO01L6 first --description Mine",
    what: "Give a cartridge a name and a description",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const change = changeBy(args);
    const type = typeOfWord(args.required("TYPE"));
    const word = args.required("OBJECT");
    const id = await withSession(context, args, async (session) => {
      const { id } = await resolveObject(session, type, word);
      await session.change(id, change);
      return id;
    });
    if (output.json) return output.value({ id, ...change });
    output.words(`Changed ${word}`);
  },
};
