/**
 * Media pools after they were made: DeleteNtmsMediaPool,
 * GetNtmsMediaPoolName and MoveToNtmsMediaPool.
 *
 * @module
 */

import type { CartridgeId, MediaPoolId } from "../model/ids.ts";
import { invalid, readGuid, readOptionalGuid } from "./arguments.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import { tellText } from "./text_buffer.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";
import { type Charset, toAnsi } from "./windows_1252.ts";

/**
 * Deletes an application's media pool, which must hold neither media nor
 * pools.
 *
 * @param hSession The session.
 * @param lpPoolId The pool.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA_POOL when no pool has the id, or
 * it is one of the service's own; ERROR_NOT_EMPTY while something is in it;
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
 *   CreateNtmsMediaPool,
 *   DeleteNtmsMediaPool,
 *   NTMS_OPEN_ALWAYS,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pool = { value: "" };
 * await CreateNtmsMediaPool(hSession, "Old", null, NTMS_OPEN_ALWAYS, null, pool);
 * console.log(await DeleteNtmsMediaPool(hSession, pool.value)); // 0
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DeleteNtmsMediaPool(
  hSession: HANDLE,
  lpPoolId: MediaPoolId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.deletePool(readGuid(lpPoolId, "lpPoolId"));
    })
  );
}

/**
 * Tells the full path of a media pool, such as `\App\Daily`.
 *
 * @param hSession The session.
 * @param lpPoolId The pool.
 * @param lpNameBuf Receives the path; `null` to learn its size only.
 * @param lpdwBufSize Going in, the characters there is room for, counting the
 * null that ends the path in C; coming out, those it takes.
 * @returns ERROR_SUCCESS; ERROR_INSUFFICIENT_BUFFER when the path does not fit: the
 * size that is needed is told, and the buffer stays as it is;
 * ERROR_INVALID_MEDIA_POOL when no pool has the id, or none is given;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED when the caller may not read the pool;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsMediaPoolNameW,
 *   NTMS_MEDIA_POOL,
 *   NTMS_POOLHIERARCHY_LENGTH,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * for (const id of pools) {
 *   const path = { value: "" };
 *   await GetNtmsMediaPoolNameW(hSession, id, path, { value: NTMS_POOLHIERARCHY_LENGTH });
 *   console.log(path.value); // such as \Free
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsMediaPoolNameW(
  hSession: HANDLE,
  lpPoolId: MediaPoolId,
  lpNameBuf: Ref<string> | null,
  lpdwBufSize: Ref<DWORD>,
): Promise<DWORD> {
  return getName(hSession, lpPoolId, lpNameBuf, lpdwBufSize, (text) => text);
}

/**
 * Tells the full path of a media pool; the same as
 * {@linkcode GetNtmsMediaPoolNameW}, whose name most programs do not spell out.
 *
 * @param hSession The session.
 * @param lpPoolId The pool.
 * @param lpNameBuf Receives the path, or `null`.
 * @param lpdwBufSize The characters there is room for; receives those needed.
 * @returns The codes of {@linkcode GetNtmsMediaPoolNameW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   ERROR_INSUFFICIENT_BUFFER,
 *   GetNtmsMediaPoolName,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const size = { value: 0 };
 * const code = await GetNtmsMediaPoolName(hSession, pools[0] ?? "", null, size);
 * if (code === ERROR_INSUFFICIENT_BUFFER) console.log(size.value); // characters of the path, and one
 * await CloseNtmsSession(hSession);
 * ```
 */
export const GetNtmsMediaPoolName: typeof GetNtmsMediaPoolNameW =
  GetNtmsMediaPoolNameW;

/**
 * Tells the full path of a media pool; {@linkcode GetNtmsMediaPoolNameW} with
 * text limited to Windows-1252: a question mark stands for what it lacks.
 *
 * @param hSession The session.
 * @param lpPoolId The pool.
 * @param lpNameBuf Receives the path, or `null`.
 * @param lpdwBufSize The characters there is room for; receives those needed.
 * @returns The codes of {@linkcode GetNtmsMediaPoolNameW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsMediaPoolNameA,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const path = { value: "" };
 * await GetNtmsMediaPoolNameA(hSession, pools[0] ?? "", path, { value: 512 });
 * console.log(path.value);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsMediaPoolNameA(
  hSession: HANDLE,
  lpPoolId: MediaPoolId,
  lpNameBuf: Ref<string> | null,
  lpdwBufSize: Ref<DWORD>,
): Promise<DWORD> {
  return getName(hSession, lpPoolId, lpNameBuf, lpdwBufSize, toAnsi);
}

function getName(
  hSession: HANDLE,
  lpPoolId: MediaPoolId,
  lpNameBuf: Ref<string> | null,
  lpdwBufSize: Ref<DWORD>,
  charset: Charset,
): Promise<DWORD> {
  return tellText({
    hSession,
    lpNameBuf,
    lpdwBufSize,
    charset,
    ask: async (session) => {
      const pool = readOptionalGuid(lpPoolId, "lpPoolId");
      if (pool !== null) return await session.poolPath(pool);
      throw invalid(
        "lpPoolId is missing: give the id of a pool",
        "ERROR_INVALID_MEDIA_POOL",
      );
    },
  });
}

/**
 * Puts a cartridge, with all its sides, into another media pool of the same
 * media type.
 *
 * Media of an import or unrecognized pool may only go to the free pool; to
 * import one, allocate its side by its id. In a free pool a side is unprepared
 * until it has its free label; where a library trusts bar codes, it is
 * available at once.
 *
 * @param hSession The session.
 * @param lpMediaId The cartridge.
 * @param lpPoolId The pool it goes to.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when no cartridge has the id, or
 * a side of it is of no use for the free pool; ERROR_INVALID_MEDIA_POOL when no
 * pool has the id, or it takes no such media; ERROR_MEDIA_INCOMPATIBLE when the
 * pool holds another media type; ERROR_BUSY while a side is mounted, or, on
 * the way to the free pool, allocated, complete or reserved;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on both pools;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   MoveToNtmsMediaPool,
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
 * console.log(await MoveToNtmsMediaPool(hSession, cartridge, pool)); // 4302: it holds pools
 * await CloseNtmsSession(hSession);
 * ```
 */
export function MoveToNtmsMediaPool(
  hSession: HANDLE,
  lpMediaId: CartridgeId,
  lpPoolId: MediaPoolId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.moveToPool(
        readGuid(lpMediaId, "lpMediaId"),
        readGuid(lpPoolId, "lpPoolId"),
      );
    })
  );
}
