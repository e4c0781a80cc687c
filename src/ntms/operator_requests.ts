/**
 * SubmitNtmsOperatorRequest in its two character sets,
 * WaitForNtmsOperatorRequest, CancelNtmsOperatorRequest and
 * SatisfyNtmsOperatorRequest.
 *
 * @module
 */

import type { Guid } from "../model/ids.ts";
import type { OperatorRequestId } from "../model/operator_calls.ts";
import { OPERATOR_COMMANDS } from "../model/states.ts";
import {
  invalid,
  isNull,
  readDword,
  readGuid,
  readOptionalGuid,
  readOptions,
  readRef,
  readText,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import { reachingService } from "./not_connected.ts";
import { outcomeOf } from "./outcome.ts";
import type { NtmsOpreqCommand } from "./request_constants.ts";
import { withSession } from "./session_handles.ts";
import type { AnsiText, DWORD, HANDLE, NtmsCallOptions, Ref } from "./types.ts";
import { readAnsi } from "./windows_1252.ts";

/**
 * Asks a person for something. It returns at once with the id of the request;
 * {@linkcode WaitForNtmsOperatorRequest} waits for the person.
 *
 * | dwRequest | lpArg1Id | lpArg2Id |
 * | --- | --- | --- |
 * | NTMS_OPREQ_NEWMEDIA | media pool | library, or `null` |
 * | NTMS_OPREQ_CLEANER | library or slot | `null` |
 * | NTMS_OPREQ_DEVICESERVICE | library, drive, door, changer, port, slot, cartridge or side | `null` |
 * | NTMS_OPREQ_MOVEMEDIA | cartridge | library it goes to |
 * | NTMS_OPREQ_MESSAGE | `null` | `null` |
 *
 * @param hSession The session: its application, user and computer are told to
 * the person.
 * @param dwRequest What is asked for.
 * @param lpMessage What the person reads, up to 255 characters; `null` for
 * words that fit the request.
 * @param lpArg1Id The object that it is about; NTMS_NULLGUID is the same as
 * `null`.
 * @param lpArg2Id The second object.
 * @param lpRequestId Receives the id of the request.
 * @returns ERROR_SUCCESS; ERROR_INVALID_PARAMETER for a request that is none of
 * these, an object that is missing, too many or of the wrong type, a message
 * that is too long, and an argument that is malformed; ERROR_OBJECT_NOT_FOUND
 * when an object does not exist; ERROR_INVALID_HANDLE when the session is
 * closed or unknown; ERROR_ACCESS_DENIED without CONTROL on the library or
 * pool, or for a message USE on the computer; ERROR_DATABASE_FAILURE when the
 * catalogue cannot be written; ERROR_NOT_CONNECTED when the service cannot be
 * reached any more; ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   ERROR_TIMEOUT,
 *   NTMS_OPREQ_MESSAGE,
 *   OpenNtmsSession,
 *   SubmitNtmsOperatorRequestW,
 *   WaitForNtmsOperatorRequest,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const request = { value: "" };
 * await SubmitNtmsOperatorRequestW(
 *   hSession,
 *   NTMS_OPREQ_MESSAGE,
 *   "Please change the air filter",
 *   null,
 *   null,
 *   request,
 * );
 * const code = await WaitForNtmsOperatorRequest(hSession, request.value, 0);
 * if (code === ERROR_TIMEOUT) console.log("Nobody did it yet");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SubmitNtmsOperatorRequestW(
  hSession: HANDLE,
  dwRequest: NtmsOpreqCommand,
  lpMessage: string | null,
  lpArg1Id: Guid | null,
  lpArg2Id: Guid | null,
  lpRequestId: Ref<OperatorRequestId>,
): Promise<DWORD> {
  const readMessage = () => readText(lpMessage, "lpMessage");
  return submit(
    { hSession, dwRequest, lpMessage, lpArg1Id, lpArg2Id, lpRequestId },
    readMessage,
  );
}

/**
 * Asks a person for something; the same as
 * {@linkcode SubmitNtmsOperatorRequestW}, whose name most programs do not
 * spell out.
 *
 * @param hSession The session.
 * @param dwRequest What is asked for.
 * @param lpMessage What the person reads, or `null`.
 * @param lpArg1Id The object that it is about, or `null`.
 * @param lpArg2Id The second object, or `null`.
 * @param lpRequestId Receives the id of the request.
 * @returns The codes of {@linkcode SubmitNtmsOperatorRequestW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   NTMS_OPREQ_MESSAGE,
 *   OpenNtmsSession,
 *   SubmitNtmsOperatorRequest,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const kind = NTMS_OPREQ_MESSAGE;
 * const id = { value: "" };
 * await SubmitNtmsOperatorRequest(hSession, kind, "Hello", null, null, id);
 * await CloseNtmsSession(hSession);
 * ```
 */
export const SubmitNtmsOperatorRequest: typeof SubmitNtmsOperatorRequestW =
  SubmitNtmsOperatorRequestW;

/**
 * Asks a person for something; {@linkcode SubmitNtmsOperatorRequestW} with the
 * message in Windows-1252.
 *
 * @param hSession The session.
 * @param dwRequest What is asked for.
 * @param lpMessage What the person reads: bytes that end at the first zero
 * byte or with the array, or a string; or `null`.
 * @param lpArg1Id The object that it is about, or `null`.
 * @param lpArg2Id The second object, or `null`.
 * @param lpRequestId Receives the id of the request.
 * @returns The codes of {@linkcode SubmitNtmsOperatorRequestW};
 * ERROR_INVALID_PARAMETER also for a string with a character that Windows-1252
 * lacks.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   NTMS_OPREQ_MESSAGE,
 *   OpenNtmsSession,
 *   SubmitNtmsOperatorRequestA,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const text = new Uint8Array([0x54, 0xfc, 0x72, 0x20, 0x7a, 0x75, 0]); // "Tür zu"
 * const id = { value: "" };
 * const kind = NTMS_OPREQ_MESSAGE;
 * await SubmitNtmsOperatorRequestA(hSession, kind, text, null, null, id);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SubmitNtmsOperatorRequestA(
  hSession: HANDLE,
  dwRequest: NtmsOpreqCommand,
  lpMessage: AnsiText | null,
  lpArg1Id: Guid | null,
  lpArg2Id: Guid | null,
  lpRequestId: Ref<OperatorRequestId>,
): Promise<DWORD> {
  const readMessage = () => readAnsi(lpMessage, "lpMessage");
  return submit(
    { hSession, dwRequest, lpMessage, lpArg1Id, lpArg2Id, lpRequestId },
    readMessage,
  );
}

/**
 * Waits until a person has settled an operator request. Running out of time
 * does not change the request.
 *
 * @param hSession The session.
 * @param lpRequestId The request.
 * @param dwTimeout How long to wait, ms; 0 only looks, INFINITE waits for ever.
 * @param options What no document knows: a signal.
 * @returns ERROR_SUCCESS when it is done; ERROR_CANCELLED when it is refused,
 * the session was closed or `options.signal` aborted; ERROR_TIMEOUT when it is
 * neither in time; ERROR_OBJECT_NOT_FOUND when it does not exist any more: do
 * again what made it necessary; ERROR_INVALID_PARAMETER for an argument that is
 * missing or malformed; ERROR_INVALID_HANDLE when the session is closed or
 * unknown; ERROR_ACCESS_DENIED when the caller may not look; and
 * ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_OPREQUEST,
 *   OpenNtmsSession,
 *   WaitForNtmsOperatorRequest,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * const size = { value: 16 };
 * await EnumerateNtmsObject(hSession, null, ids, size, NTMS_OPREQUEST, 0);
 * for (const id of ids) {
 *   console.log(id, await WaitForNtmsOperatorRequest(hSession, id, 0));
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function WaitForNtmsOperatorRequest(
  hSession: HANDLE,
  lpRequestId: OperatorRequestId,
  dwTimeout: DWORD,
  options?: NtmsCallOptions,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const request = readGuid(lpRequestId, "lpRequestId");
      const timeoutMs = readDword(dwTimeout, "dwTimeout");
      const given = { timeoutMs, ...readOptions(options) };
      await reachingService(() => session.operators.wait(request, given));
    })
  );
}

/**
 * Refuses an operator request: who waits for it is told. Its record is kept
 * for a time.
 *
 * @param hSession The session.
 * @param lpRequestId The request.
 * @returns ERROR_SUCCESS; ERROR_INVALID_STATE when it is done or refused
 * already; ERROR_OBJECT_NOT_FOUND when there is no such request;
 * ERROR_INVALID_PARAMETER when its id is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the computer;
 * ERROR_CONNECTION_UNAVAIL when the service cannot be reached any more;
 * ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CancelNtmsOperatorRequest,
 *   CloseNtmsSession,
 *   NTMS_OPREQ_MESSAGE,
 *   OpenNtmsSession,
 *   SubmitNtmsOperatorRequest,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const kind = NTMS_OPREQ_MESSAGE;
 * const id = { value: "" };
 * await SubmitNtmsOperatorRequest(hSession, kind, "Hello", null, null, id);
 * await CancelNtmsOperatorRequest(hSession, id.value);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function CancelNtmsOperatorRequest(
  hSession: HANDLE,
  lpRequestId: OperatorRequestId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const request = readGuid(lpRequestId, "lpRequestId");
      await session.operators.refuse(request);
    })
  );
}

/**
 * Marks an operator request as done: an allocation or mount that waits for it
 * looks again, and asks anew where what it needs is not there.
 *
 * @param hSession The session.
 * @param lpRequestId The request.
 * @returns ERROR_SUCCESS; ERROR_OBJECT_NOT_FOUND when there is no such request;
 * ERROR_INVALID_STATE when it is done or refused already and its record is
 * kept; ERROR_INVALID_PARAMETER when its id is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the computer;
 * ERROR_CONNECTION_UNAVAIL when the service cannot be reached any more;
 * ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   NTMS_OPREQ_MESSAGE,
 *   OpenNtmsSession,
 *   SatisfyNtmsOperatorRequest,
 *   SubmitNtmsOperatorRequest,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const kind = NTMS_OPREQ_MESSAGE;
 * const id = { value: "" };
 * await SubmitNtmsOperatorRequest(hSession, kind, "Hello", null, null, id);
 * await SatisfyNtmsOperatorRequest(hSession, id.value);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SatisfyNtmsOperatorRequest(
  hSession: HANDLE,
  lpRequestId: OperatorRequestId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const request = readGuid(lpRequestId, "lpRequestId");
      await session.operators.satisfy(request);
    })
  );
}

interface SubmitArguments {
  hSession: unknown;
  dwRequest: unknown;
  lpMessage: unknown;
  lpArg1Id: unknown;
  lpArg2Id: unknown;
  lpRequestId: Ref<OperatorRequestId>;
}

function submit(
  given: SubmitArguments,
  readMessage: () => string,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(given.hSession, async (session) => {
      const command = nameOfCode(OPERATOR_COMMANDS, given.dwRequest);
      if (command === null || command === "unknown") {
        throw invalid(
          "dwRequest is none of NTMS_OPREQ_NEWMEDIA to NTMS_OPREQ_MESSAGE",
        );
      }
      const message = isNull(given.lpMessage) ? null : readMessage();
      const about = readOptionalGuid(given.lpArg1Id, "lpArg1Id");
      const library = readOptionalGuid(given.lpArg2Id, "lpArg2Id");
      readRef(given.lpRequestId, "lpRequestId");

      given.lpRequestId.value = await reachingService(() =>
        session.operators.submit({
          command,
          ...message === null ? {} : { message },
          ...about === null ? {} : { about },
          ...library === null ? {} : { library },
        })
      );
    })
  );
}
