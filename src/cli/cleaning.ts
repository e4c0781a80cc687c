/**
 * `rsm clean` and `rsm cleaner`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import type { LibraryId, LibraryRequestId, SlotId } from "../model/ids.ts";
import type { Arguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import {
  finish,
  LIBRARY,
  libraryFor,
  operationOf,
  QUEUE,
  STOP,
} from "./ports.ts";
import { withProgress } from "./progress.ts";
import { resolveDrive } from "./resolve_library.ts";
import { UsageError } from "./usage_error.ts";

const UNCOUNTED = 0xffff_ffff;

/** Cleans a drive. */
export const clean: Command = {
  name: "clean",
  summary: "Clean a drive with the cleaning cartridge of its library",
  details: [
    "It begins when nobody has a medium in the drive. Without a cleaning cartridge that can be used it waits for one, and the operator is asked.",
  ],
  operands: [{ name: "DRIVE", summary: "Its number, name or id" }],
  options: [QUEUE, ...CLIENT_OPTIONS],
  examples: [
    { line: "rsm clean 0", what: "Clean a drive, and wait until it is done" },
    { line: "rsm clean 0 --no-wait", what: "Have it cleaned some time" },
  ],
  async run(context, args) {
    const { output, signal } = context;
    const word = args.required("DRIVE");
    await withSession(context, args, async (session) => {
      const drive = await resolveDrive(session, word, () => {
        throw new UsageError(
          `Several libraries have a drive "${word}"`,
          "Name the drive by its id",
        );
      });
      const { request } = await session.cleaners.clean(drive.id);
      const wait = !args.flag(QUEUE.name);
      if (wait) {
        const ended = session.ports.ended([request], { signal });
        await withProgress(context, `Cleaning ${drive.name}`, ended);
      }
      if (output.json) return output.value({ request, finished: wait });
      if (wait) output.words(`Cleaned ${drive.name}`);
      else output.data(request);
    });
  },
};

async function slotOf(
  session: Session,
  library: LibraryId,
  word: string,
): Promise<SlotId> {
  const slots = await session.objects("slot", { container: library });
  const found = slots.find(({ id, name, number }) =>
    [id, name, String(number)].includes(word)
  );
  if (found !== undefined) return found.id;
  throw new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    `The library has no slot "${word}"`,
  );
}

/** Sets a slot aside. */
export const cleanerReserve: Command = {
  name: "cleaner reserve",
  summary: "Set an empty slot of a library aside for its cleaning cartridge",
  operands: [
    { name: "SLOT", summary: "Its number, name or id" },
    LIBRARY,
  ],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm cleaner reserve 23", what: "Keep the last slot" }],
  run: (context, args) =>
    withSession(context, args, async (session) => {
      const { id, name } = await libraryFor(session, args);
      const word = args.required("SLOT");
      const slot = await slotOf(session, id, word);
      const { request } = await session.cleaners.reserve(id, slot);
      const { output } = context;
      if (output.json) return output.value({ request });
      output.words(`Slot ${word} of ${name} is for the cleaning cartridge now`);
    }),
};

/** Gives the slot back. */
export const cleanerRelease: Command = {
  name: "cleaner release",
  summary: "Give the slot of the cleaning cartridge back to data media",
  operands: [LIBRARY],
  options: CLIENT_OPTIONS,
  examples: [
    { line: "rsm cleaner release", what: "Use its slot for data again" },
  ],
  run: (context, args) =>
    withSession(context, args, async (session) => {
      const { id, name } = await libraryFor(session, args);
      const { request } = await session.cleaners.release(id);
      const { output } = context;
      if (output.json) return output.value({ request });
      output.words(
        `Library ${name} keeps no slot for a cleaning cartridge now`,
      );
    }),
};

function usesOf(args: Arguments): number {
  const word = args.text("uses");
  if (word === undefined) return UNCOUNTED;
  const uses = /^\d{1,9}$/.test(word) ? Number(word) : NaN;
  if (Number.isInteger(uses)) return uses;
  throw new UsageError(`"${word}" is no number of cleanings`, "Say --uses 20");
}

/** Takes the cleaning cartridge in. */
export const cleanerInject: Command = {
  name: "cleaner inject",
  summary: "Take a cleaning cartridge into its slot",
  operands: [LIBRARY],
  options: [
    {
      name: "uses",
      value: "NUMBER",
      summary:
        "Cleanings it is good for (default: not counted; the drives tell when it is used up)",
    },
    QUEUE,
    STOP,
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm cleaner inject --uses 20",
      what: "Take in what is put into the ports next",
    },
  ],
  async run(context, args) {
    const stop = operationOf(args);
    const uses = usesOf(args);
    await withSession(context, args, async (session) => {
      const { cleaners } = session;
      const { id, name } = await libraryFor(session, args);
      if (stop !== null) return await cleaners.stopInjection(id, stop);
      const begun = await cleaners.inject(id, { uses });
      await finish(
        context,
        args,
        session,
        {
          ...begun,
          stop: (one: LibraryRequestId) => cleaners.stopInjection(id, one),
        },
        `Bring a cleaning cartridge to ${name}`,
      );
    });
  },
};

/** Lets the cleaning cartridge out. */
export const cleanerEject: Command = {
  name: "cleaner eject",
  summary: "Offer the cleaning cartridge until somebody takes it",
  operands: [LIBRARY],
  options: [QUEUE, STOP, ...CLIENT_OPTIONS],
  examples: [
    { line: "rsm cleaner eject", what: "Take out the one that is used up" },
  ],
  async run(context, args) {
    const stop = operationOf(args);
    await withSession(context, args, async (session) => {
      const { cleaners } = session;
      const { id, name } = await libraryFor(session, args);
      if (stop !== null) return await cleaners.stopEjection(id, stop);
      const begun = await cleaners.eject(id);
      await finish(
        context,
        args,
        session,
        {
          ...begun,
          stop: (one: LibraryRequestId) => cleaners.stopEjection(id, one),
        },
        `Take the cleaning cartridge out of ${name}`,
      );
    });
  },
};
