/**
 * `rsm drive dismount`, `rsm drive eject` and `rsm drive volumes`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { DriveRecord } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { withProgress } from "./progress.ts";
import { resolveDrive } from "./resolve_library.ts";
import { UsageError } from "./usage_error.ts";
import { printable } from "./width.ts";

const DRIVE = { name: "DRIVE", summary: "Its id, number, name or device" };
const WAIT = {
  name: "wait",
  summary: "Wait until it is away (default: until that is queued)",
};

function driveOf(session: Session, args: Arguments): Promise<DriveRecord> {
  const word = args.required(DRIVE.name);
  return resolveDrive(session, word, () => {
    throw new UsageError(
      `Several libraries have a drive "${word}"`,
      "Name the drive by its id or device",
    );
  });
}

/** Puts away what is in a drive. */
export const driveDismount: Command = {
  name: "drive dismount",
  summary: "Put away whatever medium is in a drive",
  details: [
    "In a drive that stands alone the medium stays, for whoever wants it next.",
  ],
  operands: [DRIVE],
  options: [WAIT, ...CLIENT_OPTIONS],
  examples: [{ line: "rsm drive dismount 0", what: "Empty drive 0" }],
  async run(context, args) {
    const { output, signal } = context;
    const wait = args.flag(WAIT.name);
    await withSession(context, args, async (session) => {
      const { id, name } = await driveOf(session, args);
      const work = session.drives.dismount(id, { wait, signal });
      const { request } = await withProgress(context, "Dismounting", work);
      if (output.json) {
        return output.value({ drive: id, request, finished: wait });
      }
      output.words(`${wait ? "Dismounted" : "Dismount queued of"} ${name}`);
    });
  },
};

/** Has a drive that stands alone let go of its medium. */
export const driveEject: Command = {
  name: "drive eject",
  summary: "Eject the medium of a drive that stands alone",
  operands: [DRIVE],
  options: [
    { name: "force", summary: "End its mounts, if it is mounted" },
    { name: "no-wait", summary: "Return when it is queued" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm drive eject /dev/nst0", what: "Take the tape out of a drive" },
  ],
  async run(context, args) {
    const { output, signal } = context;
    const wait = !args.flag("no-wait");
    const force = args.flag("force");
    await withSession(context, args, async (session) => {
      const { id, name } = await driveOf(session, args);
      const work = session.drives.eject(id, { wait, force, signal });
      const { request } = await withProgress(context, "Ejecting", work);
      if (output.json) {
        return output.value({ drive: id, request, finished: wait });
      }
      output.words(
        request === null
          ? `${name} is empty`
          : `${wait ? "Take the medium out of" : "Ejection queued of"} ${name}`,
      );
    });
  },
};

/** Tells what programs reach a drive by. */
export const driveVolumes: Command = {
  name: "drive volumes",
  summary: "Show what programs open to reach the medium in a drive",
  operands: [DRIVE],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm drive volumes 0",
    what: "Show its device, and where that is mounted",
  }],
  async run(context, args) {
    const { output } = context;
    const found = await withSession(context, args, async (session) => {
      const { id } = await driveOf(session, args);
      return await session.drives.volumes(id);
    });
    if (output.json) return output.value({ ...found });
    const { mountPoint, volume } = found;
    const parts = mountPoint === null ? [volume] : [volume, mountPoint];
    output.data(parts.map(printable).join("  "));
  },
};
