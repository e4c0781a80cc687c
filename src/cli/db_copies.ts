/**
 * `rsm db export` and `rsm db import`.
 *
 * @module
 */

import type { CatalogueCopy } from "../model/database_calls.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Option } from "./grammar.ts";
import { withProgress } from "./progress.ts";

/** The directory of a service that does not run. */
export const STATE_OPTION: Option = {
  name: "state",
  value: "DIR",
  summary: "State directory of a service that does not run",
};

/** Writes a copy of the catalogue; its path goes to the data. */
export const dbExport: Command = {
  name: "db export",
  summary: "Write a consistent copy of the catalogue, for a backup",
  details: [
    "The service writes it into the directory Export of its state directory, as rsm.sqlite and under its date; calls go on meanwhile. The path is printed. Beside that the service makes a copy each day, and keeps the last ones.",
  ],
  operands: [],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm db export", what: "Write a copy of the catalogue" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const copy = await withSession(
      context,
      args,
      (session) => withProgress(context, "Exporting", session.exportDatabase()),
    );
    if (output.json) return output.value({ copy });
    output.data(copy.path);
  },
};

async function schedule(
  context: Context,
  args: Arguments,
): Promise<CatalogueCopy> {
  const copy = args.operand("COPY");
  const state = args.text("state");
  if (state === undefined) {
    return await withSession(
      context,
      args,
      (session) => session.importDatabase(copy),
    );
  }
  // Loaded here: no other command should pay for the service's libraries.
  const { importWithoutService } = await import(
    "../service/catalogue_care.ts"
  );
  return await importWithoutService(state, copy);
}

/** Has a copy take the place of the catalogue. */
export const dbImport: Command = {
  name: "db import",
  summary: "Have a copy take the place of the catalogue at the next start",
  details: [
    "COPY is a file in the directory Export of the state directory; without it, the copy of the last export, else the newest. It is looked at page by page first. Nothing changes before the service starts again; the catalogue that is replaced is kept in the directory Replaced.",
    "After it the libraries say where every cartridge is, the copy whose it is. What the copy has for free and may have been written since is in the import pools: an application allocates it by its side, rsm pool move frees it.",
    "With --state it works without a service, for a catalogue that is damaged.",
  ],
  operands: [{
    name: "COPY",
    optional: true,
    summary: "Name of a copy (default: that of the last export)",
  }],
  options: [STATE_OPTION, ...CLIENT_OPTIONS],
  examples: [
    { line: "rsm db import", what: "Go back to the last export" },
    {
      line: "rsm db import --state /var/lib/rsm",
      what: "The same while no service runs",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const copy = await withProgress(
      context,
      "Looking at the copy",
      schedule(context, args),
    );
    if (output.json) return output.value({ copy });
    output.data(copy.path);
    output.words(
      `The copy of ${
        new Date(copy.written).toISOString()
      } takes the place of the catalogue when the service starts again`,
    );
  },
};
