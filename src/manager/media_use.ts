/**
 * Whether anybody uses a cartridge now.
 *
 * @module
 */

import {
  findMount,
  hasUnfinishedRequest,
  type Reader,
} from "../database/mod.ts";

/** Whether a side of a cartridge is mounted, or a request about it is under way. */
export async function isInUse(
  db: Reader,
  cartridgeId: string,
  sides: readonly { readonly id: string }[],
): Promise<boolean> {
  for (const { id } of sides) {
    if (await findMount(db, id) !== null) return true;
  }
  return await hasUnfinishedRequest(db, cartridgeId);
}
