/**
 * GetNtmsObjectAttribute and SetNtmsObjectAttribute in their two character
 * sets.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";
import type { Guid } from "../model/ids.ts";
import { OBJECT_TYPES } from "../model/states.ts";
import {
  invalid,
  isNull,
  readBytes,
  readDword,
  readGuid,
  readRef,
  readText,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import { NTMS_MAXATTR_LENGTH } from "./limit_constants.ts";
import { reachingService } from "./not_connected.ts";
import { NTMS_UNKNOWN } from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { AnsiText, DWORD, HANDLE, Ref } from "./types.ts";
import { readAnsi } from "./windows_1252.ts";

/**
 * Reads the bytes that an application keeps with an object under a name.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param dwType Its type, or NTMS_UNKNOWN; the service goes by the id alone.
 * @param lpAttributeName Name of the attribute, compared exactly.
 * @param lpAttributeData Receives the bytes.
 * @param lpAttributeSize Going in, the bytes there is room for; coming out,
 * those that the attribute has.
 * @returns ERROR_SUCCESS; ERROR_INSUFFICIENT_BUFFER when there is no room: the
 * size that is needed is told, and the buffer stays as it is;
 * ERROR_OBJECT_NOT_FOUND when no object has the id, or it has no attribute of
 * the name;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without USE on the object; ERROR_NOT_READY while the
 * service starts; ERROR_NOT_CONNECTED when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectAttributeW,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [pool = ""] = pools;
 * const data = new Uint8Array(16);
 * const size = { value: data.length };
 * const code = await GetNtmsObjectAttributeW(hSession, pool, NTMS_MEDIA_POOL, "Owner", data, size);
 * if (code === 0) console.log(data.subarray(0, size.value));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsObjectAttributeW(
  hSession: HANDLE,
  lpObjectId: Guid,
  dwType: DWORD,
  lpAttributeName: string,
  lpAttributeData: Uint8Array,
  lpAttributeSize: Ref<DWORD>,
): Promise<DWORD> {
  const readName = () => readText(lpAttributeName, "lpAttributeName");
  return getAttribute(
    { hSession, lpObjectId, dwType, readName },
    lpAttributeData,
    lpAttributeSize,
  );
}

/**
 * Reads the bytes that an application keeps with an object under a name; the
 * same as {@linkcode GetNtmsObjectAttributeW}, whose name most programs do not
 * spell out.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param dwType Its type, or NTMS_UNKNOWN; the service goes by the id alone.
 * @param lpAttributeName Name of the attribute, compared exactly.
 * @param lpAttributeData Receives the bytes.
 * @param lpAttributeSize The bytes there is room for; receives those there are.
 * @returns The codes of {@linkcode GetNtmsObjectAttributeW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectAttribute,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [pool = ""] = pools;
 * const data = new Uint8Array(16);
 * const size = { value: data.length };
 * const code = await GetNtmsObjectAttribute(hSession, pool, NTMS_MEDIA_POOL, "Owner", data, size);
 * if (code === 0) console.log(data.subarray(0, size.value));
 * await CloseNtmsSession(hSession);
 * ```
 */
export const GetNtmsObjectAttribute: typeof GetNtmsObjectAttributeW =
  GetNtmsObjectAttributeW;

/**
 * Reads the bytes that an application keeps with an object under a name;
 * {@linkcode GetNtmsObjectAttributeW} with the name in Windows-1252.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param dwType Its type, or NTMS_UNKNOWN; the service goes by the id alone.
 * @param lpAttributeName Name of the attribute, compared exactly.
 * @param lpAttributeData Receives the bytes.
 * @param lpAttributeSize The bytes there is room for; receives those there are.
 * @returns The codes of {@linkcode GetNtmsObjectAttributeW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectAttributeA,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [pool = ""] = pools;
 * const data = new Uint8Array(16);
 * const size = { value: data.length };
 * const code = await GetNtmsObjectAttributeA(hSession, pool, NTMS_MEDIA_POOL, "Owner", data, size);
 * if (code === 0) console.log(data.subarray(0, size.value));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsObjectAttributeA(
  hSession: HANDLE,
  lpObjectId: Guid,
  dwType: DWORD,
  lpAttributeName: AnsiText,
  lpAttributeData: Uint8Array,
  lpAttributeSize: Ref<DWORD>,
): Promise<DWORD> {
  const readName = () => readAnsi(lpAttributeName, "lpAttributeName");
  return getAttribute(
    { hSession, lpObjectId, dwType, readName },
    lpAttributeData,
    lpAttributeSize,
  );
}

/**
 * Keeps bytes with an object under a name, in the place of what was kept under
 * that name before; no bytes delete it.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param dwType Its type, or NTMS_UNKNOWN; the service goes by the id alone.
 * @param lpAttributeName Name of the attribute: 1 to 31 characters, none of
 * them a control character.
 * @param lpAttributeData The bytes; `null` where there are none.
 * @param dwAttributeSize How many of them, less than NTMS_MAXATTR_LENGTH; 0
 * deletes the attribute.
 * @returns ERROR_SUCCESS; ERROR_INVALID_NAME for a name that is empty,
 * malformed or too long; ERROR_NO_DATA for NTMS_MAXATTR_LENGTH bytes or more;
 * ERROR_OBJECT_NOT_FOUND when no object has the id; ERROR_NOT_ENOUGH_MEMORY
 * when the object has 256 attributes already, or the service is at a limit;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without MODIFY on the object; ERROR_DATABASE_FAILURE and
 * ERROR_DATABASE_FULL when the catalogue cannot be written; ERROR_NOT_READY
 * while the service starts; ERROR_NOT_CONNECTED when it cannot be reached any
 * more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 *   SetNtmsObjectAttributeW,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [pool = ""] = pools;
 * const data = Uint8Array.of(1, 2, 3);
 * await SetNtmsObjectAttributeW(hSession, pool, NTMS_MEDIA_POOL, "Owner", data, data.length);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsObjectAttributeW(
  hSession: HANDLE,
  lpObjectId: Guid,
  dwType: DWORD,
  lpAttributeName: string,
  lpAttributeData: Uint8Array | null,
  dwAttributeSize: DWORD,
): Promise<DWORD> {
  const readName = () => readText(lpAttributeName, "lpAttributeName");
  return setAttribute(
    { hSession, lpObjectId, dwType, readName },
    lpAttributeData,
    dwAttributeSize,
  );
}

/**
 * Keeps bytes with an object under a name; the same as
 * {@linkcode SetNtmsObjectAttributeW}, whose name most programs do not spell
 * out.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param dwType Its type, or NTMS_UNKNOWN; the service goes by the id alone.
 * @param lpAttributeName Name of the attribute, compared exactly.
 * @param lpAttributeData The bytes; `null` where there are none.
 * @param dwAttributeSize How many of them; 0 deletes the attribute.
 * @returns The codes of {@linkcode SetNtmsObjectAttributeW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 *   SetNtmsObjectAttribute,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [pool = ""] = pools;
 * const data = Uint8Array.of(1, 2, 3);
 * await SetNtmsObjectAttribute(hSession, pool, NTMS_MEDIA_POOL, "Owner", data, data.length);
 * await CloseNtmsSession(hSession);
 * ```
 */
