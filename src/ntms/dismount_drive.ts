/**
 * DismountNtmsDrive.
 *
 * @module
 */

import type { DriveId } from "../model/ids.ts";
import { readGuid } from "./arguments.ts";
import { reachingService } from "./not_connected.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE } from "./types.ts";

/**
 * Puts away whatever medium is in a drive, and ends the mount that the
 * application has of it. It returns when the work is queued. A drive that
 * stands alone keeps its medium: others may use it from then on.
 *
 * @param hSession The session.
 * @param lpDriveId The drive.
 * @returns ERROR_SUCCESS when it is queued; ERROR_INVALID_STATE when the drive
 * is empty, or another application has its medium open; ERROR_INVALID_DRIVE
 * when no drive has the id; ERROR_DEVICE_NOT_AVAILABLE when the drive is
 * disabled or not connected; ERROR_RESOURCE_DISABLED when its library is
 * disabled, ERROR_LIBRARY_OFFLINE when that is not connected;
 * ERROR_INVALID_PARAMETER for an id that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the library; ERROR_BUSY when the queue
 * of the library is full; ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when
 * the catalogue cannot be written; ERROR_NOT_ENOUGH_MEMORY when the service is
 * at a limit; ERROR_NOT_READY while it starts; ERROR_NOT_CONNECTED when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DismountNtmsDrive,
 *   EnumerateNtmsObject,
 *   NTMS_DRIVE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const drives: string[] = [];
 * await EnumerateNtmsObject(hSession, null, drives, { value: 99 }, NTMS_DRIVE, 0);
 * const [drive = ""] = drives;
 * console.log(await DismountNtmsDrive(hSession, drive)); // 5023: it is empty
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DismountNtmsDrive(
  hSession: HANDLE,
  lpDriveId: DriveId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async ({ drives }) => {
      const drive = readGuid(lpDriveId, "lpDriveId");
      await reachingService(() => drives.dismount(drive));
    })
  );
}
