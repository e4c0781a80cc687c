/**
 * `rsm media`: the life of media beside allocation and mounting.
 *
 * @module
 */

import type { CartridgeRecord, SideRecord } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { moveMedium } from "./move_medium.ts";
import { POOL } from "./pool_commands.ts";
import {
  CARTRIDGE,
  MEDIUM,
  resolveCartridge,
  resolveLogicalMedium,
  resolveMedium,
} from "./resolve_medium.ts";
import { listPools, resolvePool } from "./resolve_pool.ts";
import { type Column, drawTable } from "./table.ts";

/** A side, and the cartridge and pool it is in. */
interface ListedSide {
  readonly cartridge: CartridgeRecord;
  readonly side: SideRecord;
  readonly pool: string;
}

const COLUMNS: readonly Column<ListedSide>[] = [
  { heading: "Medium", cell: ({ cartridge }) => cartridge.name },
  {
    heading: "Side",
    cell: ({ side }) => "AB"[side.sideNumber] ?? `${side.sideNumber}`,
  },
  { heading: "State", cell: ({ side }) => side.state },
  { heading: "Pool", cell: ({ pool }) => pool },
  {
    heading: "In",
    cell: ({ cartridge }) =>
      cartridge.location === null ? "offline" : cartridge.locationType,
  },
  {
    heading: "Allocations",
    cell: ({ side }) => `${side.allocateCount}`,
    align: "right",
  },
  {
    heading: "Id",
    cell: ({ side }) => side.logicalMedium ?? side.id,
    whole: true,
  },
];

/** Lists media with their states and pools. */
export const mediaList: Command = {
  name: "media list",
  summary: "List media: their states, pools and ids",
  details: [
    "One line a side. The id is that of the logical medium where the side is allocated, else that of the side.",
  ],
  operands: [{ ...POOL, optional: true, summary: "List only what is in it" }],
  options: CLIENT_OPTIONS,
  examples: [
    { line: "rsm media list", what: "List all media" },
    { line: "rsm media list Free/LTO-6", what: "List the free ones" },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.operand(POOL.name);
    const media = await withSession(context, args, async (session) => {
      const container = word === undefined
        ? null
        : (await resolvePool(session, word)).id;
      const [cartridges, sides, pools] = await Promise.all([
        session.objects("cartridge", { container }),
        session.objects("side", { container }),
        listPools(session),
      ]);
      const paths = new Map(pools.map(({ id, path }) => [id, path]));
      const byId = new Map(cartridges.map((each) => [each.id, each]));
      return sides.flatMap((side): ListedSide[] => {
        const cartridge = byId.get(side.cartridge);
        if (cartridge === undefined) return [];
        const pool = paths.get(cartridge.mediaPool) ?? "";
        return [{ cartridge, side, pool }];
      });
    });
    if (output.json) return output.value({ media });
    if (media.length === 0) return output.words("None");
    output.data(
      drawTable(media, COLUMNS, { style: output.style, ...output.tableWidth })
        .join("\n"),
    );
  },
};

/** Marks a medium as full. */
export const mediaComplete: Command = {
  name: "media complete",
  summary: "Mark an allocated medium as full: it is not written any more",
  operands: [MEDIUM],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm media complete monday",
    what: "Keep the medium of this name from being written again",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(MEDIUM.name);
    const logicalMedium = await withSession(context, args, async (session) => {
      const id = await resolveLogicalMedium(session, word);
      await session.complete(id);
      return id;
    });
    if (output.json) return output.value({ logicalMedium });
    output.words(`Completed ${word}`);
  },
};

/** Retires a medium. */
export const mediaDecommission: Command = {
  name: "media decommission",
  summary: "Retire an available medium for good",
  details: ["It stays known and is never allocated again."],
  operands: [MEDIUM],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm media decommission DEMO02L6",
    what: "Retire a worn tape",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(MEDIUM.name);
    const side = await withSession(context, args, async (session) => {
      const { side } = await resolveMedium(session, word);
      await session.decommission(side.id);
      return side.id;
    });
    if (output.json) return output.value({ side });
    output.words(`Decommissioned ${word}`);
  },
};

/** Forgets a cartridge. */
export const mediaDelete: Command = {
  name: "media delete",
  summary: "Forget a cartridge that is in no library",
  details: [
    "For what was lost or destroyed. None of its sides may be allocated.",
  ],
  operands: [CARTRIDGE],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm media delete DEMO18L6",
    what: "Forget a tape that was taken out and is not coming back",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(CARTRIDGE.name);
    const cartridge = await withSession(context, args, async (session) => {
      const { id } = await resolveCartridge(session, word);
      await session.deleteMedium(id);
      return id;
    });
    if (output.json) return output.value({ cartridge });
    output.words(`Forgot ${word}`);
  },
};

/** Puts a cartridge into another pool. */
export const mediaMove: Command = {
  name: "media move",
  summary: 'Put a cartridge into another media pool, as "rsm pool move"',
  operands: [CARTRIDGE, POOL],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm media move DEMO01L6 backup",
    what: "Put a cartridge into the pool backup",
  }],
  run: moveMedium,
};