export const SetNtmsObjectAttribute: typeof SetNtmsObjectAttributeW =
  SetNtmsObjectAttributeW;

/**
 * Keeps bytes with an object under a name; {@linkcode SetNtmsObjectAttributeW}
 * with the name in Windows-1252.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param dwType Its type, or NTMS_UNKNOWN; the service goes by the id alone.
 * @param lpAttributeName Name of the attribute, compared exactly.
 * @param lpAttributeData The bytes; `null` where there are none.
 * @param dwAttributeSize How many of them; 0 deletes the attribute.
 * @returns The codes of {@linkcode SetNtmsObjectAttributeW}; ERROR_INVALID_NAME
 * also for a string with a character that Windows-1252 lacks.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 *   SetNtmsObjectAttributeA,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [pool = ""] = pools;
 * const data = Uint8Array.of(1, 2, 3);
 * await SetNtmsObjectAttributeA(hSession, pool, NTMS_MEDIA_POOL, "Owner", data, data.length);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsObjectAttributeA(
  hSession: HANDLE,
  lpObjectId: Guid,
  dwType: DWORD,
  lpAttributeName: AnsiText,
  lpAttributeData: Uint8Array | null,
  dwAttributeSize: DWORD,
): Promise<DWORD> {
  const readName = () =>
    readAnsi(lpAttributeName, "lpAttributeName", "ERROR_INVALID_NAME");
  return setAttribute(
    { hSession, lpObjectId, dwType, readName },
    lpAttributeData,
    dwAttributeSize,
  );
}

/** Which attribute is meant. */
interface Which {
  readonly hSession: HANDLE;
  readonly lpObjectId: Guid;
  readonly dwType: DWORD;
  readonly readName: () => string;
}

function checkType(dwType: unknown): void {
  if (dwType === NTMS_UNKNOWN || nameOfCode(OBJECT_TYPES, dwType) !== null) {
    return;
  }
  throw invalid(`dwType is not the type of an object: ${String(dwType)}`);
}

function getAttribute(
  { hSession, lpObjectId, dwType, readName }: Which,
  lpAttributeData: Uint8Array,
  lpAttributeSize: Ref<DWORD>,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const id = readGuid(lpObjectId, "lpObjectId");
      checkType(dwType);
      const name = readName();
      const given = readRef(lpAttributeSize, "lpAttributeSize");
      const room = readDword(given, "lpAttributeSize.value");
      const buffer = readBytes(lpAttributeData, room, "lpAttributeData");

      const data = await reachingService(() => session.attribute(id, name));
      lpAttributeSize.value = data.length;
      if (data.length > room) {
        throw new NtmsError(
          "ERROR_INSUFFICIENT_BUFFER",
          `Attribute "${name}" has ${data.length} bytes and there is room for ${room}; call again with more`,
        );
      }
      buffer.set(data);
    })
  );
}

function setAttribute(
  { hSession, lpObjectId, dwType, readName }: Which,
  lpAttributeData: Uint8Array | null,
  dwAttributeSize: DWORD,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const id = readGuid(lpObjectId, "lpObjectId");
      checkType(dwType);
      const name = readName();
      const size = readDword(dwAttributeSize, "dwAttributeSize");
      const none = size === 0 && isNull(lpAttributeData);
      const data = none
        ? new Uint8Array()
        : readBytes(lpAttributeData, size, "lpAttributeData").subarray(0, size);
      // What is far too long would not even be taken by the service.
      if (size >= NTMS_MAXATTR_LENGTH) {
        throw new NtmsError(
          "ERROR_NO_DATA",
          `An attribute has less than ${NTMS_MAXATTR_LENGTH} bytes, not ${size}`,
        );
      }
      await reachingService(() => session.setAttribute(id, name, data));
    })
  );
}
