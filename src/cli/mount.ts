/**
 * `rsm mount`.
 *
 * @module
 */

import type { MountOptions, Session } from "../client/mod.ts";
import type { Mount } from "../model/calls.ts";
import { NtmsError } from "../model/errors.ts";
import { INFINITE } from "../model/limits.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { priorityOf } from "./priority.ts";
import { withProgress } from "./progress.ts";
import { resolveDrive } from "./resolve_library.ts";
import { type FoundMedium, MEDIUM, resolveMedium } from "./resolve_medium.ts";

async function drivesFor(
  session: Session,
  word: string | undefined,
  medium: FoundMedium,
): Promise<{ drives: [string] } | Record<never, never>> {
  if (word === undefined) return {};
  const drive = await resolveDrive(session, word, async () => {
    const cartridge = await session.object(medium.side.cartridge);
    return cartridge.type === "cartridge" ? cartridge.library : "";
  });
  return { drives: [drive.id] };
}

/** What the options ask for; read before anything else, so that mistakes in them are told first. */
function optionsOf(context: Context, args: Arguments): MountOptions {
  const waitMs = args.waitMs("wait");
  return {
    read: args.flag("read"),
    write: args.flag("write"),
    priority: priorityOf(args.text("priority")),
    // Not to wait for others still leaves the robot its time.
    errorIfBusy: waitMs === 0,
    errorIfOffline: waitMs === 0,
    timeoutMs: waitMs === 0 ? INFINITE : waitMs,
    signal: context.signal,
  };
}

function show(mount: Mount, context: Context): void {
  const { output } = context;
  if (mount.device === "") {
    throw new NtmsError(
      "ERROR_DEVICE_NOT_AVAILABLE",
      `${
        mount.barCode || mount.medium
      } is mounted, but this computer has no device of the drive ${mount.drive}`,
    );
  }
  output.data(mount.device);
  output.words(`Mounted ${mount.barCode || mount.medium}`);
}

/** Mounts a medium; the path of the drive goes to the data. */
export const mount: Command = {
  name: "mount",
  summary: "Bring a medium into a drive; prints the path of the drive",
  details: [
    "The path is printed alone, for use in the command that writes or reads. The medium stays mounted, for this application on this computer, until it is dismounted.",
  ],
  operands: [MEDIUM],
  options: [
    { name: "read", short: "r", summary: "It will be read" },
    {
      name: "write",
      short: "w",
      summary: "It will be written; refused for complete media",
    },
    {
      name: "drive",
      short: "d",
      value: "DRIVE",
      summary: "Number, name or id of the drive (default: any)",
    },
    {
      name: "priority",
      value: "PRIORITY",
      summary: "-15 to 15, or lowest, low, normal, high, highest",
    },
    {
      name: "wait",
      value: "SECONDS",
      summary:
        "Wait so long; 0 fails at once when the medium or all drives are busy (default: for ever)",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm mount monday", what: "Mount the medium of this name" },
    {
      line: 'tar cf "$(rsm mount monday --write)" /etc/hostname',
      what: "Mount a medium and write an archive to it",
    },
    {
      line: "rsm mount monday --drive 1 --wait 60",
      what: "Mount it in one drive, and give up after a minute",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const options = optionsOf(context, args);
    const word = args.required(MEDIUM.name);
    await withSession(context, args, async (session) => {
      const medium = await resolveMedium(session, word);
      const drives = await drivesFor(session, args.text("drive"), medium);
      const mounting = session.mount(medium.id, { ...options, ...drives });
      const result = await withProgress(context, "Mounting", mounting);
      if (output.json) return output.value(result);
      for (const each of result.mounts) show(each, context);
    });
  },
};
