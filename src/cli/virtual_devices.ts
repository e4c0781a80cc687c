/**
 * `rsm virtual plug` and `rsm virtual unplug`: devices that hands bring and
 * take.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { resolveDrive } from "./resolve_library.ts";
import { UsageError } from "./usage_error.ts";
import { LIBRARY, libraryOf } from "./virtual.ts";

const DRIVE = {
  name: "drive",
  value: "NUMBER",
  summary: "Number of the drive",
};

/** Plugs a library or a drive out. */
export const virtualUnplug: Command = {
  name: "virtual unplug",
  summary: "Take a drive out of a virtual library, or its cable, as hands",
  details: [
    "A drive takes along what is in it. A library without a directory of its own begins anew when it is plugged in again.",
  ],
  operands: [],
  options: [LIBRARY, DRIVE, ...CLIENT_OPTIONS],
  examples: [
    { line: "rsm virtual unplug --drive 1", what: "Pull a drive" },
    {
      line: "rsm virtual unplug --library VL-demo",
      what: "Pull the cable of a library",
    },
  ],
  async run(context, args) {
    const { output } = context;
    const word = args.text(DRIVE.name);
    const place = await withSession(context, args, async (session) => {
      const library = await libraryOf(session, args);
      if (word === undefined) {
        await session.ports.useHands({ library, action: "unplug" });
        return null;
      }
      const ofLibrary = () => Promise.resolve(library);
      const { id } = await resolveDrive(session, word, ofLibrary);
      const input = { library, action: "removeDrive", drive: id } as const;
      return (await session.ports.useHands(input)).place;
    });
    if (output.json) return output.value({ place });
    output.words(`Took out ${place ?? "the cable of the library"}`);
  },
};

/** Plugs a library or a drive in. */
export const virtualPlug: Command = {
  name: "virtual plug",
  summary: "Plug in a virtual library, or a drive of one, as hands",
  operands: [{
    name: "URL",
    optional: true,
    summary: "Of the library, such as virtual:second?slots=8",
  }],
  options: [
    LIBRARY,
    DRIVE,
    {
      name: "serial",
      value: "NUMBER",
      summary:
        "Serial number of the drive to put into that one's bay (default: the first that was there)",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm virtual plug 'virtual:second?slots=8'",
      what: "Have one more library, until the service ends",
    },
    {
      line: "rsm virtual plug --drive 1 --serial SPARE1",
      what: "Put another drive into the bay of drive 1",
    },
  ],
  async run(context, args) {
    const { output } = context;
    const url = args.operand("URL");
    const word = args.text(DRIVE.name);
    if ((url === undefined) === (word === undefined)) {
      throw new UsageError(
        "Either a library or a drive is plugged in",
        "Name one: a URL, or --drive",
      );
    }
    const done = await withSession(context, args, async (session) => {
      if (url !== undefined) {
        return { library: await session.devices.plugIn(url), place: null };
      }
      const library = await libraryOf(session, args);
      const ofLibrary = () => Promise.resolve(library);
      const { id } = await resolveDrive(session, word ?? "", ofLibrary);
      const { place } = await session.ports.useHands({
        library,
        action: "insertDrive",
        drive: id,
        serialNumber: args.text("serial") ?? null,
      });
      return { library, place };
    });
    if (output.json) return output.value(done);
    output.words(`Plugged in ${done.place ?? url}`);
  },
};
