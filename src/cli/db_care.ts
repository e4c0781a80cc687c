/**
 * `rsm db check` and `rsm db rebuild`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { ERROR_CODES } from "../model/errors.ts";
import type {
  CatalogueFindings,
  StateReport,
} from "../service/catalogue_care.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { STATE_OPTION } from "./db_copies.ts";
import { EXIT } from "./exit_codes.ts";
import { age, counted } from "./numbers.ts";
import { withProgress } from "./progress.ts";
import { serviceLog } from "./service_log.ts";
import { drawTable } from "./table.ts";

function verdict({ behind, cartridges, fault, reason }: CatalogueFindings) {
  if (fault !== null) return reason;
  return behind === 0
    ? `whole, ${counted(cartridges, "cartridge")}`
    : "whole, of an older version";
}

function show(
  { catalogue, copies, scheduled, state }: StateReport,
  { io, output }: Context,
): void {
  const now = io.clock.now();
  const rows = copies.map(({ findings, name, written }) => ({
    name,
    made: `${age(new Date(written), now)} ago`,
    verdict: verdict(findings),
  }));
  output.data(`${catalogue.path}: ${verdict(catalogue)}`);
  if (scheduled) {
    output.data("At the next start an import takes its place");
  }
  if (rows.length === 0) {
    return output.data(`No copies in ${state}/Export: run "rsm db export"`);
  }
  output.data(
    drawTable(rows, [
      { heading: "Copy", cell: ({ name }) => name, whole: true },
      { heading: "Made", cell: ({ made }) => made },
      { heading: "Verdict", cell: ({ verdict }) => verdict },
    ], { style: output.style, ...output.tableWidth }).join("\n"),
  );
}

/** Looks at the catalogue and its copies. */
export const dbCheck: Command = {
  name: "db check",
  summary: "Look at the catalogue and its copies, page by page",
  details: [
    `It changes nothing, and works whether a service runs or not, for who may read the state directory. It ends with exit status 0 when the catalogue is whole, else with ${ERROR_CODES.ERROR_DATABASE_FAILURE.exit}.`,
  ],
  operands: [],
  options: [{
    ...STATE_OPTION,
    summary:
      "State directory of the service (default: /var/lib/rsm for root, else ~/.local/state/rsm)",
  }],
  examples: [{
    line: "rsm db check --state /var/lib/rsm",
    what: "Tell whether the catalogue and its copies are whole",
  }],
  async run(context: Context, args: Arguments): Promise<number> {
    const { output } = context;
    const { examineState, usualStateDirectory } = await import(
      "../service/catalogue_care.ts"
    );
    const report = await withProgress(
      context,
      "Looking",
      examineState(args.text("state") ?? usualStateDirectory()),
    );
    if (output.json) output.value(report);
    else show(report, context);
    return report.catalogue.fault === null
      ? EXIT.ok
      : ERROR_CODES.ERROR_DATABASE_FAILURE.exit;
  },
};

/** Runs a service until its libraries have had their inventory, and asks it. */
async function rebuild<T>(
  context: Context,
  args: Arguments,
  ask: (session: Session) => Promise<T>,
): Promise<T> {
  const { beginRebuild, usualStateDirectory } = await import(
    "../service/catalogue_care.ts"
  );
  const { startService } = await import("../service/mod.ts");
  const { openSession } = await import("../client/mod.ts");
  const state = args.text("state") ?? usualStateDirectory();
  const trustBarCodes = args.flag("trust-bar-codes");
  await beginRebuild(state, { trustBarCodes, force: args.flag("force") });
  await using service = await startService({
    libraries: args.list("library"),
    state,
    socket: null,
    trustBarCodes,
    log: serviceLog(context.io),
  });
  await service.ready;
  await using session = await openSession({ application: "rsm" });
  return await ask(session);
}

/** Makes a new catalogue of what is in the libraries. */
export const dbRebuild: Command = {
  name: "db rebuild",
  summary: "Make a new catalogue of what is in the libraries, without a copy",
  details: [
    "The last resort, where the catalogue is damaged and no copy is whole; otherwise it is refused. No service may run. The damaged catalogue is kept in the directory Replaced.",
    "Every cartridge found comes into the unrecognized pools, and none is handed out: whose it was is lost. With --trust-bar-codes those with a bar code are free media, and what is on them is overwritten.",
  ],
  operands: [],
  options: [
    {
      name: "library",
      short: "l",
      value: "DEVICE",
      repeatable: true,
      summary: "Path of a media changer (default: all that are found)",
    },
    STATE_OPTION,
    {
      name: "trust-bar-codes",
      summary: "Take all cartridges with a bar code for free media, unread",
    },
    { name: "force", summary: "Do it though the catalogue or a copy is whole" },
  ],
  examples: [{
    line: "rsm db rebuild --state /var/lib/rsm --library /dev/sch0",
    what: "Make a new catalogue of one library",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const { cartridges, sides } = await withProgress(
      context,
      "Taking stock",
      rebuild(context, args, async (session) => ({
        cartridges: await session.objects("cartridge"),
        sides: await session.objects("side"),
      })),
    );
    const free = sides.filter(({ state }) => state === "available").length;
    if (output.json) {
      return output.value({ cartridges: cartridges.length, free });
    }
    output.data(
      `${counted(cartridges.length, "cartridge")} found, ${free} of them free`,
    );
    output.words("Start the service again");
  },
};
