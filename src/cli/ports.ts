/**
 * `rsm eject`, `rsm inject` and `rsm door`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { DoorInventory } from "../model/control_calls.ts";
import { NtmsError } from "../model/errors.ts";
import { type LibraryRequestId, parseGuid } from "../model/ids.ts";
import type { LibraryRecord } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { withProgress } from "./progress.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { resolveObject, typeOfWord } from "./resolve_object.ts";
import { UsageError } from "./usage_error.ts";

/** Has a command return at once. */
export const QUEUE = { name: "no-wait", summary: "Return when it is queued" };
/** Has a command end an operation. */
export const STOP = {
  name: "stop",
  value: "OPERATION",
  summary: "End an operation that runs, by the id that its start printed",
};
/** The library that a command is about. */
export const LIBRARY = {
  name: "LIBRARY",
  optional: true,
  summary: "Id, name or device of a library (default: the only one)",
};

/** An operation that waits for a person, and how to end it. */
interface Begun {
  readonly operation: LibraryRequestId;
  readonly requests: readonly LibraryRequestId[];
  readonly stop?: (operation: LibraryRequestId) => Promise<void>;
}

/** Waits for the person; Ctrl-C ends the operation too. */
async function untilEnded(
  { io, signal }: Context,
  session: Session,
  { operation, requests, stop }: Begun,
  doing: string,
): Promise<void> {
  const ended = session.ports.ended(requests, { signal });
  try {
    await withProgress({ io }, doing, ended);
  } catch (error) {
    if (signal.aborted) await stop?.(operation);
    throw error;
  }
}

/** Waits for the person where that is wanted, and tells what was begun. */
export async function finish(
  context: Context,
  args: Arguments,
  session: Session,
  begun: Begun,
  doing: string,
): Promise<void> {
  const { output } = context;
  const wait = !args.flag(QUEUE.name);
  if (wait) {
    output.words(doing);
    await untilEnded(context, session, begun, doing);
  }
  const { operation, requests } = begun;
  if (output.json) {
    return output.value({ operation, requests, finished: wait });
  }
  if (!wait) output.data(operation);
}

/** The operation that is to be ended; null for none. */
export function operationOf(args: Arguments): LibraryRequestId | null {
  const word = args.text(STOP.name);
  if (word === undefined) return null;
  const id = parseGuid(word);
  if (id !== null) return id;
  throw new UsageError(
    `"${word}" is no id of an operation`,
    'See "rsm view request"',
  );
}

/** The library that is named, or the only one. */
export async function libraryFor(
  session: Session,
  args: Arguments,
): Promise<LibraryRecord> {
  const word = args.operand(LIBRARY.name);
  if (word !== undefined) return await resolveLibrary(session, word);
  const libraries = (await session.objects("library"))
    .filter(({ kind }) => kind !== "offline");
  const [only] = libraries;
  if (only !== undefined && libraries.length === 1) return only;
  if (only === undefined) {
    throw new NtmsError("ERROR_INVALID_LIBRARY", "There is no library");
  }
  throw new UsageError(
    `There are several libraries:\n${
      libraries.map(({ id, name }) => `  ${id}  ${name}`).join("\n")
    }`,
    "Name one",
  );
}

/** Offers a cartridge in a port. */
export const eject: Command = {
  name: "eject",
  summary: "Offer a cartridge in a port until somebody takes it",
  details: [
    "What nobody takes in the time of its port goes back to its slot. Ctrl-C brings it back at once.",
  ],
  operands: [{
    name: "CARTRIDGE",
    optional: true,
    summary: "Its bar code, name or id; without one, what was queued",
  }],
  options: [
    { name: "force", summary: "End its mounts, if it is mounted" },
    { name: "queue", summary: "Only gather it, to eject several at once" },
    QUEUE,
    STOP,
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm eject DEMO01L6", what: "Take a cartridge out of its library" },
    {
      line: "rsm eject DEMO02L6 --queue && rsm eject DEMO03L6",
      what: "Take out two at once",
    },
  ],
  async run(context, args) {
    const { output } = context;
    const stop = operationOf(args);
    await withSession(context, args, async (session) => {
      const { ports } = session;
      if (stop !== null) return await ports.stopEjection(stop);
      const word = args.operand("CARTRIDGE");
      const cartridge = word === undefined
        ? null
        : (await resolveObject(session, typeOfWord("cartridge"), word)).id;
      const queue = args.flag("queue");
      const begun = await ports.eject(cartridge, {
        force: args.flag("force"),
        queue,
      });
      if (queue) {
        if (output.json) return output.value({ ...begun, finished: false });
        return output.words(`Queued ${word ?? ""}; "rsm eject" offers it`);
      }
      await finish(
        context,
        args,
        session,
        { ...begun, stop: (id) => ports.stopEjection(id) },
        `Take ${word ?? "what was queued"} out of its port`,
      );
    });
  },
};

/** Takes cartridges in. */
export const inject: Command = {
  name: "inject",
  summary: "Take in the cartridges that somebody puts into the ports",
  operands: [LIBRARY],
  options: [
    { name: "many", summary: "Go on until it is stopped" },
    {
      name: "retract",
      value: "OPERATION",
      summary: "Have one that runs take in at once what is in the ports",
    },
    QUEUE,
    STOP,
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm inject", what: "Take in what is put into the ports next" },
    { line: "rsm inject --many", what: "Take in a whole box of cartridges" },
  ],
  async run(context, args) {
    const stop = operationOf(args);
    const retract = parseGuid(args.text("retract") ?? "");
    await withSession(context, args, async (session) => {
      const { ports } = session;
      const { id, name } = await libraryFor(session, args);
      if (stop !== null) return await ports.stopInjection(id, stop);
      if (retract !== null) return await ports.retract(id, retract);
      const begun = await ports.inject(id, { many: args.flag("many") });
      await finish(
        context,
        args,
        session,
        { ...begun, stop: (operation) => ports.stopInjection(id, operation) },
        `Put cartridges into the ports of ${name}`,
      );
    });
  },
};

const INVENTORIES = [
  "default",
  "fast",
  "omid",
  "none",
] as const satisfies readonly DoorInventory[];

/** Lets somebody at the door. */
export const door: Command = {
  name: "door",
  summary: "Leave a library to somebody at its door, until that is closed",
  operands: [LIBRARY],
  options: [
    {
      name: "inventory",
      value: "METHOD",
      choices: INVENTORIES,
      summary: "What to look at afterwards (default: the library's setting)",
    },
    QUEUE,
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm door", what: "Change cartridges by hand" },
    {
      line: "rsm door VL-demo --inventory none",
      what: "Look into a library without changing anything",
    },
  ],
  async run(context, args) {
    const word = args.text("inventory") ?? "default";
    const inventory = INVENTORIES.find((one) => one === word) ?? "default";
    await withSession(context, args, async (session) => {
      const { id, name } = await libraryFor(session, args);
      const begun = await session.ports.openDoor(id, { inventory });
      await finish(
        context,
        args,
        session,
        begun,
        `Open the door of ${name}, and close it again`,
      );
    });
  },
};
