/**
 * Queries on libraries and drives that go for good.
 *
 * @module
 */

import type { Selectable } from "kysely";
import type { Reader, Writer } from "./database.ts";
import { offlineLibraryId } from "./libraries.ts";
import { chunks, deleteObject } from "./objects.ts";
import { preparedList } from "./prepared_list.ts";
import { remembered } from "./read_memory.ts";
import type { DriveTable } from "./schema.ts";
import { UNFINISHED } from "./ends.ts";

/** What of a library goes with it. */
const PARTS = [
  "changer",
  "drive",
  "slot",
  "port",
  "door",
  "libraryRequest",
] as const;

/** A drive by its id; null where there is none. */
export async function findDrive(
  db: Reader,
  id: string,
): Promise<Selectable<DriveTable> | null> {
  const row = await db.selectFrom("drive").selectAll().where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Has media be in no library any more, which ends their mounts; the pools and
 * allocations stay.
 *
 * @param column Whether `id` is a library, which all its media leave, or a
 * place, which one does.
 */
export async function takeOffline(
  db: Writer,
  column: "libraryId" | "placeId",
  id: string,
): Promise<void> {
  await db.deleteFrom("mount").where(
    "sideId",
    "in",
    (e) =>
      e.selectFrom("side").innerJoin("cartridge", "cartridge.id", "cartridgeId")
        .select("side.id").where(`cartridge.${column}`, "=", id),
  ).execute();
  await db.updateTable("cartridge").set({
    libraryId: await offlineLibraryId(db),
    placeId: null,
    placeType: "slot",
    homeSlotId: null,
    state: "idle",
  }).where(column, "=", id).execute();
}

/** Whether a request that names a drive is not finished. */
export async function driveIsWanted(
  db: Reader,
  driveId: string,
): Promise<boolean> {
  const row = await db.selectFrom("libraryRequest").select("id")
    .where("driveId", "=", driveId).where("state", "in", UNFINISHED).limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ids of the drives and changers of a library. */
export async function devicesOf(
  db: Reader,
  libraryId: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (const table of ["changer", "drive"] as const) {
    const rows = await db.selectFrom(table).select("id")
      .where("libraryId", "=", libraryId).orderBy("number").execute();
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

/** Deletes a library and all its parts; its media have to be elsewhere. */
export async function deleteLibrary(db: Writer, id: string): Promise<void> {
  for (const table of PARTS) {
    await db.deleteFrom("object").where(
      "id",
      "in",
      (e) => e.selectFrom(table).select("id").where("libraryId", "=", id),
    ).execute();
  }
  await deleteObject(db, id);
}

const absentOf = preparedList((db, ids) =>
  db.selectFrom("object").select("id").where("id", "in", ids)
    .where("operationalState", "=", "notPresent")
);

/** Which of some objects are not present. */
export const absentAmong: (
  db: Reader,
  ids: readonly string[],
) => Promise<Set<string>> = remembered(
  ["object.operationalState"],
  async (db, ids: readonly string[]) => {
    const absent = new Set<string>();
    for (const some of chunks(ids)) {
      for (const { id } of await absentOf(db, some)) absent.add(id);
    }
    return absent;
  },
);

/** Ids of the stand-alone libraries that handle a media type. */
export async function standAloneLibraries(
  db: Reader,
  mediaTypeId: string,
): Promise<string[]> {
  const rows = await db.selectFrom("library")
    .innerJoin("libraryMediaType", "libraryMediaType.libraryId", "library.id")
    .select("library.id").where("kind", "=", "standalone")
    .where("mediaTypeId", "=", mediaTypeId).execute();
  return rows.map(({ id }) => id);
}
