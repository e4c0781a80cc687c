/**
 * `rsm library delete`, `rsm drive delete` and `rsm refresh`.
 *
 * @module
 */

import type { DetectedType } from "../model/device_calls.ts";
import type { Command } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { resolveDrive, resolveLibrary } from "./resolve_library.ts";
import { OBJECT, resolveObject, typeOfWord } from "./resolve_object.ts";
import { UsageError } from "./usage_error.ts";

/** Forgets a library. */
export const libraryDelete: Command = {
  name: "library delete",
  summary: "Forget a library that is not present",
  details: [
    "Its drives, slots, ports and doors go with it; its media go to the offline library and keep their allocations. It has to be enabled.",
  ],
  operands: [{ name: "LIBRARY", summary: "Its id, name or device" }],
  options: CLIENT_OPTIONS,
  examples: [
    { line: "rsm library delete VL-old", what: "Forget a library for good" },
  ],
  async run(context, args) {
    const { output } = context;
    const { id, name } = await withSession(context, args, async (session) => {
      const word = args.required("LIBRARY");
      const library = await resolveLibrary(session, word);
      await session.devices.deleteLibrary(library.id);
      return library;
    });
    if (output.json) return output.value({ id });
    output.words(`Deleted ${name}`);
  },
};

/** Forgets a drive. */
export const driveDelete: Command = {
  name: "drive delete",
  summary: "Forget a drive that is not present",
  details: [
    "What was in it goes to the offline library. A stand-alone drive goes with its library.",
  ],
  operands: [{ name: "DRIVE", summary: "Its id, number or name" }],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm drive delete 1", what: "Forget drive 1 for good" }],
  async run(context, args) {
    const { output } = context;
    const word = args.required("DRIVE");
    const { id, name } = await withSession(context, args, async (session) => {
      const drive = await resolveDrive(session, word, () => {
        throw new UsageError(
          `Several libraries have a drive "${word}"`,
          "Name the drive by its id",
        );
      });
      await session.devices.deleteDrive(drive.id);
      return drive;
    });
    if (output.json) return output.value({ id });
    output.words(`Deleted ${name}`);
  },
};

const DETECTED: readonly DetectedType[] = ["library", "mediaType", "cartridge"];

/** Looks once whether something went in or out. */
export const refresh: Command = {
  name: "refresh",
  summary: "Look once whether something went into a library or out of it",
  details: [
    "A cartridge or a media type stands for the stand-alone drives that could hold it. A library that does not tell of changes by itself needs an inventory.",
  ],
  operands: [
    { name: "TYPE", summary: "library, media-type or cartridge" },
    OBJECT[1],
  ],
  options: CLIENT_OPTIONS,
  examples: [
    {
      line: "rsm refresh media-type LTO-6",
      what: "Look at the stand-alone drives that take LTO-6",
    },
  ],
  async run(context, args) {
    const row = typeOfWord(args.required("TYPE"));
    const type = DETECTED.find((each) => each === row.type);
    if (type === undefined) {
      throw new UsageError(
        `Devices are not named by "${args.required("TYPE")}"`,
        "Name a library, a media-type or a cartridge",
      );
    }
    const word = args.required("OBJECT");
    await withSession(context, args, async (session) => {
      const { id } = await resolveObject(session, row, word);
      await session.devices.look(type, [id]);
    });
    const { output } = context;
    if (output.json) output.value({});
  },
};
