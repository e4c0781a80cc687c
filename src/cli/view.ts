/**
 * `rsm view`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import { type Guid, parseGuid } from "../model/ids.ts";
import type { RecordOf } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Output } from "./output.ts";
import { withProgress } from "./progress.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { typeOfWord } from "./resolve_object.ts";
import { findPool } from "./resolve_pool.ts";
import { drawTable } from "./table.ts";
import { UsageError } from "./usage_error.ts";
import { VIEWS, type ViewType } from "./view_columns.ts";
import { VIEW_TYPES, type ViewTypeRow } from "./view_types.ts";

/** Which objects are wanted, of all there are. */
function onlyThose(args: Arguments): { name?: string; barCode?: string } {
  const name = args.text("name");
  const barCode = args.text("bar-code");
  return {
    ...(name === undefined ? {} : { name }),
    ...(barCode === undefined ? {} : { barCode }),
  };
}

function showTypes(output: Output): void {
  if (output.json) return output.value({ types: VIEW_TYPES });
  output.data(
    drawTable(VIEW_TYPES, [
      { heading: "Type", cell: ({ word }) => word },
      { heading: "What it is", cell: ({ meaning }) => meaning },
      {
        heading: "Container",
        cell: ({ containers }) => containers.join(" or "),
      },
    ], { style: output.style, ...output.tableWidth }).join("\n"),
  );
}

async function containerOf(
  session: Session,
  row: ViewTypeRow,
  word: string,
): Promise<Guid> {
  const id = parseGuid(word);
  if (id !== null) return id;
  const { containers } = row;
  if (containers.includes("pool")) {
    const pool = await findPool(session, word);
    if (pool !== null) return pool.id;
  }
  if (containers.includes("medium")) {
    const [cartridge] = [
      ...await session.objects("cartridge", { barCode: word }),
      ...await session.objects("cartridge", { name: word }),
    ];
    if (cartridge !== undefined) return cartridge.id;
  }
  if (containers.includes("library")) {
    return (await resolveLibrary(session, word)).id;
  }
  throw new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    containers.length === 0
      ? `A list of ${row.word} cannot be confined to "${word}": it has no container`
      : `No ${containers.join(" or ")} is called "${word}"`,
  );
}

function show<Type extends ViewType>(
  type: Type,
  records: readonly RecordOf<Type>[],
  output: Output,
): void {
  if (output.json) return output.value({ type, objects: records });
  if (records.length === 0) return output.words("None");
  output.data(
    drawTable(records, VIEWS[type], {
      style: output.style,
      ...output.tableWidth,
    }).join("\n"),
  );
}

/** Lists the objects of one type. */
export const view: Command = {
  name: "view",
  summary: "List objects of one type: drives, cartridges, requests, ...",
  details: [
    "Without a type it lists the types. A container is the id or name of a library, the path of a pool, or the bar code of a cartridge, whichever the type allows. With --json each object is shown in full.",
  ],
  operands: [
    { name: "TYPE", optional: true, summary: "A type of object" },
    {
      name: "CONTAINER",
      optional: true,
      summary: "List only what is in it",
    },
  ],
  options: [
    ...CLIENT_OPTIONS,
    {
      name: "bar-code",
      aliases: ["barcode"],
      value: "LABEL",
      summary: "Only the cartridges of this bar code",
    },
    {
      name: "name",
      value: "NAME",
      summary: "Only objects of this name",
    },
  ],
  examples: [
    { line: "rsm view", what: "List the types" },
    { line: "rsm view cartridge", what: "List all cartridges" },
    { line: "rsm view drive VL-demo", what: "List the drives of one library" },
    {
      line: "rsm view cartridge --bar-code LAB001L6",
      what: "Look up a cartridge by its bar code",
    },
    {
      line: "rsm view library --json",
      what: "Everything known of the libraries, for programs",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.operand("TYPE");
    if (word === undefined) return showTypes(output);
    const row = typeOfWord(word);
    const within = args.operand("CONTAINER");
    const only = onlyThose(args);
    if (within !== undefined && Object.keys(only).length > 0) {
      throw new UsageError(
        `Cannot confine a list to "${within}" and to a name or bar code`,
        "Leave the container out: names and bar codes are found wherever they are",
      );
    }
    await withSession(context, args, async (session) => {
      const container = within === undefined
        ? null
        : await containerOf(session, row, within);
      const listing = session.objects(row.type, { container, ...only });
      show(row.type, await withProgress(context, "Listing", listing), output);
    });
  },
};
