/**
 * GetNtmsUIOptions and SetNtmsUIOptions in their two character sets.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";
import type { Guid } from "../model/ids.ts";
import { UI_OPERATIONS, UI_TYPES, type UiType } from "../model/ui_calls.ts";
import {
  invalid,
  readDword,
  readOptionalGuid,
  readRef,
  readText,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import type { NtmsUIOperations, NtmsUITypes } from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { AnsiText, DWORD, HANDLE, Ref } from "./types.ts";
import { type Charset, readAnsi, toAnsi } from "./windows_1252.ts";

/**
 * Lists where messages of one kind about an object go.
 *
 * @param hSession The session.
 * @param lpObjectId The computer or a library; `null` for the application of
 * the session, of which only what this session has set is told.
 * @param dwType NTMS_UITYPE_INFO for the progress of library requests,
 * NTMS_UITYPE_REQ for operator requests about media, NTMS_UITYPE_ERR for those
 * about faults.
 * @param lpszDestination Receives the destinations, each ended by a null, and
 * one null more at the end; empty where there are none.
 * @param lpdwBufSize Going in, the characters there is room for; coming out,
 * those that the list takes with all its nulls, 0 where it is empty.
 * @returns ERROR_SUCCESS; ERROR_INSUFFICIENT_BUFFER when the list does not fit:
 * the size that is needed is told, and the buffer stays as it is;
 * ERROR_OBJECT_NOT_FOUND when no object has the id; ERROR_INVALID_PARAMETER for
 * an object of another type, a kind that is none of the three, and an argument
 * that is missing or malformed; ERROR_INVALID_HANDLE when the session is closed
 * or unknown; ERROR_ACCESS_DENIED without USE on the computer or library;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY while
 * it starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   GetNtmsUIOptionsW,
 *   NTMS_UIDEST_ADD,
 *   NTMS_UITYPE_REQ,
 *   OpenNtmsSession,
 *   SetNtmsUIOptions,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * await SetNtmsUIOptions(hSession, null, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, "desk");
 * const list = { value: "" };
 * await GetNtmsUIOptionsW(hSession, null, NTMS_UITYPE_REQ, list, { value: 256 });
 * console.log(list.value.split("\0").filter((name) => name !== "")); // ["desk"]
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsUIOptionsW(
  hSession: HANDLE,
  lpObjectId: Guid | null,
  dwType: NtmsUITypes,
  lpszDestination: Ref<string>,
  lpdwBufSize: Ref<DWORD>,
): Promise<DWORD> {
  const given = { lpObjectId, dwType, lpszDestination, lpdwBufSize };
  return getOptions(hSession, given, (text) => text);
}

/**
 * Lists where messages of one kind about an object go; the same as
 * {@linkcode GetNtmsUIOptionsW}, whose name most programs do not spell out.
 *
 * @param hSession The session.
 * @param lpObjectId The computer, a library, or `null`.
 * @param dwType The kind of messages.
 * @param lpszDestination Receives the destinations.
 * @param lpdwBufSize The characters there is room for; receives those needed.
 * @returns The codes of {@linkcode GetNtmsUIOptionsW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   GetNtmsUIOptions,
 *   NTMS_UIDEST_ADD,
 *   NTMS_UITYPE_REQ,
 *   OpenNtmsSession,
 *   SetNtmsUIOptions,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * await SetNtmsUIOptions(hSession, null, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, "desk");
 * const list = { value: "" };
 * await GetNtmsUIOptions(hSession, null, NTMS_UITYPE_REQ, list, { value: 256 });
 * console.log(list.value.split("\0").filter((name) => name !== "")); // ["desk"]
 * await CloseNtmsSession(hSession);
 * ```
 */
export const GetNtmsUIOptions: typeof GetNtmsUIOptionsW = GetNtmsUIOptionsW;

