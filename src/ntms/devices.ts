/**
 * DeleteNtmsLibrary and DeleteNtmsDrive.
 *
 * @module
 */

import type { DriveId, LibraryId } from "../model/ids.ts";
import { readGuid } from "./arguments.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE } from "./types.ts";

/**
 * Forgets a library that is gone, with its drives, changers, slots, ports and
 * doors. Its media go to the offline library, and keep their pools and
 * allocations.
 *
 * @param hSession The session.
 * @param lpLibraryId The library, which must be enabled and not present.
 * @returns ERROR_SUCCESS; ERROR_INVALID_STATE when the library is connected or
 * disabled, and for the offline library; ERROR_INVALID_LIBRARY when no library
 * has the id; ERROR_INVALID_PARAMETER when it is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the library; ERROR_DATABASE_FAILURE and
 * ERROR_DATABASE_FULL when the catalogue cannot be written;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY while
 * the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached any
 * more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DeleteNtmsLibrary,
 *   EnumerateNtmsObject,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const libraries: string[] = [];
 * await EnumerateNtmsObject(hSession, null, libraries, { value: 9 }, NTMS_LIBRARY, 0);
 * const library = libraries.at(-1) ?? "";
 * console.log(await DeleteNtmsLibrary(hSession, library)); // 5023 while it is there
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DeleteNtmsLibrary(
  hSession: HANDLE,
  lpLibraryId: LibraryId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const library = readGuid(lpLibraryId, "lpLibraryId");
      await session.devices.deleteLibrary(library);
    })
  );
}

/**
 * Forgets a drive that is gone; what was in it goes to the offline library. A
 * stand-alone drive goes with its library.
 *
 * @param hSession The session.
 * @param lpDriveId The drive, which must be not present, in a library that is
 * enabled; of a stand-alone drive the library has to be not present.
 * @returns ERROR_SUCCESS; ERROR_INVALID_STATE when the drive is connected, its
 * library is disabled, or requests for it are under way; ERROR_INVALID_DRIVE
 * when no drive has the id; ERROR_INVALID_PARAMETER when it is missing or
 * malformed; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the library; ERROR_DATABASE_FAILURE and
 * ERROR_DATABASE_FULL when the catalogue cannot be written;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY while
 * the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached any
 * more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DeleteNtmsDrive,
 *   EnumerateNtmsObject,
 *   NTMS_DRIVE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const drives: string[] = [];
 * await EnumerateNtmsObject(hSession, null, drives, { value: 99 }, NTMS_DRIVE, 0);
 * console.log(await DeleteNtmsDrive(hSession, drives[0] ?? "")); // 5023 while it is there
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DeleteNtmsDrive(
  hSession: HANDLE,
  lpDriveId: DriveId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.devices.deleteDrive(readGuid(lpDriveId, "lpDriveId"));
    })
  );
}
