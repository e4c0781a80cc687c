/**
 * `rsm operator ack`, `rsm operator satisfy` and `rsm operator refuse`: what a
 * person does about one request.
 *
 * @module
 */

import type { OperatorRequests } from "../client/mod.ts";
import type { OperatorRequestId } from "../model/operator_calls.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { REQUEST, resolveOperatorRequest } from "./resolve_operator_request.ts";

interface Deed {
  readonly name: string;
  readonly summary: string;
  readonly details: string;
  /** What was done, in one word. */
  readonly done: string;
  does(operators: OperatorRequests, id: OperatorRequestId): Promise<void>;
}

function commandOf({ details, does, done, name, summary }: Deed): Command {
  return {
    name: `operator ${name}`,
    summary,
    details: [details],
    operands: [REQUEST],
    options: CLIENT_OPTIONS,
    examples: [{
      line: `rsm operator ${name} filter`,
      what: `${done} the request with this word in its message`,
    }],
    async run(context: Context, args: Arguments): Promise<void> {
      const { output } = context;
      const word = args.required(REQUEST.name);
      await withSession(context, args, async (session) => {
        const { id, message } = await resolveOperatorRequest(session, word);
        await does(session.operators, id);
        if (output.json) return output.value({ operatorRequest: id });
        output.words(`${done}: ${message || id}`);
      });
    },
  };
}

/** Tells that somebody is at it. */
export const operatorAck: Command = commandOf({
  name: "ack",
  summary: "Tell that you take a request on",
  details: "It is in progress from then on; whoever waits for it waits on.",
  done: "Take on",
  does: (operators, id) => operators.acknowledge(id),
});

/** Tells that a request is done. */
export const operatorSatisfy: Command = commandOf({
  name: "satisfy",
  summary: "Tell that you did what a request asks for",
  details:
    "A program that waits looks again for what it needs; where that is not there yet, it asks anew. For a cartridge that was put in, an inventory does the same by itself.",
  done: "Close",
  does: (operators, id) => operators.satisfy(id),
});

/** Refuses a request. */
export const operatorRefuse: Command = commandOf({
  name: "refuse",
  summary: "Refuse what a request asks for",
  details:
    "A program that waits for it ends: an allocation with ERROR_CANCELLED, a mount with ERROR_REQUEST_REFUSED.",
  done: "Refuse",
  does: (operators, id) => operators.refuse(id),
});
