/**
 * ExportNtmsDatabase and ImportNtmsDatabase.
 *
 * @module
 */

import { reachingService } from "./not_connected.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE } from "./types.ts";

/**
 * Writes a consistent copy of the live catalogue, for a backup program to take
 * away: `Export/rsm.sqlite` in the state directory of the service, in the
 * place of the last one. The service stays usable meanwhile.
 *
 * @param hSession The session.
 * @returns ERROR_SUCCESS when the copy is on disk; ERROR_SHARING_VIOLATION
 * while another copy is being written or imported; ERROR_DATABASE_FAILURE when
 * the catalogue cannot be read or the copy not be written;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_ACCESS_DENIED without CONTROL on the computer; ERROR_NOT_READY while
 * the service starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   ExportNtmsDatabase,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Backup", 0);
 * console.log(await ExportNtmsDatabase(hSession)); // 0
 * await CloseNtmsSession(hSession);
 * ```
 */
export function ExportNtmsDatabase(hSession: HANDLE): Promise<DWORD> {
  return outcomeOf(() =>
    reachingService(() =>
      withSession(hSession, async (session) => {
        await session.exportDatabase();
      })
    )
  );
}

/**
 * Has the copy in the service's export directory take the place of the
 * catalogue at the next start of the service. Nothing changes before that.
 * After it, look in the pools, the free pool and the import pool for media
 * whose state has moved on since the copy was made.
 *
 * @param hSession The session.
 * @returns ERROR_SUCCESS when it is scheduled; ERROR_DATABASE_FAILURE when
 * there is no copy, or it is damaged, of a newer version, or something else;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_ACCESS_DENIED without CONTROL on the computer; ERROR_NOT_READY while
 * the service starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   ImportNtmsDatabase,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Backup", 0);
 * console.log(await ImportNtmsDatabase(hSession)); // 4313 where there is no copy
 * await CloseNtmsSession(hSession);
 * ```
 */
export function ImportNtmsDatabase(hSession: HANDLE): Promise<DWORD> {
  return outcomeOf(() =>
    reachingService(() =>
      withSession(hSession, async (session) => {
        await session.importDatabase();
      })
    )
  );
}
