/**
 * InventoryNtmsLibrary.
 *
 * @module
 */

import type { LibraryId } from "../model/ids.ts";
import { INVENTORY_METHODS } from "../model/states.ts";
import { invalid, readGuid, readOptions } from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import type { NtmsInventoryMethod } from "./library_constants.ts";
import { reachingService } from "./not_connected.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, NtmsCallOptions } from "./types.ts";

/**
 * Has a library taken stock of, or ends the inventory that is running. It
 * returns when the work is queued.
 *
 * @param hSession The session.
 * @param lpLibraryId The library.
 * @param dwAction NTMS_INVENTORY_FAST, NTMS_INVENTORY_OMID,
 * NTMS_INVENTORY_DEFAULT or NTMS_INVENTORY_STOP.
 * @param options What no document knows: a signal.
 * @returns ERROR_SUCCESS when it is queued or stopped;
 * ERROR_INVALID_PARAMETER for another action, and for an argument that is
 * missing or malformed; ERROR_INVALID_LIBRARY when no library has the id;
 * ERROR_LIBRARY_OFFLINE for the offline library; ERROR_DEVICE_NOT_AVAILABLE
 * when the library is not connected; ERROR_RESOURCE_DISABLED when it is
 * disabled; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_ACCESS_DENIED without CONTROL on the library; ERROR_NOT_READY while
 * the service starts; ERROR_CANCELLED when `options.signal` is aborted.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   InventoryNtmsLibrary,
 *   NTMS_INVENTORY_DEFAULT,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * for (const id of ids) {
 *   const code = await InventoryNtmsLibrary(hSession, id, NTMS_INVENTORY_DEFAULT);
 *   console.log(id, code); // 4305 for the offline library
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function InventoryNtmsLibrary(
  hSession: HANDLE,
  lpLibraryId: LibraryId,
  dwAction: NtmsInventoryMethod,
  options?: NtmsCallOptions,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const library = readGuid(lpLibraryId, "lpLibraryId");
      const method = nameOfCode(INVENTORY_METHODS, dwAction);
      if (method === null || method === "none" || method === "slot") {
        throw invalid(
          "dwAction is none of NTMS_INVENTORY_FAST, NTMS_INVENTORY_OMID, NTMS_INVENTORY_DEFAULT and NTMS_INVENTORY_STOP",
        );
      }
      const given = { method, ...readOptions(options) };
      await reachingService(() => session.inventory(library, given));
    })
  );
}
