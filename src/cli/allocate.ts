/**
 * `rsm allocate`.
 *
 * @module
 */

import type { AllocateOptions, Session } from "../client/mod.ts";
import type { Allocation } from "../model/calls.ts";
import { NtmsError } from "../model/errors.ts";
import type { MediaPoolRecord } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import type { Option } from "./grammar.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { chooseMediaType, createPool } from "./create_pool.ts";
import { withProgress } from "./progress.ts";
import { resolveLogicalMedium, resolveMedium } from "./resolve_medium.ts";
import { findPool } from "./resolve_pool.ts";
import { UsageError } from "./usage_error.ts";

const OPTIONS: readonly Option[] = [
  {
    name: "pool",
    short: "p",
    value: "NAME",
    summary: "Pool to allocate from; needed",
  },
  {
    name: "create",
    summary:
      "Create the pool when it is missing; it draws from the free pool and gives back to it",
  },
  {
    name: "type",
    short: "t",
    value: "TYPE",
    summary: "Media type the pool must hold, or is created with",
  },
  { name: "side", value: "MEDIUM", summary: "Allocate this side, no other" },
  { name: "new", summary: "Reserve the other sides of the cartridge too" },
  {
    name: "next",
    value: "MEDIUM",
    summary: "Take the next side of the cartridge of this medium",
  },
  {
    name: "name",
    short: "n",
    value: "NAME",
    summary: "Name of the logical medium",
  },
  {
    name: "description",
    value: "TEXT",
    summary: "Description of the logical medium",
  },
  {
    name: "wait",
    short: "w",
    value: "SECONDS",
    summary:
      "Wait so long for a medium; 0 fails at once (default: for ever, and the operator is asked)",
  },
];

/** The words of the command line, read before anything else, so that mistakes in them are told first. */
interface Wanted {
  readonly pool: string;
  readonly timeoutMs: number;
  readonly names: Pick<AllocateOptions, "name" | "description">;
}

function wantedBy(args: Arguments): Wanted {
  const pool = args.text("pool");
  if (pool === undefined) {
    throw new UsageError(
      'Cannot run "rsm allocate": no pool is named',
      'Name one with "--pool"; list them with "rsm pool list"',
    );
  }
  const name = args.text("name");
  const description = args.text("description");
  const names = {
    ...name === undefined ? {} : { name },
    ...description === undefined ? {} : { description },
  };
  return { pool, timeoutMs: args.waitMs("wait"), names };
}

async function poolFor(
  session: Session,
  path: string,
  args: Arguments,
): Promise<MediaPoolRecord> {
  const type = args.text("type");
  const pool = await findPool(session, path);
  if (pool === null) {
    if (args.flag("create")) {
      return await createPool(session, {
        path,
        type,
        drawFromFree: true,
        returnToFree: true,
        mode: "always",
      });
    }
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `No media pool is called "${path}"; "--create" creates it`,
    );
  }
  if (type === undefined) return pool;
  const mediaType = await chooseMediaType(session, type);
  if (mediaType.id === pool.mediaType) return pool;
  throw new NtmsError(
    "ERROR_MEDIA_INCOMPATIBLE",
    `Pool "${pool.path}" does not hold media of type "${mediaType.name}"`,
  );
}

async function allocateIn(
  session: Session,
  wanted: Wanted,
  args: Arguments,
  signal: AbortSignal,
): Promise<Allocation> {
  const { timeoutMs } = wanted;
  const pool = await poolFor(session, wanted.pool, args);
  const side = args.text("side");
  const next = args.text("next");
  return await session.allocate({
    pool: pool.id,
    wholeCartridge: args.flag("new"),
    errorIfUnavailable: timeoutMs === 0,
    timeoutMs,
    signal,
    ...wanted.names,
    ...side === undefined
      ? {}
      : { side: (await resolveMedium(session, side)).side.id },
    ...next === undefined
      ? {}
      : { nextOf: await resolveLogicalMedium(session, next) },
  });
}

/** Says in words what was allocated; the id is what counts. */
async function describe(
  session: Session,
  allocation: Allocation,
): Promise<string> {
  const side = await session.object(allocation.side);
  if (side.type !== "side") return "";
  const [cartridge, pool] = await Promise.all([
    session.object(side.cartridge),
    session.object(allocation.allocatedFrom),
  ]);
  const from = pool.type === "mediaPool" ? pool.path : pool.name;
  return `Allocated ${cartridge.name} from ${from}`;
}

/** Allocates a medium; its id goes to the data. */
export const allocate: Command = {
  name: "allocate",
  summary: "Allocate a medium from a pool; prints its id",
  details: [
    'The id of the logical medium is printed, alone, so that a script can keep it: medium=$(rsm allocate --pool backup). It is valid until "rsm deallocate".',
  ],
  operands: [],
  options: [...OPTIONS, ...CLIENT_OPTIONS],
  examples: [
    {
      line: "rsm allocate --pool backup --create --name monday",
      what: "Allocate a medium; create the pool when it is not there",
    },
    {
      line: "rsm allocate --pool backup --wait 0",
      what: "Allocate a medium, or fail when none is available now",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output, signal } = context;
    const wanted = wantedBy(args);
    await withSession(context, args, async (session) => {
      const allocation = await withProgress(
        context,
        "Waiting for a medium",
        allocateIn(session, wanted, args, signal),
      );
      if (output.json) return output.value(allocation);
      output.data(allocation.logicalMedium);
      output.words(await describe(session, allocation));
    });
  },
};
