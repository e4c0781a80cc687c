/**
 * Media types of libraries and cartridges: AddNtmsMediaType,
 * DeleteNtmsMediaType and ChangeNtmsMediaType.
 *
 * @module
 */

import type {
  CartridgeId,
  LibraryId,
  MediaPoolId,
  MediaTypeId,
} from "../model/ids.ts";
import { readGuid } from "./arguments.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE } from "./types.ts";

/**
 * Declares that a library handles a media type, and makes the free, import and
 * unrecognized pools of the type where they are missing. A library handles by
 * itself what its drives take.
 *
 * @param hSession The session.
 * @param lpMediaTypeId The media type.
 * @param lpLibId The library, which must be enabled and ready.
 * @returns ERROR_SUCCESS, also when the library handled the type already;
 * ERROR_INVALID_MEDIA when no media type has the id; ERROR_INVALID_LIBRARY when
 * no library has the id; ERROR_LIBRARY_OFFLINE when the library is disabled or
 * not ready, or that of offline media;
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
 *   AddNtmsMediaType,
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_LIBRARY,
 *   NTMS_MEDIA_TYPE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const types: string[] = [];
 * await EnumerateNtmsObject(hSession, null, types, { value: 999 }, NTMS_MEDIA_TYPE, 0);
 * const libraries: string[] = [];
 * await EnumerateNtmsObject(hSession, null, libraries, { value: 9 }, NTMS_LIBRARY, 0);
 * console.log(await AddNtmsMediaType(hSession, types[0] ?? "", libraries[1] ?? ""));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function AddNtmsMediaType(
  hSession: HANDLE,
  lpMediaTypeId: MediaTypeId,
  lpLibId: LibraryId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.addMediaType(
        readGuid(lpMediaTypeId, "lpMediaTypeId"),
        readGuid(lpLibId, "lpLibId"),
      );
    })
  );
}

/**
 * Withdraws a media type from a library that holds no medium of it, for good:
 * also when its drives take such media. When nothing of the type is left
 * anywhere, its system pools go too.
 *
 * @param hSession The session.
 * @param lpMediaTypeId The media type.
 * @param lpLibId The library.
 * @returns ERROR_SUCCESS, also when the library did not handle the type;
 * ERROR_INVALID_LIBRARY when no library has the id; ERROR_NOT_EMPTY while the
 * library holds media of the type; ERROR_INVALID_PARAMETER when no media type
 * has the id;
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
 *   DeleteNtmsMediaType,
 *   EnumerateNtmsObject,
 *   ERROR_NOT_EMPTY,
 *   NTMS_LIBRARY,
 *   NTMS_MEDIA_TYPE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const types: string[] = [];
 * await EnumerateNtmsObject(hSession, null, types, { value: 999 }, NTMS_MEDIA_TYPE, 0);
 * const libraries: string[] = [];
 * await EnumerateNtmsObject(hSession, null, libraries, { value: 9 }, NTMS_LIBRARY, 0);
 * const code = await DeleteNtmsMediaType(hSession, types[0] ?? "", libraries[1] ?? "");
 * if (code === ERROR_NOT_EMPTY) console.log("Take the media out first");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DeleteNtmsMediaType(
  hSession: HANDLE,
  lpMediaTypeId: MediaTypeId,
  lpLibId: LibraryId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.deleteMediaType(
        readGuid(lpMediaTypeId, "lpMediaTypeId"),
        readGuid(lpLibId, "lpLibId"),
      );
    })
  );
}

/**
 * Puts a cartridge into a pool of another media type, of which it is then. The
 * rules of {@linkcode MoveToNtmsMediaPool} hold, but that the types are the
 * same.
 *
 * @param hSession The session.
 * @param lpMediaId The cartridge.
 * @param lpPoolId The pool, whose media type it gets.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when no cartridge has the id;
 * ERROR_INVALID_MEDIA_POOL when no pool has the id, the pool takes no such
 * media, or the cartridge's library does not handle its media type;
 * ERROR_LIBRARY_OFFLINE when the cartridge is in no library, or in one that is
 * disabled or not ready; ERROR_BUSY while a side is mounted;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the computer and the cartridge's pool;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   ChangeNtmsMediaType,
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_MEDIA_POOL,
 *   NTMS_PHYSICAL_MEDIA,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const cartridges: string[] = [];
 * const size = { value: 99 };
 * await EnumerateNtmsObject(hSession, null, cartridges, size, NTMS_PHYSICAL_MEDIA, 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [cartridge = ""] = cartridges;
 * const [pool = ""] = pools;
 * console.log(await ChangeNtmsMediaType(hSession, cartridge, pool)); // 4302: it holds pools
 * await CloseNtmsSession(hSession);
 * ```
 */
export function ChangeNtmsMediaType(
  hSession: HANDLE,
  lpMediaId: CartridgeId,
  lpPoolId: MediaPoolId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.changeMediaType(
        readGuid(lpMediaId, "lpMediaId"),
        readGuid(lpPoolId, "lpPoolId"),
      );
    })
  );
}
