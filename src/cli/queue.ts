/**
 * `rsm queue`: what libraries do, and what waits for what.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { LibraryMap } from "../model/calls.ts";
import type { LibraryRequestRecord } from "../model/objects.ts";
import { ORDER_LAST } from "../model/queue_calls.ts";
import { LIBRARY_OPERATIONS } from "../model/states.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { age } from "./numbers.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { type Column, drawTable } from "./table.ts";

/** A request that is not finished, and where. */
interface Queued {
  readonly request: LibraryRequestRecord;
  readonly library: string;
}

function runs({ state }: LibraryRequestRecord): boolean {
  return state === "inProcess";
}

/** What runs first, then what waits, by kind, priority, order number and time. */
function compare({ request: a }: Queued, { request: b }: Queued): number {
  return Number(runs(b)) - Number(runs(a)) ||
    LIBRARY_OPERATIONS[a.operation] - LIBRARY_OPERATIONS[b.operation] ||
    b.priority - a.priority || a.order - b.order ||
    a.queued.getTime() - b.queued.getTime();
}

/** The requests of libraries that are not finished, in the order in which they go. */
export function queued(maps: readonly LibraryMap[]): Queued[] {
  return maps.flatMap(({ library, requests }) =>
    requests.map((request) => ({ request, library: library.name }))
      .toSorted(compare)
  );
}

function orderOf({ operation, order }: LibraryRequestRecord): string {
  if (operation !== "mount") return "";
  return order === ORDER_LAST ? "last" : `${order}`;
}

function columns(nowMs: number): readonly Column<Queued>[] {
  return [
    {
      heading: "State",
      cell: ({ request }) => runs(request) ? "runs" : "waits",
    },
    { heading: "Request", cell: ({ request }) => request.name },
    {
      heading: "Priority",
      cell: ({ request }) => `${request.priority}`,
      align: "right",
    },
    {
      heading: "Order",
      cell: ({ request }) => orderOf(request),
      align: "right",
    },
    { heading: "For", cell: ({ request }) => request.application },
    { heading: "Since", cell: ({ request }) => age(request.queued, nowMs) },
    {
      heading: "Waits for",
      cell: ({ request }) => request.message.replace(/^waits for /, ""),
    },
    { heading: "Library", cell: ({ library }) => library },
    { heading: "Id", cell: ({ request }) => request.id, whole: true },
  ];
}

/** The maps of the library that a word names, or of all. */
export async function mapsOf(
  session: Session,
  word: string | undefined,
): Promise<LibraryMap[]> {
  const library = word === undefined
    ? null
    : (await resolveLibrary(session, word)).id;
  return await session.map(library);
}

/** Shows what libraries do, and what waits for what. */
export const queue: Command = {
  name: "queue",
  summary: "Show what runs, what waits, and on what",
  details: [
    "What runs comes first; then what waits, in the order in which it goes: by kind, which puts dismounts before mounts, then priority, order number and time.",
  ],
  operands: [{
    name: "LIBRARY",
    optional: true,
    summary: "Id, name or device of one library (default: all)",
  }],
  options: CLIENT_OPTIONS,
  examples: [
    { line: "rsm queue", what: "Show the queues of all libraries" },
    { line: "rsm queue VL-demo --json", what: "One library's, for programs" },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { io, output } = context;
    const word = args.operand("LIBRARY");
    const all = await withSession(
      context,
      args,
      async (session) => queued(await mapsOf(session, word)),
    );
    if (output.json) {
      return output.value({ requests: all.map(({ request }) => request) });
    }
    if (all.length === 0) return output.words("Nothing runs and nothing waits");
    output.data(
      drawTable(all, columns(io.clock.now()), {
        style: output.style,
        ...output.tableWidth,
      }).join("\n"),
    );
  },
};
