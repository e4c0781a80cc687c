/**
 * Closes the books on robot steps that nobody heard the end of.
 *
 * @module
 */

import {
  findCartridge,
  findPlace,
  openIntents,
  requireEpoch,
  updateIntent,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { isUnread } from "./journal.ts";

/** Closes the steps left open, after an inventory has told where everything is. */
export async function resolveIntents(
  context: Context,
  libraryId: string,
): Promise<number> {
  // Most inventories find none, and nothing moves while one goes on.
  const left = await context.database.read((db) => openIntents(db, libraryId));
  if (left.length === 0) return 0;
  return await commit(context, "stepsResolved", async (db) => {
    await requireEpoch(db, context.epoch);
    const open = await openIntents(db, libraryId);
    for (const intent of open) {
      const cartridge = await findCartridge(db, intent.cartridgeId);
      const place = await findPlace(db, cartridge?.placeId ?? "");
      const address = place?.elementAddress;
      const found = address === intent.targetAddress
        ? "the inventory found it done"
        : address === intent.sourceAddress
        ? "the inventory found it not done"
        : "the inventory found the cartridge elsewhere";
      const note = cartridge !== null && isUnread(cartridge)
        ? `${found}, judged without its label`
        : found;
      await updateIntent(db, intent.id, {
        state: "resolved",
        settled: context.clock.now(),
        note: intent.note === "" ? note : `${intent.note}; ${note}`,
      });
    }
    return open.length;
  });
}
