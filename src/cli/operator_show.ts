/**
 * `rsm operator show`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import type { Guid } from "../model/ids.ts";
import type { OperatorRequestRecord } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { REQUEST, resolveOperatorRequest } from "./resolve_operator_request.ts";
import { printable } from "./width.ts";

type Argument = OperatorRequestRecord["argument1"];

/** What a person calls an object. */
async function nameOf(session: Session, id: Guid): Promise<string> {
  try {
    const object = await session.object(id);
    return object.type === "mediaPool" ? object.path : object.name;
  } catch (error) {
    const gone = error instanceof NtmsError &&
      error.code === "ERROR_OBJECT_NOT_FOUND";
    if (!gone) throw error;
    return "which is gone";
  }
}

async function about(session: Session, argument: Argument): Promise<string> {
  return argument === null
    ? ""
    : `${argument.type} ${argument.id} ${await nameOf(session, argument.id)}`;
}

async function describe(
  session: Session,
  request: OperatorRequestRecord,
): Promise<string> {
  const { application, computer, submitted, user } = request;
  const who = user === "" ? application : `${application}, ${user}@${computer}`;
  const lines: readonly (readonly [string, string])[] = [
    ["Request", request.id],
    ["Kind", request.command],
    ["State", request.state],
    ["Message", request.message],
    ["About", await about(session, request.argument1)],
    ["And", await about(session, request.argument2)],
    ["For", who],
    ["Submitted", submitted.toISOString().slice(0, 19).replace("T", " ")],
  ];
  return lines.filter(([, value]) => value !== "")
    .map(([name, value]) => `${name.padEnd(10)} ${printable(value)}`)
    .join("\n");
}

/** Shows one operator request in full. */
export const operatorShow: Command = {
  name: "operator show",
  summary: "Show one operator request in full",
  operands: [REQUEST],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm operator show filter",
    what: "Show the request with this word in its message",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(REQUEST.name);
    await withSession(context, args, async (session) => {
      const request = await resolveOperatorRequest(session, word);
      if (output.json) return output.value(request);
      output.data(await describe(session, request));
      if (request.state === "submitted") {
        await session.operators.show([request.id]);
      }
    });
  },
};
