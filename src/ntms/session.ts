/**
 * OpenNtmsSession in its two character sets, and CloseNtmsSession.
 *
 * @module
 */

import { openSession, type OpenSessionOptions } from "../client/mod.ts";
import {
  checkReserved,
  isNull,
  isObject,
  readOptions,
  readText,
} from "./arguments.ts";
import { INVALID_HANDLE_VALUE } from "./limit_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { closeHandle, openHandle } from "./session_handles.ts";
import type { AnsiText, DWORD, HANDLE, NtmsCallOptions } from "./types.ts";
import { readAnsi } from "./windows_1252.ts";

/** What OpenNtmsSession takes after its documented arguments. */
export interface OpenNtmsSessionOptions extends NtmsCallOptions {
  /**
   * Path of the socket where this computer's service listens.
   *
   * @default {undefined} What RSM_SOCKET says, else the usual places.
   */
  socket?: string;
}

/**
 * Opens a session with an RSM service.
 *
 * The handle is good in every Worker of this process, several at a time, and
 * means nothing in another process. Close it with
 * {@linkcode CloseNtmsSession}.
 *
 * @param lpServer Host name, IPv4 address or IPv6 address in brackets, each
 * with a port or without; `null` for this computer.
 * @param lpApplication Name of the application, 1 to 64 characters: it tags
 * the requests that the session causes. `null` for "RSM".
 * @param dwOptions 0.
 * @param options What no document knows: a signal, the service's socket.
 * @returns The handle; INVALID_HANDLE_VALUE when it failed. GetLastError then
 * tells ERROR_INVALID_COMPUTERNAME for a server name of no valid form;
 * ERROR_INVALID_PARAMETER for an application name that is empty, too long or
 * has control characters, for options that are not 0, and for an argument of
 * the wrong type; ERROR_NO_NETWORK when the network is down;
 * ERROR_NOT_CONNECTED when the server cannot be reached; ERROR_NOT_READY when
 * this computer's service does not listen, or a service is still starting:
 * try again later; RPC_S_NO_INTERFACES when the service speaks older versions
 * of the interface only; ERROR_ACCESS_DENIED when it does not admit the
 * caller, and when the program may not load the native library;
 * ERROR_NOT_ENOUGH_MEMORY when too many sessions are open; ERROR_NOT_SUPPORTED
 * when there is no native library for this computer; ERROR_CANCELLED when
 * `options.signal` is aborted.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   INVALID_HANDLE_VALUE,
 *   lastErrorDetail,
 *   OpenNtmsSessionW,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSessionW(null, "Nightly", 0);
 * if (hSession === INVALID_HANDLE_VALUE) console.log(lastErrorDetail());
 * else await CloseNtmsSession(hSession);
 * ```
 */
export function OpenNtmsSessionW(
  lpServer: string | null,
  lpApplication: string | null,
  dwOptions: DWORD,
  options?: OpenNtmsSessionOptions,
): Promise<HANDLE> {
  return open(
    () => isNull(lpServer) ? null : readText(lpServer, "lpServer"),
    () =>
      isNull(lpApplication) ? null : readText(lpApplication, "lpApplication"),
    dwOptions,
    options,
  );
}

/**
 * Opens a session; the same as {@linkcode OpenNtmsSessionW}, whose name most
 * programs do not spell out.
 *
 * @param lpServer The computer; `null` for this one.
 * @param lpApplication Name of the application; `null` for "RSM".
 * @param dwOptions 0.
 * @param options What no document knows: a signal, the service's socket.
 * @returns The handle; INVALID_HANDLE_VALUE when it failed, with the codes of
 * {@linkcode OpenNtmsSessionW} for GetLastError.
 *
 * @example
 * ```ts
 * import { CloseNtmsSession, OpenNtmsSession } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession("localhost", null, 0);
 * await CloseNtmsSession(hSession);
 * ```
 */
export const OpenNtmsSession: typeof OpenNtmsSessionW = OpenNtmsSessionW;

/**
 * Opens a session; {@linkcode OpenNtmsSessionW} with names in Windows-1252.
 *
 * @param lpServer The computer: bytes that end at the first zero byte or with
 * the array, or a string; `null` for this one.
 * @param lpApplication Name of the application in the same form; `null` for
 * "RSM".
 * @param dwOptions 0.
 * @param options What no document knows: a signal, the service's socket.
 * @returns The handle; INVALID_HANDLE_VALUE when it failed, with the codes of
 * {@linkcode OpenNtmsSessionW} for GetLastError. A string with a character
 * that Windows-1252 lacks is ERROR_INVALID_COMPUTERNAME as a server name, and
 * ERROR_INVALID_PARAMETER as an application name.
 *
 * @example
 * ```ts
 * import { CloseNtmsSession, OpenNtmsSessionA } from "@ntms/rsm/ntmsapi";
 *
 * const application = new Uint8Array([0x4e, 0xe4, 0x68, 0x65, 0]); // "Nähe"
 * const hSession = await OpenNtmsSessionA(null, application, 0);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function OpenNtmsSessionA(
  lpServer: AnsiText | null,
  lpApplication: AnsiText | null,
  dwOptions: DWORD,
  options?: OpenNtmsSessionOptions,
): Promise<HANDLE> {
  return open(
    () =>
      isNull(lpServer)
        ? null
        : readAnsi(lpServer, "lpServer", "ERROR_INVALID_COMPUTERNAME"),
    () =>
      isNull(lpApplication) ? null : readAnsi(lpApplication, "lpApplication"),
    dwOptions,
    options,
  );
}

/**
 * Ends a session. Calls that wait in it end with ERROR_CANCELLED; what it
 * allocated stays allocated, and what it mounted stays mounted.
 *
 * @param hSession The session; afterwards the handle is good for nothing, in
 * any Worker.
 * @returns ERROR_SUCCESS; ERROR_INVALID_HANDLE when the handle is no handle,
 * closed, or of another process; ERROR_CONNECTION_UNAVAIL when the service
 * could not be told: it ends the session when its lease runs out.
 *
 * @example
 * ```ts
 * import { CloseNtmsSession, OpenNtmsSession } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Nightly", 0);
 * const code = await CloseNtmsSession(hSession);
 * console.log(code); // 0, or 6 where there is no service
 * ```
 */
export function CloseNtmsSession(hSession: HANDLE): Promise<DWORD> {
  return outcomeOf(() => closeHandle(hSession));
}

async function open(
  readServer: () => string | null,
  readApplication: () => string | null,
  dwOptions: unknown,
  options: unknown,
): Promise<HANDLE> {
  let handle: HANDLE = INVALID_HANDLE_VALUE;
  await outcomeOf(async () => {
    const server = readServer();
    const application = readApplication();
    checkReserved(dwOptions, "dwOptions");
    const session = await openSession({
      ...(server === null ? {} : { server }),
      ...(application === null ? {} : { application }),
      ...readOpenOptions(options),
    });
    try {
      handle = openHandle(session);
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
  });
  return handle;
}

/** What may be given beside the documented arguments of what opens a session. */
export function readOpenOptions(options: unknown): OpenSessionOptions {
  const common = readOptions(options);
  const socket = isObject(options) ? options.socket : undefined;
  if (socket === undefined) return common;
  return { ...common, socket: readText(socket, "options.socket") };
}
