/**
 * CancelNtmsLibraryRequest, GetNtmsRequestOrder, SetNtmsRequestOrder and
 * DeleteNtmsRequests.
 *
 * @module
 */

import type { Guid, LibraryRequestId } from "../model/ids.ts";
import {
  invalid,
  readDword,
  readGuid,
  readGuids,
  readRef,
} from "./arguments.ts";
import { NTMS_LIBREQUEST, NTMS_OPREQUEST } from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";

/**
 * Cancels a library request that is not finished. One that waits ends at once.
 * A mount or inventory that has begun ends after the step of the robot that is
 * under way: the cancellation is queued as a request of its own
 * (NTMS_LM_REMOVE, whose `WorkItemId` is the one that ends), and what was moved
 * goes back. The request ends as NTMS_LM_CANCELLED, and calls that wait for it
 * with ERROR_CANCELLED.
 *
 * @param hSession The session.
 * @param lpRequestId The request.
 * @returns ERROR_SUCCESS when it is done or queued; ERROR_ACCESS_DENIED when it
 * is being executed and cannot be taken back any more, and without CONTROL on
 * the library; ERROR_OBJECT_NOT_FOUND when there is no such request, or it is
 * finished; ERROR_INVALID_PARAMETER when its id is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   CancelNtmsLibraryRequest,
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_LIBREQUEST,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const requests: string[] = [];
 * const size = { value: 99 };
 * await EnumerateNtmsObject(hSession, null, requests, size, NTMS_LIBREQUEST, 0);
 * for (const id of requests.slice(0, size.value)) {
 *   console.log(id, await CancelNtmsLibraryRequest(hSession, id));
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function CancelNtmsLibraryRequest(
  hSession: HANDLE,
  lpRequestId: LibraryRequestId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      await session.queue.cancel(readGuid(lpRequestId, "lpRequestId"));
    })
  );
}

/**
 * Reads the order number of a library request: the lower goes first, among
 * mounts of one priority. A mount that nobody has ordered has 0xFFFFFFFF; what
 * is no mount that waits has 0.
 *
 * @param hSession The session.
 * @param lpRequestId The request.
 * @param lpdwOrderNumber Receives the number.
 * @returns ERROR_SUCCESS; ERROR_OBJECT_NOT_FOUND when there is no such request;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_ACCESS_DENIED without CONTROL on the computer; ERROR_DATABASE_FAILURE
 * when the catalogue cannot be read; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsRequestOrder,
 *   NTMS_LIBREQUEST,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const requests: string[] = [];
 * const size = { value: 99 };
 * await EnumerateNtmsObject(hSession, null, requests, size, NTMS_LIBREQUEST, 0);
 * for (const id of requests.slice(0, size.value)) {
 *   const order = { value: 0 };
 *   await GetNtmsRequestOrder(hSession, id, order);
 *   console.log(id, order.value);
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsRequestOrder(
  hSession: HANDLE,
  lpRequestId: LibraryRequestId,
  lpdwOrderNumber: Ref<DWORD>,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const request = readGuid(lpRequestId, "lpRequestId");
      readRef(lpdwOrderNumber, "lpdwOrderNumber");
      lpdwOrderNumber.value = await session.queue.order(request);
    })
  );
}

/**
 * Gives a mount that waits another order number. All media of one call of mount
 * go together.
 *
 * @param hSession The session.
 * @param lpRequestId The request.
 * @param dwOrderNumber 1 for the next of its priority, 0xFFFFFFFF for as late
 * as possible.
 * @returns ERROR_SUCCESS; ERROR_OBJECT_NOT_FOUND when there is no such request;
 * ERROR_INVALID_PARAMETER for the number 0, for a request whose number is 0,
 * and for an argument that is missing or malformed; ERROR_ACCESS_DENIED without
 * CONTROL on the computer; ERROR_DATABASE_FAILURE when the catalogue cannot be
 * written; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_LIBREQUEST,
 *   OpenNtmsSession,
 *   SetNtmsRequestOrder,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const requests: string[] = [];
 * const size = { value: 99 };
 * await EnumerateNtmsObject(hSession, null, requests, size, NTMS_LIBREQUEST, 0);
 * for (const id of requests.slice(0, size.value)) {
 *   console.log(id, await SetNtmsRequestOrder(hSession, id, 1)); // 87 where it does not wait
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsRequestOrder(
  hSession: HANDLE,
  lpRequestId: LibraryRequestId,
  dwOrderNumber: DWORD,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const request = readGuid(lpRequestId, "lpRequestId");
      const order = readDword(dwOrderNumber, "dwOrderNumber");
      await session.queue.setOrder(request, order);
    })
  );
}

/**
 * Deletes requests that have come to their end: passed, failed, refused or
 * cancelled. Those that are queued, wait or run stay, and ids that name none
 * are passed over.
 *
 * @param hSession The session.
 * @param lpRequestId The requests.
 * @param dwType NTMS_LIBREQUEST or NTMS_OPREQUEST.
 * @param dwCount How many of them count.
 * @returns ERROR_SUCCESS; ERROR_INVALID_PARAMETER for a type that is neither,
 * and for an argument that is missing or malformed; ERROR_ACCESS_DENIED without
 * MODIFY on the computer; ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when
 * the catalogue cannot be written; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DeleteNtmsRequests,
 *   EnumerateNtmsObject,
 *   NTMS_LIBREQUEST,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const requests: string[] = [];
 * const size = { value: 99 };
 * await EnumerateNtmsObject(hSession, null, requests, size, NTMS_LIBREQUEST, 0);
 * const type = NTMS_LIBREQUEST;
 * console.log(await DeleteNtmsRequests(hSession, requests, type, size.value));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DeleteNtmsRequests(
  hSession: HANDLE,
  lpRequestId: readonly Guid[],
  dwType: DWORD,
  dwCount: DWORD,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const count = readDword(dwCount, "dwCount");
      const requests = readGuids(lpRequestId, count, "lpRequestId");
      await session.queue.deleteRequests(readType(dwType), requests);
    })
  );
}

function readType(dwType: unknown): "libraryRequest" | "operatorRequest" {
  switch (dwType) {
    case NTMS_LIBREQUEST:
      return "libraryRequest";
    case NTMS_OPREQUEST:
      return "operatorRequest";
    default:
      throw invalid("dwType is neither NTMS_LIBREQUEST nor NTMS_OPREQUEST");
  }
}
