/**
 * Puts a cartridge into another pool, as `pool move` and `media move` do.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Context } from "./command.ts";
import { withSession } from "./connect.ts";
import { CARTRIDGE, resolveCartridge } from "./resolve_medium.ts";
import { resolvePool } from "./resolve_pool.ts";

/** Does the move that a command line asks for. */
export async function moveMedium(
  context: Context,
  args: Arguments,
): Promise<void> {
  const { output } = context;
  const word = args.required(CARTRIDGE.name);
  const path = args.required("POOL");
  const moved = await withSession(context, args, async (session) => {
    const cartridge = await resolveCartridge(session, word);
    const pool = await resolvePool(session, path);
    await session.moveToPool(cartridge.id, pool.id);
    return { cartridge, pool };
  });
  const { cartridge, pool } = moved;
  if (output.json) {
    return output.value({ cartridge: cartridge.id, mediaPool: pool.id });
  }
  output.words(`Moved ${cartridge.name} to pool ${pool.path}`);
}