/**
 * Lists where messages of one kind about an object go;
 * {@linkcode GetNtmsUIOptionsW} with text limited to Windows-1252: a question
 * mark stands for what it lacks.
 *
 * @param hSession The session.
 * @param lpObjectId The computer, a library, or `null`.
 * @param dwType The kind of messages.
 * @param lpszDestination Receives the destinations.
 * @param lpdwBufSize The characters there is room for; receives those needed.
 * @returns The codes of {@linkcode GetNtmsUIOptionsW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   GetNtmsUIOptionsA,
 *   NTMS_UIDEST_ADD,
 *   NTMS_UITYPE_REQ,
 *   OpenNtmsSession,
 *   SetNtmsUIOptions,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * await SetNtmsUIOptions(hSession, null, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, "desk");
 * const list = { value: "" };
 * await GetNtmsUIOptionsA(hSession, null, NTMS_UITYPE_REQ, list, { value: 256 });
 * console.log(list.value.split("\0").filter((name) => name !== "")); // ["desk"]
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsUIOptionsA(
  hSession: HANDLE,
  lpObjectId: Guid | null,
  dwType: NtmsUITypes,
  lpszDestination: Ref<string>,
  lpdwBufSize: Ref<DWORD>,
): Promise<DWORD> {
  const given = { lpObjectId, dwType, lpszDestination, lpdwBufSize };
  return getOptions(hSession, given, toAnsi);
}

/**
 * Adds or removes a destination of messages of one kind about an object. What
 * is set of the computer or of a library stays until it is changed; what is set
 * of the application ends with the session.
 *
 * A destination is the name of a computer that runs a console, which is not
 * looked for, or an e-mail address or URL that the administrator has
 * configured: operator requests are sent there, and the progress of library
 * requests.
 *
 * @param hSession The session.
 * @param lpObjectId The computer or a library; `null` for the application of
 * the session.
 * @param dwType NTMS_UITYPE_INFO for the progress of library requests,
 * NTMS_UITYPE_REQ for operator requests about media, NTMS_UITYPE_ERR for those
 * about faults.
 * @param dwOperation NTMS_UIDEST_ADD, NTMS_UIDEST_DELETE, or
 * NTMS_UIDEST_DELETEALL, after which no messages go anywhere on behalf of the
 * object.
 * @param lpszDestination The destination, up to 255 characters; an empty one is
 * the computer that the call comes from. Without meaning for
 * NTMS_UIDEST_DELETEALL, but not `null`.
 * @returns ERROR_SUCCESS; ERROR_ALREADY_EXISTS when it is on the list;
 * ERROR_OBJECT_NOT_FOUND when no object has the id, or the destination to be
 * removed is not on the list; ERROR_INVALID_PARAMETER for an object of another
 * type, a kind or operation that is none, an address or URL that the
 * administrator did not configure, and an argument that is missing or
 * malformed; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without USE and MODIFY on the computer or library;
 * ERROR_NOT_ENOUGH_MEMORY when the list is full, or the service at a limit;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL
 * when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   NTMS_UIDEST_ADD,
 *   NTMS_UITYPE_ERR,
 *   OpenNtmsSession,
 *   SetNtmsUIOptionsW,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const desk = "desk";
 * await SetNtmsUIOptionsW(hSession, null, NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, desk);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsUIOptionsW(
  hSession: HANDLE,
  lpObjectId: Guid | null,
  dwType: NtmsUITypes,
  dwOperation: NtmsUIOperations,
  lpszDestination: string,
): Promise<DWORD> {
  return setOptions(
    hSession,
    { lpObjectId, dwType, dwOperation },
    () => readText(lpszDestination, "lpszDestination"),
  );
}

/**
 * Adds or removes a destination of messages; the same as
 * {@linkcode SetNtmsUIOptionsW}, whose name most programs do not spell out.
 *
 * @param hSession The session.
 * @param lpObjectId The computer, a library, or `null`.
 * @param dwType The kind of messages.
 * @param dwOperation What to do.
 * @param lpszDestination The destination.
 * @returns The codes of {@linkcode SetNtmsUIOptionsW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   NTMS_UIDEST_ADD,
 *   NTMS_UITYPE_ERR,
 *   OpenNtmsSession,
 *   SetNtmsUIOptions,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const desk = "desk";
 * await SetNtmsUIOptions(hSession, null, NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, desk);
 * await CloseNtmsSession(hSession);
 * ```
 */
