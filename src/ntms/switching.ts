/**
 * EnableNtmsObject and DisableNtmsObject.
 *
 * @module
 */

import type { Guid } from "../model/ids.ts";
import type { SwitchableType } from "../model/managing_calls.ts";
import { invalid, readGuid } from "./arguments.ts";
import {
  NTMS_DRIVE,
  NTMS_LIBRARY,
  NTMS_PHYSICAL_MEDIA,
} from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE } from "./types.ts";

/**
 * Returns a library, drive or cartridge to use.
 *
 * @param hSession The session.
 * @param dwType NTMS_LIBRARY, NTMS_DRIVE or NTMS_PHYSICAL_MEDIA.
 * @param lpObjectId The object.
 * @returns ERROR_SUCCESS; ERROR_INVALID_STATE when it is so already;
 * ERROR_LIBRARY_OFFLINE for the offline library; ERROR_OBJECT_NOT_FOUND when no
 * object of the type has the id;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the library;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnableNtmsObject,
 *   EnumerateNtmsObject,
 *   NTMS_DRIVE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const drives: string[] = [];
 * await EnumerateNtmsObject(hSession, null, drives, { value: 99 }, NTMS_DRIVE, 0);
 * const [drive = ""] = drives;
 * console.log(await EnableNtmsObject(hSession, NTMS_DRIVE, drive)); // 5023 where it is enabled
 * await CloseNtmsSession(hSession);
 * ```
 */
export function EnableNtmsObject(
  hSession: HANDLE,
  dwType: DWORD,
  lpObjectId: Guid,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const type = readSwitchableType(dwType);
      await session.enable(readGuid(lpObjectId, "lpObjectId"), { type });
    })
  );
}

/**
 * Takes a library, drive or cartridge out of use: mounts that want it fail, also
 * those that wait. What is mounted stays so until it is dismounted; what a
 * deferred dismount left in a drive is put away.
 *
 * @param hSession The session.
 * @param dwType NTMS_LIBRARY, NTMS_DRIVE or NTMS_PHYSICAL_MEDIA.
 * @param lpObjectId The object.
 * @returns ERROR_SUCCESS; ERROR_INVALID_STATE when it is so already;
 * ERROR_LIBRARY_OFFLINE for the offline library; ERROR_OBJECT_NOT_FOUND when no
 * object of the type has the id;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the library;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DisableNtmsObject,
 *   EnableNtmsObject,
 *   EnumerateNtmsObject,
 *   NTMS_DRIVE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const drives: string[] = [];
 * await EnumerateNtmsObject(hSession, null, drives, { value: 99 }, NTMS_DRIVE, 0);
 * const [drive = ""] = drives;
 * await DisableNtmsObject(hSession, NTMS_DRIVE, drive);
 * console.log("Clean it by hand now");
 * await EnableNtmsObject(hSession, NTMS_DRIVE, drive);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DisableNtmsObject(
  hSession: HANDLE,
  dwType: DWORD,
  lpObjectId: Guid,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const type = readSwitchableType(dwType);
      await session.disable(readGuid(lpObjectId, "lpObjectId"), { type });
    })
  );
}

function readSwitchableType(dwType: unknown): SwitchableType {
  switch (dwType) {
    case NTMS_LIBRARY:
      return "library";
    case NTMS_DRIVE:
      return "drive";
    case NTMS_PHYSICAL_MEDIA:
      return "cartridge";
    default:
      throw invalid(
        "dwType is none of NTMS_LIBRARY, NTMS_DRIVE and NTMS_PHYSICAL_MEDIA",
      );
  }
}
