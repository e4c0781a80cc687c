/**
 * Queries that the registration of media asks.
 *
 * @module
 */

import type { Reader } from "./database.ts";

/** Whether a cartridge has a bar code. */
export async function barCodeIsKnown(
  db: Reader,
  barCode: string,
): Promise<boolean> {
  const row = await db.selectFrom("cartridge").select("id")
    .where("barCode", "=", barCode).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** How many sides media of a type have. */
export async function sideCountOf(
  db: Reader,
  mediaTypeId: string,
): Promise<number> {
  const { sideCount } = await db.selectFrom("mediaType").select("sideCount")
    .where("id", "=", mediaTypeId).executeTakeFirstOrThrow();
  return sideCount;
}
