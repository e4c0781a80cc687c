/**
 * CreateNtmsMediaPool in its two character sets.
 *
 * @module
 */

import type { Guid } from "../model/ids.ts";
import { LIMITS, poolPathLevels } from "../model/limits.ts";
import { CREATE_MODES } from "../model/states.ts";
import {
  invalid,
  isNull,
  readOptionalGuid,
  readRef,
  readText,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import type { NtmsCreateOptions } from "./media_constants.ts";
import { readDacl } from "./object_security.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { AnsiText, DWORD, HANDLE, Ref } from "./types.ts";
import { readAnsi } from "./windows_1252.ts";

/**
 * Creates or opens an application's media pool.
 *
 * Each level of a path is created by a call of its own, the upper ones first.
 * A new pool draws nothing from the free pool and returns nothing to it.
 *
 * @param hSession The session.
 * @param lpPoolName Path of the pool, its levels separated by backslashes,
 * with one before the first level or without: `\App\Daily`. At most 512
 * characters, 64 a level, no control characters.
 * @param lpMediaType The media type that the pool is to hold; `null` or
 * NTMS_NULLGUID for a pool of pools.
 * @param dwAction NTMS_OPEN_EXISTING, NTMS_CREATE_NEW or NTMS_OPEN_ALWAYS.
 * @param lpSecurityAttributes A self-relative SECURITY_DESCRIPTOR whose DACL
 * says who may do what to a new pool, beside its creator and the service;
 * `null`: as the upper pool has it, unless that is the root pool.
 * @param lpPoolId Receives the id of the pool.
 * @returns ERROR_SUCCESS; ERROR_ALREADY_EXISTS when NTMS_CREATE_NEW finds the
 * name taken; ERROR_OBJECT_NOT_FOUND when NTMS_OPEN_EXISTING finds no pool, or
 * an upper level does not exist; ERROR_INVALID_NAME for a name that is
 * malformed or too long; ERROR_INVALID_MEDIA when the media type is unknown;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the upper pool;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL
 * when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   CreateNtmsMediaPoolW,
 *   NTMS_OPEN_ALWAYS,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pool = { value: "" };
 * for (const path of ["\\Backup", "\\Backup\\Daily"]) {
 *   await CreateNtmsMediaPoolW(hSession, path, null, NTMS_OPEN_ALWAYS, null, pool);
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function CreateNtmsMediaPoolW(
  hSession: HANDLE,
  lpPoolName: string,
  lpMediaType: Guid | null,
  dwAction: NtmsCreateOptions,
  lpSecurityAttributes: Uint8Array | null,
  lpPoolId: Ref<Guid>,
): Promise<DWORD> {
  const readPath = () => readText(lpPoolName, "lpPoolName");
  return createPool(
    { hSession, readPath, lpMediaType, dwAction, lpSecurityAttributes },
    lpPoolId,
  );
}

/**
 * Creates or opens an application's media pool; the same as
 * {@linkcode CreateNtmsMediaPoolW}, whose name most programs do not spell out.
 *
 * @param hSession The session.
 * @param lpPoolName Path of the pool.
 * @param lpMediaType The media type it is to hold, or `null`.
 * @param dwAction NTMS_OPEN_EXISTING, NTMS_CREATE_NEW or NTMS_OPEN_ALWAYS.
 * @param lpSecurityAttributes A self-relative SECURITY_DESCRIPTOR, or `null`.
 * @param lpPoolId Receives the id of the pool.
 * @returns The codes of {@linkcode CreateNtmsMediaPoolW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   CreateNtmsMediaPool,
 *   NTMS_OPEN_ALWAYS,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pool = { value: "" };
 * const code = await CreateNtmsMediaPool(
 *   hSession,
 *   "Backup",
 *   null,
 *   NTMS_OPEN_ALWAYS,
 *   null,
 *   pool,
 * );
 * if (code === 0) console.log(pool.value);
 * await CloseNtmsSession(hSession);
 * ```
 */
export const CreateNtmsMediaPool: typeof CreateNtmsMediaPoolW =
  CreateNtmsMediaPoolW;

/**
 * Creates or opens an application's media pool;
 * {@linkcode CreateNtmsMediaPoolW} with the path in Windows-1252.
 *
 * @param hSession The session.
 * @param lpPoolName Path of the pool: bytes that end at the first zero byte or
 * with the array, or a string.
 * @param lpMediaType The media type it is to hold, or `null`.
 * @param dwAction NTMS_OPEN_EXISTING, NTMS_CREATE_NEW or NTMS_OPEN_ALWAYS.
 * @param lpSecurityAttributes A self-relative SECURITY_DESCRIPTOR, or `null`.
 * @param lpPoolId Receives the id of the pool.
 * @returns The codes of {@linkcode CreateNtmsMediaPoolW}; ERROR_INVALID_NAME
 * also for a string with a character that Windows-1252 lacks.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   CreateNtmsMediaPoolA,
 *   NTMS_OPEN_ALWAYS,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const name = new Uint8Array([0x54, 0xe4, 0x67, 0x6c, 0x69, 0x63, 0x68, 0]);
 * const pool = { value: "" };
 * const code = await CreateNtmsMediaPoolA(
 *   hSession,
 *   name, // "Täglich"
 *   null,
 *   NTMS_OPEN_ALWAYS,
 *   null,
 *   pool,
 * );
 * if (code === 0) console.log(pool.value);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function CreateNtmsMediaPoolA(
  hSession: HANDLE,
  lpPoolName: AnsiText,
  lpMediaType: Guid | null,
  dwAction: NtmsCreateOptions,
  lpSecurityAttributes: Uint8Array | null,
  lpPoolId: Ref<Guid>,
): Promise<DWORD> {
  const readPath = () =>
    readAnsi(lpPoolName, "lpPoolName", "ERROR_INVALID_NAME");
  return createPool(
    { hSession, readPath, lpMediaType, dwAction, lpSecurityAttributes },
    lpPoolId,
  );
}

interface PoolArguments {
  hSession: unknown;
  readPath: () => string;
  lpMediaType: unknown;
  dwAction: unknown;
  lpSecurityAttributes: unknown;
}

function createPool(
  given: PoolArguments,
  lpPoolId: Ref<Guid>,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(given.hSession, async (session) => {
      const name = readPath(given.readPath());
      const mediaType = readOptionalGuid(given.lpMediaType, "lpMediaType");
      const mode = nameOfCode(CREATE_MODES, given.dwAction);
      if (mode === null) {
        throw invalid(
          "dwAction is none of NTMS_OPEN_EXISTING, NTMS_CREATE_NEW and NTMS_OPEN_ALWAYS",
        );
      }
      const access = isNull(given.lpSecurityAttributes) ? {} : {
        access: readDacl(given.lpSecurityAttributes, "lpSecurityAttributes"),
      };
      readRef(lpPoolId, "lpPoolId");

      lpPoolId.value = await session.createPool({
        name,
        mediaType,
        mode,
        ...access,
      });
    })
  );
}

function readPath(path: string): string {
  if (poolPathLevels(path) !== null) return path;
  throw invalid(
    `lpPoolName is no path of a pool: give levels of 1 to ${LIMITS.nameLength} characters, ${LIMITS.poolPathLength} in all, separated by backslashes, not ${
      JSON.stringify(path.slice(0, 80))
    }`,
    "ERROR_INVALID_NAME",
  );
}