export const SetNtmsUIOptions: typeof SetNtmsUIOptionsW = SetNtmsUIOptionsW;

/**
 * Adds or removes a destination of messages; {@linkcode SetNtmsUIOptionsW} with
 * the destination in Windows-1252.
 *
 * @param hSession The session.
 * @param lpObjectId The computer, a library, or `null`.
 * @param dwType The kind of messages.
 * @param dwOperation What to do.
 * @param lpszDestination The destination: bytes that end at the first zero byte
 * or with the array, or a string.
 * @returns The codes of {@linkcode SetNtmsUIOptionsW}; ERROR_INVALID_PARAMETER
 * also for a string with a character that Windows-1252 lacks.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   NTMS_UIDEST_ADD,
 *   NTMS_UITYPE_ERR,
 *   OpenNtmsSession,
 *   SetNtmsUIOptionsA,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const desk = new Uint8Array([0x64, 0x65, 0x73, 0x6b, 0]); // "desk"
 * await SetNtmsUIOptionsA(hSession, null, NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, desk);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsUIOptionsA(
  hSession: HANDLE,
  lpObjectId: Guid | null,
  dwType: NtmsUITypes,
  dwOperation: NtmsUIOperations,
  lpszDestination: AnsiText,
): Promise<DWORD> {
  return setOptions(
    hSession,
    { lpObjectId, dwType, dwOperation },
    () => readAnsi(lpszDestination, "lpszDestination"),
  );
}

interface ListArguments {
  readonly lpObjectId: Guid | null;
  readonly dwType: NtmsUITypes;
}

function getOptions(
  hSession: HANDLE,
  given: ListArguments & {
    readonly lpszDestination: Ref<string>;
    readonly lpdwBufSize: Ref<DWORD>;
  },
  charset: Charset,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const { lpdwBufSize, lpszDestination } = given;
      const room = readDword(
        readRef(lpdwBufSize, "lpdwBufSize"),
        "lpdwBufSize.value",
      );
      readRef(lpszDestination, "lpszDestination");
      const destinations = await session.ui.get(readList(given));
      const text = multiString(destinations.map(charset));
      lpdwBufSize.value = text.length;
      if (text.length > room) {
        throw new NtmsError(
          "ERROR_INSUFFICIENT_BUFFER",
          `There is room for ${room} characters and ${text.length} are needed, all nulls among them; call again with more`,
        );
      }
      lpszDestination.value = text;
    })
  );
}

function setOptions(
  hSession: HANDLE,
  given: ListArguments & { readonly dwOperation: NtmsUIOperations },
  readDestination: () => string,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const list = readList(given);
      const operation = nameOfCode(UI_OPERATIONS, given.dwOperation);
      if (operation === null) {
        throw invalid(
          "dwOperation is none of NTMS_UIDEST_ADD, NTMS_UIDEST_DELETE and NTMS_UIDEST_DELETEALL",
        );
      }
      const destination = readDestination();
      switch (operation) {
        case "add":
          return await session.ui.add(destination, list);
        case "delete":
          return await session.ui.remove(destination, list);
        case "deleteAll":
          return await session.ui.clear(list);
      }
    })
  );
}

function readList(
  { dwType, lpObjectId }: ListArguments,
): { object: Guid | null; type: UiType } {
  const object = readOptionalGuid(lpObjectId, "lpObjectId");
  const type = nameOfCode(UI_TYPES, dwType);
  if (type !== null) return { object, type };
  throw invalid(
    "dwType is none of NTMS_UITYPE_INFO, NTMS_UITYPE_REQ and NTMS_UITYPE_ERR",
  );
}

/** Texts as C has them in one buffer: each ended by a null, and the list by another. */
function multiString(texts: readonly string[]): string {
  return texts.length === 0
    ? ""
    : `${texts.map((text) => `${text}\0`).join("")}\0`;
}
