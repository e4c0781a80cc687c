/**
 * The life of media: SetNtmsMediaComplete, SwapNtmsMedia,
 * DecommissionNtmsMedia and DeleteNtmsMedia.
 *
 * @module
 */

import type { CartridgeId, LogicalMediumId, SideId } from "../model/ids.ts";
import { readGuid } from "./arguments.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE } from "./types.ts";

/**
 * Marks an allocated side as full: it is not mounted for writing any more. Its
 * logical medium stays. It cannot be done while the medium is mounted.
 *
 * @param hSession The session.
 * @param lpMediaId The logical medium.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when no logical medium has the
 * id; ERROR_INVALID_STATE when its side is not allocated, or mounted or about
 * to be;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the pool;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   ERROR_INVALID_MEDIA,
 *   OpenNtmsSession,
 *   SetNtmsMediaComplete,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const medium = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
 * const code = await SetNtmsMediaComplete(hSession, medium);
 * if (code === ERROR_INVALID_MEDIA) console.log("It was given back before");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsMediaComplete(
  hSession: HANDLE,
  lpMediaId: LogicalMediumId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.complete(readGuid(lpMediaId, "lpMediaId"));
    })
  );
}

/**
 * Exchanges the sides behind two logical media, so that an application that
 * copied data to a fresh medium keeps the id it knows.
 *
 * @param hSession The session.
 * @param lpMediaId1 One logical medium.
 * @param lpMediaId2 Another, in the same pool.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when no logical medium has one
 * of the ids, or one is mounted or about to be; ERROR_INVALID_STATE when a
 * side is not allocated; ERROR_INVALID_MEDIA_POOL when they are in different
 * pools;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the pool;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   OpenNtmsSession,
 *   SwapNtmsMedia,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const old = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
 * const fresh = "7f9619ff-8b86-4d01-b42d-00cf4fc964ff";
 * console.log(await SwapNtmsMedia(hSession, old, fresh)); // 4300: there are no such media
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SwapNtmsMedia(
  hSession: HANDLE,
  lpMediaId1: LogicalMediumId,
  lpMediaId2: LogicalMediumId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.swap(
        readGuid(lpMediaId1, "lpMediaId1"),
        readGuid(lpMediaId2, "lpMediaId2"),
      );
    })
  );
}

/**
 * Retires an available side for good: it stays known and is never allocated
 * again.
 *
 * @param hSession The session.
 * @param lpMediaId The side; not a logical medium.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when no side has the id;
 * ERROR_INVALID_STATE when it is not available;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the pool;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DecommissionNtmsMedia,
 *   EnumerateNtmsObject,
 *   NTMS_PARTITION,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const sides: string[] = [];
 * await EnumerateNtmsObject(hSession, null, sides, { value: 99 }, NTMS_PARTITION, 0);
 * const worn = sides[0];
 * if (worn !== undefined) await DecommissionNtmsMedia(hSession, worn);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DecommissionNtmsMedia(
  hSession: HANDLE,
  lpMediaId: SideId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.decommission(readGuid(lpMediaId, "lpMediaId"));
    })
  );
}

/**
 * Forgets a cartridge that was lost or destroyed, with its sides. It has to be
 * in the offline library, and none of its sides allocated, complete or
 * reserved.
 *
 * @param hSession The session.
 * @param lpMediaId The cartridge.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when no cartridge has the id;
 * ERROR_INVALID_STATE when it is in a library, a side of it is allocated,
 * complete or reserved, or a mount waits for it;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the computer and the pool;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DeleteNtmsMedia,
 *   EnumerateNtmsObject,
 *   ERROR_INVALID_STATE,
 *   NTMS_PHYSICAL_MEDIA,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_PHYSICAL_MEDIA, 0);
 * const code = await DeleteNtmsMedia(hSession, ids[0] ?? "");
 * if (code === ERROR_INVALID_STATE) console.log("It is in a library, or in use");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DeleteNtmsMedia(
  hSession: HANDLE,
  lpMediaId: CartridgeId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.deleteMedium(readGuid(lpMediaId, "lpMediaId"));
    })
  );
}
