/**
 * Devices that will not come back: they go out of the catalogue, and their
 * media into the offline library.
 *
 * @module
 */

import {
  completeOperatorRequests,
  deleteLibrary,
  deleteObject,
  devicesOf,
  driveIsWanted,
  findDrive,
  findLibraryById,
  findObjectRow,
  type ObjectRow,
  offlineLibraryId,
  openIntents,
  type Reader,
  takeOffline,
  updateIntent,
  type Writer,
} from "../database/mod.ts";
import { type DriveId, type LibraryId, NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";

/**
 * Deletes a library that is enabled and not present, with all its parts.
 *
 * @throws {NtmsError} ERROR_INVALID_LIBRARY, ERROR_INVALID_STATE.
 */
export async function forgetLibrary(
  db: Writer,
  { clock }: Pick<Context, "clock">,
  id: LibraryId,
): Promise<void> {
  const object = await findObjectRow(db, id);
  if (object?.type !== "library") throw noLibrary(id);
  await requireAbsence(db, object);
  const now = clock.now();
  // What an inventory of another library sees comes back.
  await takeOffline(db, "libraryId", id);
  for (const { id: step } of await openIntents(db, id)) {
    const note = "the library was deleted";
    await updateIntent(db, step, { state: "resolved", settled: now, note });
  }
  const gone = [id, ...await devicesOf(db, id)];
  await completeOperatorRequests(db, "deviceService", gone, now);
  await deleteLibrary(db, id);
}

/**
 * Deletes a drive that is not present; a stand-alone one with its library.
 *
 * @returns The library that went with it; null for none.
 * @throws {NtmsError} ERROR_INVALID_DRIVE, ERROR_INVALID_STATE.
 */
export async function forgetDrive(
  db: Writer,
  context: Pick<Context, "clock">,
  id: DriveId,
): Promise<LibraryId | null> {
  const drive = await findDrive(db, id);
  const object = await findObjectRow(db, id);
  if (drive === null || object === null) {
    throw new NtmsError("ERROR_INVALID_DRIVE", `There is no drive ${id}`);
  }
  const { libraryId } = drive;
  const library = await findLibraryById(db, libraryId);
  if (library.kind === "standalone") {
    await forgetLibrary(db, context, libraryId);
    return libraryId;
  }
  requireGone(object);
  requireEnabled(await findObjectRow(db, libraryId));
  if (await driveIsWanted(db, id)) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot delete ${object.name}: requests for it are under way; cancel them`,
    );
  }
  await takeOffline(db, "placeId", id);
  const now = context.clock.now();
  await completeOperatorRequests(db, "deviceService", [id], now);
  await deleteObject(db, id);
  return null;
}

async function requireAbsence(db: Reader, object: ObjectRow): Promise<void> {
  if (object.id === await offlineLibraryId(db)) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      "The offline library cannot be deleted: media without a library are in it",
    );
  }
  requireGone(object);
  requireEnabled(object);
}

function requireGone({ name, operationalState }: ObjectRow): void {
  if (operationalState === "notPresent") return;
  throw new NtmsError(
    "ERROR_INVALID_STATE",
    `Cannot delete ${name}: it is connected; take it away first`,
  );
}

function requireEnabled(library: ObjectRow | null): void {
  if (library?.enabled !== 0) return;
  throw new NtmsError(
    "ERROR_INVALID_STATE",
    `Cannot delete anything of library ${library.name}: it is disabled; enable it first`,
  );
}

function noLibrary(id: string): NtmsError {
  return new NtmsError("ERROR_INVALID_LIBRARY", `There is no library ${id}`);
}
