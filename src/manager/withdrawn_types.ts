/**
 * Media types that somebody withdrew from a library: without a note of it, the
 * next start would find them again by the drives.
 *
 * @module
 */

import {
  deleteSettings,
  getSetting,
  type Reader,
  setSetting,
  type Writer,
} from "../database/mod.ts";

function settingName(libraryId: string, mediaTypeId: string): string {
  return `withdrawn ${libraryId} ${mediaTypeId}`;
}

/** Whether a media type was withdrawn from a library. */
export async function isWithdrawn(
  db: Reader,
  libraryId: string,
  mediaTypeId: string,
): Promise<boolean> {
  return await getSetting(db, settingName(libraryId, mediaTypeId)) !== null;
}

/** Notes whether a media type is withdrawn from a library. */
export async function noteWithdrawn(
  db: Writer,
  libraryId: string,
  mediaTypeId: string,
  withdrawn: boolean,
): Promise<void> {
  const name = settingName(libraryId, mediaTypeId);
  if (withdrawn) await setSetting(db, name, "1");
  else await deleteSettings(db, name);
}
