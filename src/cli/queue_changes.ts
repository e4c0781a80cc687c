/**
 * `rsm queue cancel`, `rsm queue order` and `rsm queue purge`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import type { LibraryRequestRecord } from "../model/objects.ts";
import { ORDER_LAST } from "../model/queue_calls.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Operand } from "./grammar.ts";
import { mapsOf, queued } from "./queue.ts";
import { UsageError } from "./usage_error.ts";

const REQUEST: Operand = {
  name: "REQUEST",
  summary:
    "Id of a library request, the beginning of it, or words of its name, such as a bar code",
};

const FINISHED: ReadonlySet<string> = new Set([
  "passed",
  "failed",
  "invalid",
  "cancelled",
  "stopped",
]);

/** The unfinished library request that a word names. */
async function resolveRequest(
  session: Session,
  word: string,
): Promise<LibraryRequestRecord> {
  const all = queued(await mapsOf(session, undefined))
    .map(({ request }) => request);
  const start = word.toLowerCase().replace(/^\{|\}$/g, "");
  const byId = all.filter(({ id }) => id.startsWith(start));
  const found = byId.length > 0
    ? byId
    : all.filter(({ name }) => name.toLowerCase().includes(start));
  const [first, second] = found;
  if (first === undefined) {
    throw new NtmsError(
      "ERROR_OBJECT_NOT_FOUND",
      `No library request that runs or waits is called "${word}"; "rsm queue" lists them`,
    );
  }
  if (second === undefined) return first;
  throw new UsageError(
    `Several library requests are called "${word}":\n${
      found.map(({ id, name }) => `  ${id}  ${name}`).join("\n")
    }`,
    "Name one by its id",
  );
}

/** Cancels a request. */
export const queueCancel: Command = {
  name: "queue cancel",
  summary: "Cancel a library request that waits or runs",
  details: [
    "One that waits ends at once. A mount or inventory that runs ends after the step of the robot that is under way, and what was moved goes back; anything else that runs comes to its end. Calls that wait for it end with ERROR_CANCELLED.",
  ],
  operands: [REQUEST],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm queue cancel DEMO03L6",
    what: "Cancel the mount of this cartridge",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(REQUEST.name);
    const { id, name } = await withSession(context, args, async (session) => {
      const request = await resolveRequest(session, word);
      await session.queue.cancel(request.id);
      return request;
    });
    if (output.json) return output.value({ libraryRequest: id });
    output.words(`Cancelled: ${name}`);
  },
};

function placeOf(word: string): number {
  if (word === "next") return 1;
  if (word === "last") return ORDER_LAST;
  const number = Number(word);
  if (/^\d{1,10}$/.test(word) && number >= 1 && number <= ORDER_LAST) {
    return number;
  }
  throw new UsageError(
    `"${word}" is no place in a queue`,
    `Give a number from 1 to ${ORDER_LAST}, next, or last`,
  );
}

/** Puts a mount into another place. */
export const queueOrder: Command = {
  name: "queue order",
  summary: "Put a mount that waits into another place of its queue",
  details: [
    "The lower number goes first, among mounts of one priority; those that nobody has ordered go last, in the order in which it suits the library.",
  ],
  operands: [
    REQUEST,
    { name: "NUMBER", summary: "1 or next, up to 4294967295 or last" },
  ],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm queue order DEMO03L6 next",
    what: "Have this cartridge mounted before all others that wait",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(REQUEST.name);
    const place = args.required("NUMBER");
    const order = placeOf(place);
    const { id, name } = await withSession(context, args, async (session) => {
      const request = await resolveRequest(session, word);
      await session.queue.setOrder(request.id, order);
      return request;
    });
    if (output.json) return output.value({ libraryRequest: id, order });
    output.words(`${name}: ${place}`);
  },
};

/** Deletes finished requests. */
export const queuePurge: Command = {
  name: "queue purge",
  summary: "Delete finished library requests from the catalogue",
  details: [
    "By itself the service keeps them for three days; the computer object has the time.",
  ],
  operands: [],
  options: [
    {
      name: "older",
      value: "HOURS",
      summary: "Only those that ended so long ago (default: all)",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [{
    line: "rsm queue purge --older 24",
    what: "Delete what ended a day ago or earlier",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { io, output } = context;
    const text = args.text("older");
    if (text !== undefined && !/^\d{1,6}(\.\d+)?$/.test(text)) {
      throw new UsageError(
        `"${text}" is no number of hours`,
        "Give a number, such as 24",
      );
    }
    const before = text === undefined
      ? Infinity
      : io.clock.now() - Number(text) * 3_600_000;
    const ids = await withSession(context, args, async (session) => {
      const found = (await session.objects("libraryRequest"))
        .filter(({ completed, state }) =>
          FINISHED.has(state) && (completed?.getTime() ?? 0) <= before
        ).map(({ id }) => id);
      await session.queue.deleteRequests("libraryRequest", found);
      return found;
    });
    if (output.json) return output.value({ deleted: ids });
    output.words(`Deleted ${ids.length} finished requests`);
  },
};
