/**
 * `rsm media free`.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { MEDIUM, resolveMedium } from "./resolve_medium.ts";
import { listPools } from "./resolve_pool.ts";

/** Gives a medium up to the free pool. */
export const mediaFree: Command = {
  name: "media free",
  summary: "Deallocate a medium and put its cartridge into the free pool",
  details: [
    "What is on it may be overwritten then. A cartridge of which another side is allocated stays where it is.",
  ],
  operands: [MEDIUM],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm media free monday",
    what: "Let anybody have the medium of this name",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(MEDIUM.name);
    const freed = await withSession(context, args, async (session) => {
      const { side } = await resolveMedium(session, word);
      const cartridge = await session.object(side.cartridge);
      const pools = await listPools(session);
      const pool = pools.find(({ kind, mediaType }) =>
        kind === "free" && cartridge.type === "cartridge" &&
        mediaType === cartridge.mediaType
      );
      if (cartridge.type !== "cartridge" || pool === undefined) {
        throw new NtmsError(
          "ERROR_INVALID_MEDIA_POOL",
          `There is no free pool for "${word}": see "rsm type add"`,
        );
      }
      if (side.logicalMedium !== null) {
        await session.deallocate(side.logicalMedium);
      }
      const now = await session.object(cartridge.id);
      // Its pool may have given it back already.
      if (now.type === "cartridge" && now.mediaPool !== pool.id) {
        await session.moveToPool(cartridge.id, pool.id);
      }
      return { cartridge, pool };
    });
    const { cartridge, pool } = freed;
    if (output.json) {
      return output.value({ cartridge: cartridge.id, mediaPool: pool.id });
    }
    output.words(`Moved ${cartridge.name} to pool ${pool.path}`);
  },
};
