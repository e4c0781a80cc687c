/**
 * `rsm ui list`, `rsm ui add`, `rsm ui remove` and `rsm ui clear`: where
 * messages go.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { Guid } from "../model/ids.ts";
import {
  UI_TYPES,
  type UiDestination,
  type UiType,
} from "../model/ui_calls.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Operand, Option } from "./grammar.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { type Column, drawTable } from "./table.ts";

/** The word of a command line that names a destination. */
export const DESTINATION: Operand = {
  name: "DESTINATION",
  summary:
    "Name of a computer, or an e-mail address or URL that the administrator has configured",
};

/** All kinds of messages. */
const TYPES = Object.keys(UI_TYPES).filter((name) => isType(name));

/** What a person wants to be told unless they say so. */
const USUAL: readonly UiType[] = ["request", "error"];

const LIST_OPTIONS: readonly Option[] = [
  {
    name: "type",
    short: "t",
    value: "TYPE",
    choices: TYPES,
    repeatable: true,
    summary:
      "Progress of library requests, operator requests about media, or about faults (default: request and error)",
  },
  {
    name: "library",
    short: "l",
    value: "LIBRARY",
    summary: "About this library alone (default: about all of the computer)",
  },
  ...CLIENT_OPTIONS,
];

function isType(name: string): name is UiType {
  return Object.hasOwn(UI_TYPES, name);
}

/** The object that a list is of: the library that is named, or the computer. */
async function ownerOf(
  session: Session,
  library: string | undefined,
): Promise<{ id: Guid; name: string }> {
  if (library !== undefined) return await resolveLibrary(session, library);
  const [computer] = await session.objects("computer");
  if (computer === undefined) throw new TypeError("There is no computer");
  return computer;
}

interface Row extends UiDestination {
  readonly owner: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: "Destination", cell: ({ destination }) => destination },
  { heading: "Kind", cell: ({ kind }) => kind },
  { heading: "Messages", cell: ({ type }) => type },
  { heading: "About", cell: ({ owner }) => owner },
  { heading: "Waiting", cell: ({ waiting }) => `${waiting}`, align: "right" },
  {
    heading: "State",
    cell: ({ delivered, failure, kind }) => {
      if (failure !== null) return `failed: ${failure.reason}`;
      if (kind === "computer") return "looks by itself";
      return delivered === null ? "not tried yet" : "delivered";
    },
  },
];

/** Lists where messages go, and how it stands with each destination. */
export const uiList: Command = {
  name: "ui list",
  summary: "List where messages go, and whether they arrive",
  operands: [],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm ui list", what: "List the destinations" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    await withSession(context, args, async (session) => {
      const destinations = await session.ui.list();
      if (output.json) return output.value({ destinations });
      if (destinations.length === 0) {
        return output.words("Messages go nowhere but to consoles");
      }
      const owners = new Map<Guid, string>();
      for (const type of ["computer", "library"] as const) {
        for (const each of await session.objects(type)) {
          owners.set(each.id, each.name);
        }
      }
      const rows = destinations.map((each) => ({
        ...each,
        owner: owners.get(each.object ?? "") ?? "",
      }));
      output.data(
        drawTable(rows, COLUMNS, { style: output.style, ...output.tableWidth })
          .join("\n"),
      );
    });
  },
};

/** Changes each of the lists that a command line means. */
async function change(
  context: Context,
  args: Arguments,
  done: string,
  act: (
    session: Session,
    list: { object: Guid; type: UiType },
  ) => Promise<void>,
): Promise<void> {
  const { output } = context;
  const asked = args.list("type").filter(isType);
  const types = asked.length === 0 ? USUAL : asked;
  const owner = await withSession(context, args, async (session) => {
    const found = await ownerOf(session, args.text("library"));
    for (const type of types) await act(session, { object: found.id, type });
    return found;
  });
  if (output.json) return output.value({ object: owner.id, types });
  output.words(`${done} for ${types.join(" and ")} about ${owner.name}`);
}

/** Adds a destination. */
export const uiAdd: Command = {
  name: "ui add",
  summary: "Have messages go to a computer, an e-mail address or a URL",
  details: [
    "E-mail addresses and URLs are those of ui_destinations.json in the service's state directory. A console on a computer looks by itself: nothing is sent to a computer.",
  ],
  operands: [DESTINATION],
  options: LIST_OPTIONS,
  examples: [
    {
      line: "rsm ui add desk",
      what: "Have operator requests shown on the computer desk",
    },
    {
      line: "rsm ui add desk --type info --library VL-demo",
      what: "And how the work of one library gets on",
    },
  ],
  run(context: Context, args: Arguments): Promise<void> {
    const destination = args.required(DESTINATION.name);
    return change(
      context,
      args,
      `Added ${destination}`,
      (session, list) => session.ui.add(destination, list),
    );
  },
};

/** Takes a destination out. */
export const uiRemove: Command = {
  name: "ui remove",
  summary: "Have messages no longer go to a destination",
  operands: [DESTINATION],
  options: LIST_OPTIONS,
  examples: [{
    line: "rsm ui remove desk",
    what: "Send the computer desk no operator requests any more",
  }],
  run(context: Context, args: Arguments): Promise<void> {
    const destination = args.required(DESTINATION.name);
    return change(
      context,
      args,
      `Removed ${destination}`,
      (session, list) => session.ui.remove(destination, list),
    );
  },
};

/** Takes all destinations out. */
export const uiClear: Command = {
  name: "ui clear",
  summary: "Have messages go nowhere",
  operands: [],
  options: LIST_OPTIONS,
  examples: [{
    line: "rsm ui clear --type info",
    what: "Tell nobody how library requests get on",
  }],
  run: (context: Context, args: Arguments): Promise<void> =>
    change(
      context,
      args,
      "No destinations any more",
      (session, list) => session.ui.clear(list),
    ),
};
