/**
 * `rsm operator submit`.
 *
 * @module
 */

import type { Session, SubmitOperatorOptions } from "../client/mod.ts";
import { type Guid, parseGuid } from "../model/ids.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { withProgress } from "./progress.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { resolveMedium } from "./resolve_medium.ts";
import { resolvePool } from "./resolve_pool.ts";
import { UsageError } from "./usage_error.ts";

type Kind = NonNullable<SubmitOperatorOptions["command"]>;

/** The kinds of requests by their names here. */
const KINDS: Readonly<Record<string, Kind>> = {
  "message": "message",
  "new-media": "newMedia",
  "cleaner": "cleaner",
  "device-service": "deviceService",
  "move-media": "moveMedia",
};

/** What a request of a kind is about, by what a person calls it. */
async function subjectOf(
  session: Session,
  kind: Kind,
  word: string,
): Promise<Guid> {
  const id = parseGuid(word);
  if (id !== null) return id;
  switch (kind) {
    case "newMedia":
      return (await resolvePool(session, word)).id;
    case "moveMedia":
      return (await resolveMedium(session, word)).side.cartridge;
    case "cleaner":
    case "deviceService":
      return (await resolveLibrary(session, word)).id;
    case "message":
      throw new UsageError(
        'A message is about no object: leave "--about" out',
        'Name the kind of request with "--kind"',
      );
  }
}

/** Asks a person for something; the id of the request goes to the data. */
export const operatorSubmit: Command = {
  name: "operator submit",
  summary: "Ask a person for something; prints the id of the request",
  operands: [{
    name: "MESSAGE",
    optional: true,
    summary: "What the person reads (default: words that fit the kind)",
  }],
  options: [
    {
      name: "kind",
      short: "k",
      value: "KIND",
      choices: Object.keys(KINDS),
      summary:
        "message, new-media, cleaner, device-service or move-media (default: message)",
    },
    {
      name: "about",
      value: "NAME",
      summary:
        "What it is about: a pool for new-media, a cartridge for move-media, else a library, or the id of a part of it",
    },
    {
      name: "library",
      value: "NAME",
      summary: "The library that media go to",
    },
    {
      name: "wait",
      short: "w",
      value: "SECONDS",
      summary: "Wait so long until it is done (default: do not wait)",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm operator submit 'Change the filter'",
      what: "Leave a message for the operator",
    },
    {
      line: "rsm operator submit --kind device-service --about VL-demo",
      what: "Ask for a look at a library",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output, signal } = context;
    const command = KINDS[args.text("kind") ?? "message"] ?? "message";
    const message = args.operand("MESSAGE");
    const about = args.text("about");
    const library = args.text("library");
    const timeoutMs = args.text("wait") === undefined
      ? null
      : args.waitMs("wait");
    await withSession(context, args, async (session) => {
      const request = await session.operators.submit({
        command,
        ...message === undefined ? {} : { message },
        ...about === undefined
          ? {}
          : { about: await subjectOf(session, command, about) },
        ...library === undefined
          ? {}
          : { library: (await resolveLibrary(session, library)).id },
      });
      if (output.json) output.value({ operatorRequest: request });
      else output.data(request);
      if (timeoutMs === null) return;
      await withProgress(
        context,
        "Waiting for the operator",
        session.operators.wait(request, { timeoutMs, signal }),
      );
    });
  },
};
