/**
 * `rsm inventory`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { InventoryReport, InventoryResult } from "../model/calls.ts";
import type { LibraryRecord } from "../model/objects.ts";
import type { InventoryMethod } from "../model/states.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { counted } from "./numbers.ts";
import type { Output } from "./output.ts";
import { withProgress } from "./progress.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { printable } from "./width.ts";

const METHODS = [
  "default",
  "fast",
  "omid",
  "none",
  "stop",
] as const satisfies readonly InventoryMethod[];

interface LibraryInventory extends InventoryResult {
  readonly library: LibraryRecord;
}

const DIFFERENCES: readonly (readonly [
  "added" | "moved" | "missing" | "unreadable" | "duplicate",
  string,
])[] = [
  ["added", "New"],
  ["moved", "In another place"],
  ["missing", "Missing, now offline"],
  ["unreadable", "Bar code unreadable at"],
  ["duplicate", "Bar code found twice"],
];

function describeReport(report: InventoryReport): string[] {
  const lines = DIFFERENCES.flatMap(([key, title]) =>
    report[key].length === 0
      ? []
      : [`  ${title}: ${report[key].map(printable).join(", ")}`]
  );
  const read = (report.identified ?? []).map((line) => `  ${printable(line)}`);
  const differences = lines.length === 0 ? ["  No differences"] : lines;
  return read.length === 0 ? differences : [
    ...differences,
    "  By their labels:",
    ...read.map((line) => `  ${line}`),
  ];
}

function show(result: LibraryInventory, output: Output): void {
  const { library, report, request } = result;
  const name = output.style.bold(printable(library.name));
  if (report === null) {
    return output.data(
      `${name}: ${request === null ? "left alone" : "queued"}`,
    );
  }
  const counts = `${counted(report.cartridges, "cartridge")} in ${
    counted(report.elements, "element")
  }`;
  output.data([`${name}: ${counts}`, ...describeReport(report)].join("\n"));
}

function inventoriesOf(results: readonly LibraryInventory[]) {
  const inventories = results.map(({ library, request, report }) => (
    { library: library.id, name: library.name, request, report }
  ));
  return { inventories };
}

async function librariesFor(
  session: Session,
  word: string | undefined,
): Promise<readonly LibraryRecord[]> {
  if (word !== undefined) return [await resolveLibrary(session, word)];
  const libraries = await session.objects("library");
  return libraries.filter(({ kind }) => kind !== "offline");
}

/** Takes stock of libraries, and reports the differences. */
export const inventory: Command = {
  name: "inventory",
  summary: "Compare the catalogue with what is really in the libraries",
  details: [
    "Methods: fast reads bar codes, or without a reader looks at the slots whose content changed; omid mounts media to read their labels; default is the setting of the library; stop ends a running inventory; none does nothing.",
  ],
  operands: [{
    name: "LIBRARY",
    optional: true,
    summary: "Id, name or device of one library (default: all)",
  }],
  options: [
    {
      name: "method",
      short: "m",
      value: "METHOD",
      choices: METHODS,
      summary: "How to look",
    },
    { name: "queue", summary: "Return when it is queued, without a report" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm inventory", what: "Take stock of all libraries" },
    {
      line: "rsm inventory VL-demo --method fast",
      what: "Read the bar codes of one library",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output, signal } = context;
    const word = args.text("method") ?? "default";
    const method = METHODS.find((each) => each === word) ?? "default";
    const wait = !args.flag("queue") && method !== "stop";
    await withSession(context, args, async (session) => {
      const libraries = await librariesFor(session, args.operand("LIBRARY"));
      const taking = Promise.all(libraries.map(async (library) => ({
        library,
        ...await session.inventory(library.id, { method, wait, signal }),
      })));
      const results = await withProgress(context, "Taking stock", taking);
      if (output.json) return output.value(inventoriesOf(results));
      for (const result of results) show(result, output);
    });
  },
};
