/**
 * `rsm type list` and `rsm type show`.
 *
 * @module
 */

import type { MediaTypeFacts } from "../model/managing_calls.ts";
import type { LibraryRecord } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Operand } from "./grammar.ts";
import { resolveMediaType } from "./resolve_pool.ts";
import { type Column, drawTable } from "./table.ts";

/** The word of a command line that names a media type. */
export const TYPE: Operand = {
  name: "TYPE",
  summary: "Name or id of a media type, such as LTO-6",
};

const ORIGINS: Readonly<Record<MediaTypeFacts["origin"], string>> = {
  builtIn: "built in",
  site: "site",
  former: "not any more",
};

function originOf({ origin, suffixesOfSite }: MediaTypeFacts): string {
  return origin === "builtIn" && suffixesOfSite
    ? "built in, suffixes of the site"
    : ORIGINS[origin];
}

const COLUMNS: readonly Column<MediaTypeFacts>[] = [
  { heading: "Name", cell: ({ name }) => name },
  {
    heading: "Bar codes end in",
    cell: ({ barCodeSuffixes }) => barCodeSuffixes.join(" "),
  },
  { heading: "Writing", cell: ({ writability }) => writability },
  { heading: "Class", cell: ({ deviceClass }) => deviceClass },
  {
    heading: "Libraries",
    cell: ({ libraries }) => `${libraries.length}`,
    align: "right",
  },
  { heading: "Known from", cell: originOf },
];

/** Lists the media types with their suffixes. */
export const typeList: Command = {
  name: "type list",
  summary: "List the media types, with the ends of their bar codes",
  details: [
    'The types of a site are those of the file "media_types.json" in the state directory of the service; docs/administration.md tells how it is written.',
  ],
  operands: [],
  options: [
    { name: "handled", summary: "Only those that a library handles" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm type list", what: "List every media type" },
    { line: "rsm type list --handled", what: "List those of use here" },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const all = await withSession(
      context,
      args,
      (session) => session.mediaTypes(),
    );
    const types = args.flag("handled")
      ? all.filter(({ libraries }) => libraries.length > 0)
      : all;
    if (output.json) return output.value({ mediaTypes: types });
    output.data(
      drawTable(types, COLUMNS, {
        style: output.style,
        ...output.tableWidth,
      }).join("\n"),
    );
  },
};

function generations(family: string, some: readonly string[] | null): string {
  if (some === null) return `any ${family} drive`;
  return some.length === 0 ? "none" : `${family} ${some.join(", ")}`;
}

function lines(
  type: MediaTypeFacts,
  libraries: readonly LibraryRecord[],
): string {
  const { drives } = type;
  const any = `any drive of class ${type.deviceClass}`;
  const facts: readonly (readonly [string, string])[] = [
    ["Name", type.name],
    ["Id", type.id],
    ["Bar codes end in", type.barCodeSuffixes.join(" ")],
    ["Known from", originOf(type)],
    ["Code", `${type.code}`],
    ["Sides", `${type.sideCount}`],
    ["Writing", type.writability],
    ["Class of drives", type.deviceClass],
    [
      "Read by",
      drives === null ? any : generations(drives.family, drives.readBy),
    ],
    [
      "Written by",
      type.writability === "readOnly"
        ? "none"
        : drives === null
        ? any
        : generations(drives.family, drives.writtenBy),
    ],
    [
      "Density codes",
      type.densityCodes.map((code) => `0x${code.toString(16)}`).join(" "),
    ],
    [
      "Libraries",
      libraries.filter(({ id }) => type.libraries.includes(id))
        .map(({ name }) => name).join(", "),
    ],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) =>
    `${name.padEnd(width)}  ${value}`.trimEnd()
  ).join("\n");
}

/** Shows all that is known of a media type. */
export const typeShow: Command = {
  name: "type show",
  summary: "Show a media type: its bar codes, drives and libraries",
  operands: [TYPE],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm type show LTO-6", what: "Show a media type" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(TYPE.name);
    const { type, libraries } = await withSession(
      context,
      args,
      async (session) => {
        const { id } = await resolveMediaType(session, word);
        const types = await session.mediaTypes();
        return {
          type: types.find((each) => each.id === id),
          libraries: await session.objects("library"),
        };
      },
    );
    if (output.json) return output.value({ mediaType: type ?? null });
    if (type !== undefined) output.data(lines(type, libraries));
  },
};
