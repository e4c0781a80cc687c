/**
 * Queries on which libraries handle which media types.
 *
 * @module
 */

import type { Reader, Writer } from "./database.ts";

/** Tells that a library does not handle a media type any more. */
export async function removeMediaType(
  db: Writer,
  libraryId: string,
  mediaTypeId: string,
): Promise<void> {
  await db.deleteFrom("libraryMediaType").where("libraryId", "=", libraryId)
    .where("mediaTypeId", "=", mediaTypeId).execute();
}

/** How many cartridges of a media type there are, in one library or everywhere. */
export async function countCartridgesOfType(
  db: Reader,
  mediaTypeId: string,
  libraryId: string | null,
): Promise<number> {
  let query = db.selectFrom("cartridge")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("mediaTypeId", "=", mediaTypeId);
  if (libraryId !== null) query = query.where("libraryId", "=", libraryId);
  return Number((await query.executeTakeFirstOrThrow()).count);
}

/** Whether any library handles a media type. */
export async function isHandledAnywhere(
  db: Reader,
  mediaTypeId: string,
): Promise<boolean> {
  const row = await db.selectFrom("libraryMediaType").select("libraryId")
    .where("mediaTypeId", "=", mediaTypeId).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Ids of the pools of the service's own for a media type. */
export async function systemPoolsOf(
  db: Reader,
  mediaTypeId: string,
): Promise<string[]> {
  const rows = await db.selectFrom("mediaPool").select("id")
    .where("mediaTypeId", "=", mediaTypeId)
    .where("kind", "in", ["free", "import", "unrecognized"]).execute();
  return rows.map(({ id }) => id);
}
