/**
 * `rsm virtual`: the hands of the person at a virtual library.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { HandsInput } from "../model/control_calls.ts";
import { NtmsError } from "../model/errors.ts";
import type { DriveId, LibraryId, PortId, SlotId } from "../model/ids.ts";
import { tapeAlert } from "../model/tape_alerts.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { resolveDrive, resolveLibrary } from "./resolve_library.ts";
import { UsageError } from "./usage_error.ts";

/** Which library. */
export const LIBRARY = {
  name: "library",
  value: "LIBRARY",
  summary: "Id, name or device of the library (default: the only one)",
};
const PORT = {
  name: "port",
  value: "NUMBER",
  summary: "Number of the port",
};
const SLOT = {
  name: "slot",
  value: "NUMBER",
  summary: "Number of the slot",
};

/** The library that the options name, or the only virtual one. */
export async function libraryOf(
  session: Session,
  args: Arguments,
): Promise<LibraryId> {
  const word = args.text(LIBRARY.name);
  if (word !== undefined) return (await resolveLibrary(session, word)).id;
  const virtual = (await session.objects("library"))
    .filter(({ device }) => device.startsWith("virtual:"));
  const [only] = virtual;
  if (only !== undefined && virtual.length === 1) return only.id;
  if (only === undefined) {
    throw new NtmsError(
      "ERROR_NOT_SUPPORTED",
      "No library is virtual; somebody has to go to the real one",
    );
  }
  throw new UsageError("Several libraries are virtual", "Name one: --library");
}

/** The port or slot that the options name; the drive of a library that is nothing else; null where they name none. */
async function placeOf(
  session: Session,
  library: LibraryId,
  args: Arguments,
): Promise<PortId | SlotId | DriveId | null> {
  for (const type of ["port", "slot"] as const) {
    const word = args.text(type);
    if (word === undefined) continue;
    const places: readonly { number: number; id: PortId | SlotId }[] =
      await session.objects(type, { container: library });
    const found = places.find(({ number }) => String(number) === word);
    if (found !== undefined) return found.id;
    throw new NtmsError(
      "ERROR_OBJECT_NOT_FOUND",
      `The library has no ${type} ${word}`,
    );
  }
  const record = await session.object(library);
  if (record.type !== "library" || record.kind !== "standalone") return null;
  const [drive] = await session.objects("drive", { container: library });
  return drive?.id ?? null;
}

async function act(
  context: Context,
  args: Arguments,
  inputOf: (session: Session, library: LibraryId) => Promise<HandsInput>,
  verb: string,
): Promise<void> {
  const { output } = context;
  const { barCode, place } = await withSession(
    context,
    args,
    async (session) => {
      const library = await libraryOf(session, args);
      const input = await inputOf(session, library);
      return await session.ports.useHands(input);
    },
  );
  if (output.json) return output.value({ barCode, place });
  const what = place === null ? "the door" : barCode ?? "nothing with a label";
  output.words(`${verb} ${what}${place === null ? "" : ` (${place})`}`);
}

/** Puts a cartridge in. */
export const virtualInsert: Command = {
  name: "virtual insert",
  summary: "Put a cartridge into a port or slot of a virtual library, as hands",
  operands: [{ name: "BARCODE", summary: "Bar code of the cartridge" }],
  options: [LIBRARY, PORT, SLOT, ...CLIENT_OPTIONS],
  examples: [
    {
      line: "rsm virtual insert NEW001L6",
      what: "Put a new cartridge into the first empty port",
    },
  ],
  run: (context, args) =>
    act(context, args, async (session, library) => ({
      library,
      action: "insert",
      place: await placeOf(session, library, args),
      barCode: args.required("BARCODE"),
    }), "Put in"),
};

/** Takes a cartridge out. */
export const virtualRemove: Command = {
  name: "virtual remove",
  summary: "Take what is in a port or slot out of a virtual library, as hands",
  operands: [],
  options: [LIBRARY, PORT, SLOT, ...CLIENT_OPTIONS],
  examples: [
    {
      line: "rsm virtual remove --port 1",
      what: "Take the cartridge out of a port",
    },
  ],
  run: (context, args) =>
    act(context, args, async (session, library) => {
      const place = await placeOf(session, library, args);
      if (place !== null) return { library, action: "remove", place };
      throw new UsageError("Nothing to remove", "Name --port or --slot");
    }, "Took out"),
};

/** Has a drive raise a TapeAlert flag. */
export const virtualAlert: Command = {
  name: "virtual alert",
  summary: "Have a drive of a virtual library raise a TapeAlert flag",
  details: [
    "The drive tells of it when its next medium leaves. With flag 20 it asks to be cleaned until it has been.",
  ],
  operands: [{ name: "FLAG", summary: "Number of the flag, 1 to 64" }],
  options: [
    LIBRARY,
    { name: "drive", value: "DRIVE", summary: "Its number (default: 0)" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm virtual alert 20", what: "Have a drive ask for a cleaning" },
  ],
  async run(context, args) {
    const { output } = context;
    const word = args.required("FLAG");
    const flag = Number(word);
    if (!Number.isInteger(flag) || flag < 1 || flag > 64) {
      throw new UsageError(`"${word}" is no flag`, "Give one from 1 to 64");
    }
    const { place } = await withSession(context, args, async (session) => {
      const library = await libraryOf(session, args);
      const drive = await resolveDrive(
        session,
        args.text("drive") ?? "0",
        () => Promise.resolve(library),
      );
      return await session.ports.useHands({
        library,
        action: "alert",
        place: drive.id,
        flag,
      });
    });
    if (output.json) return output.value({ place, flag });
    output.words(`${place} raises flag ${flag}: ${tapeAlert(flag).meaning}`);
  },
};

/** Opens or closes the door. */
export const virtualDoor: Command = {
  name: "virtual door",
  summary: "Open or close the door of a virtual library, as hands",
  operands: [{ name: "STATE", summary: "open or close" }],
  options: [LIBRARY, ...CLIENT_OPTIONS],
  examples: [
    { line: "rsm virtual door open", what: "Open it: the robot stands still" },
  ],
  run: (context, args) => {
    const state = args.required("STATE");
    if (state !== "open" && state !== "close") {
      throw new UsageError(`"${state}" is neither open nor close`, "");
    }
    return act(
      context,
      args,
      (_session, library) =>
        Promise.resolve({ library, action: `${state}Door` }),
      state === "open" ? "Opened" : "Closed",
    );
  },
};
