/**
 * `rsm enable` and `rsm disable`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { OBJECT, resolveObject, typeOfWord } from "./resolve_object.ts";

const [, object] = OBJECT;
const OPERANDS = [
  { name: "TYPE", summary: "library, drive or cartridge" },
  object,
];

async function act(
  context: Context,
  args: Arguments,
  verb: "enable" | "disable",
): Promise<void> {
  const { output } = context;
  const type = typeOfWord(args.required("TYPE"));
  const word = args.required("OBJECT");
  const { id, request } = await withSession(context, args, async (session) => {
    const { id } = await resolveObject(session, type, word);
    return { id, request: await session[verb](id) };
  });
  if (output.json) return output.value({ id, request });
  output.words(`${verb === "enable" ? "Enabled" : "Disabled"} ${word}`);
}

/** Returns an object to use. */
export const enable: Command = {
  name: "enable",
  summary: "Return a library, drive or cartridge to use",
  operands: OPERANDS,
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm enable drive 1", what: "Use drive 1 again" }],
  run: (context, args) => act(context, args, "enable"),
};

/** Takes an object out of use. */
export const disable: Command = {
  name: "disable",
  summary: "Take a library, drive or cartridge out of use",
  details: [
    "Mounts that want it fail, also those that wait. What is mounted stays so until it is dismounted; what was left in a drive is put away.",
  ],
  operands: OPERANDS,
  options: CLIENT_OPTIONS,
  examples: [
    { line: "rsm disable drive 1", what: "Take a drive out of service" },
    {
      line: "rsm disable cartridge DEMO01L6",
      what: "Keep a cartridge from being mounted",
    },
  ],
  run: (context, args) => act(context, args, "disable"),
};
