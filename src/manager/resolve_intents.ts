/**
 * Closes the books on robot steps that nobody heard the end of.
 *
 * @module
 */

import {
  findCartridge,
  findPlace,
  openIntents,
  updateIntent,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";

/** Closes the steps left open, after an inventory has told where everything is. */
export async function resolveIntents(
  context: Context,
  libraryId: string,
): Promise<number> {
  return await commit(context, "stepsResolved", async (db) => {
    const open = await openIntents(db, libraryId);
    for (const intent of open) {
      const cartridge = await findCartridge(db, intent.cartridgeId);
      const place = await findPlace(db, cartridge?.placeId ?? "");
      const address = place?.elementAddress;
      const note = address === intent.targetAddress
        ? "the inventory found it done"
        : address === intent.sourceAddress
        ? "the inventory found it not done"
        : "the inventory found the cartridge elsewhere";
      await updateIntent(db, intent.id, {
        state: "resolved",
        settled: context.clock.now(),
        note: intent.note === "" ? note : `${intent.note}; ${note}`,
      });
    }
    return open.length;
  });
}
