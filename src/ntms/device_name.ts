/**
 * GetNtmsDeviceName in its two character sets.
 *
 * @module
 */

import type { Guid } from "../model/ids.ts";
import type { NtmsObject } from "../model/objects.ts";
import { invalid, readGuid } from "./arguments.ts";
import { tellText } from "./text_buffer.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";
import { type Charset, toAnsi } from "./windows_1252.ts";

/**
 * Tells the device of a drive, robot or library, as in the `szDeviceName` of
 * its structure.
 *
 * The header has only the name of this function, no prototype, and no document
 * describes it: the arguments are those of
 * {@linkcode GetNtmsMediaPoolNameW}.
 *
 * @param hSession The session.
 * @param lpObjectId The drive, robot or library.
 * @param lpNameBuf Receives the name, which is empty where no device was
 * found; `null` to learn its size only.
 * @param lpdwBufSize Going in, the characters there is room for, counting the
 * null that ends the name in C; coming out, those it takes.
 * @returns ERROR_SUCCESS; ERROR_INSUFFICIENT_BUFFER when the name does not fit: the
 * size that is needed is told, and the buffer stays as it is;
 * ERROR_OBJECT_NOT_FOUND when no object has the id; ERROR_INVALID_PARAMETER for
 * one of another type, and for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsDeviceNameW,
 *   NTMS_DRIVE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const drives: string[] = [];
 * await EnumerateNtmsObject(hSession, null, drives, { value: 99 }, NTMS_DRIVE, 0);
 * const device = { value: "" };
 * await GetNtmsDeviceNameW(hSession, drives[0] ?? "", device, { value: 64 });
 * console.log(device.value); // such as /dev/nst0
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsDeviceNameW(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpNameBuf: Ref<string> | null,
  lpdwBufSize: Ref<DWORD>,
): Promise<DWORD> {
  return getName(hSession, lpObjectId, lpNameBuf, lpdwBufSize, (text) => text);
}

/**
 * Tells the device of a drive, robot or library; the same as
 * {@linkcode GetNtmsDeviceNameW}, whose name most programs do not spell out.
 *
 * @param hSession The session.
 * @param lpObjectId The drive, robot or library.
 * @param lpNameBuf Receives the name, or `null`.
 * @param lpdwBufSize The characters there is room for; receives those needed.
 * @returns The codes of {@linkcode GetNtmsDeviceNameW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsDeviceName,
 *   NTMS_DRIVE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const drives: string[] = [];
 * await EnumerateNtmsObject(hSession, null, drives, { value: 99 }, NTMS_DRIVE, 0);
 * const device = { value: "" };
 * await GetNtmsDeviceName(hSession, drives[0] ?? "", device, { value: 64 });
 * console.log(device.value); // such as /dev/nst0
 * await CloseNtmsSession(hSession);
 * ```
 */
export const GetNtmsDeviceName: typeof GetNtmsDeviceNameW = GetNtmsDeviceNameW;

/**
 * Tells the device of a drive, robot or library;
 * {@linkcode GetNtmsDeviceNameW} with text limited to Windows-1252: a question
 * mark stands for what it lacks.
 *
 * @param hSession The session.
 * @param lpObjectId The drive, robot or library.
 * @param lpNameBuf Receives the name, or `null`.
 * @param lpdwBufSize The characters there is room for; receives those needed.
 * @returns The codes of {@linkcode GetNtmsDeviceNameW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsDeviceNameA,
 *   NTMS_DRIVE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const drives: string[] = [];
 * await EnumerateNtmsObject(hSession, null, drives, { value: 99 }, NTMS_DRIVE, 0);
 * const device = { value: "" };
 * await GetNtmsDeviceNameA(hSession, drives[0] ?? "", device, { value: 64 });
 * console.log(device.value); // such as /dev/nst0
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsDeviceNameA(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpNameBuf: Ref<string> | null,
  lpdwBufSize: Ref<DWORD>,
): Promise<DWORD> {
  return getName(hSession, lpObjectId, lpNameBuf, lpdwBufSize, toAnsi);
}

function getName(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpNameBuf: Ref<string> | null,
  lpdwBufSize: Ref<DWORD>,
  charset: Charset,
): Promise<DWORD> {
  return tellText({
    hSession,
    lpNameBuf,
    lpdwBufSize,
    charset,
    ask: async (session) =>
      deviceOf(await session.object(readGuid(lpObjectId, "lpObjectId"))),
  });
}

function deviceOf(record: NtmsObject): string {
  switch (record.type) {
    case "changer":
    case "drive":
    case "library":
      return record.device;
    default:
      throw invalid(
        `Object ${record.id} is a ${record.type}, which has no device`,
      );
  }
}
