/**
 * Errors of CancelNtmsLibraryRequest, GetNtmsRequestOrder, SetNtmsRequestOrder
 * and DeleteNtmsRequests.
 *
 * @module
 */

import {
  CancelNtmsLibraryRequest,
  CloseNtmsSession,
  DeleteNtmsRequests,
  DismountNtmsMedia,
  GetNtmsRequestOrder,
  type HANDLE,
  NTMS_DRIVE,
  NTMS_LIBREQUEST,
  NTMS_LM_INPROCESS,
  NTMS_LM_MOUNT,
  NTMS_LM_PASSED,
  NTMS_LM_WAITING,
  NTMS_NULLGUID,
  NTMS_OPREQUEST,
  SetNtmsRequestOrder,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { type Act, type Row, rowsOf } from "./rows.ts";

/** One drive, and a robot that takes its time. */
export const SLOW_LIBRARY =
  "virtual:slow?slots=8&drives=1&cartridges=4&barcodes=LAB%03dL6&files=no&speed=60";

/** A library request of an operation and state. */
export async function requestOf(
  hSession: HANDLE,
  operation: number,
  state: number,
): Promise<string> {
  let found = "";
  await calls.until(async () => {
    const all = await calls.infosOf(hSession, NTMS_LIBREQUEST);
    found = all.find(({ Info: { LibRequest } }) =>
      LibRequest.OperationCode === operation && LibRequest.State === state
    )?.ObjectGuid ?? "";
    return found !== "";
  });
  return found;
}

/** A mount that waits until another one's drive is free, and how that ends. */
export async function waitingMount(
  hSession: HANDLE,
): Promise<{ request: string; outcome: Promise<string> }> {
  const pool = await calls.poolId(hSession);
  const media = [];
  for (const barCode of ["LAB001L6", "LAB002L6", "LAB003L6"]) {
    media.push(await calls.allocated(hSession, barCode, pool));
  }
  const [a = "", b = "", c = ""] = media;
  await calls.mount(hSession, [a, b]);
  const outcome = calls.mount(hSession, [c]);
  const request = await requestOf(hSession, NTMS_LM_MOUNT, NTMS_LM_WAITING);
  return { request, outcome };
}

/** A call about a mount that waits. */
const onWaiting = (
  call: (hSession: HANDLE, request: string) => Promise<number>,
): Act => {
  return async (hSession) => {
    const { outcome, request } = await waitingMount(hSession);
    const code = await call(hSession, request);
    await CancelNtmsLibraryRequest(hSession, request);
    await outcome;
    return code;
  };
};

/** A call about the inventory of the start, which is over. */
const onFinished = (
  call: (hSession: HANDLE, request: string) => Promise<number>,
): Act => {
  return async (hSession) => {
    const [request = ""] = await calls.idsOf(hSession, NTMS_LIBREQUEST);
    return await call(hSession, request);
  };
};

const closed = (call: (hSession: HANDLE) => Promise<number>): Act => {
  return async (hSession) => {
    await CloseNtmsSession(hSession);
    return await call(hSession);
  };
};

const none = JSON.parse("null");

/** The rows. */
export const QUEUE_ERRORS: readonly Row[] = [
  ...rowsOf("CancelNtmsLibraryRequest", [
    [
      "ERROR_SUCCESS",
      "the request waits",
      onWaiting(CancelNtmsLibraryRequest),
    ],
    [
      "ERROR_ACCESS_DENIED",
      "the robot is taking a medium out of its drive",
      async (hSession) => {
        const medium = await calls.allocated(hSession, "LAB001L6");
        await calls.mount(hSession, [medium]);
        await DismountNtmsMedia(hSession, [medium], 1, 0);
        const request = await requestOf(hSession, 16, NTMS_LM_INPROCESS);
        return await CancelNtmsLibraryRequest(hSession, request);
      },
      { libraries: [SLOW_LIBRARY] },
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "there is no such request",
      (hSession) => CancelNtmsLibraryRequest(hSession, calls.NOBODY),
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "the id is that of a drive",
      async (hSession) => {
        const [drive = ""] = await calls.idsOf(hSession, NTMS_DRIVE);
        return await CancelNtmsLibraryRequest(hSession, drive);
      },
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "the request is finished",
      onFinished(CancelNtmsLibraryRequest),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the request's id is missing",
      (hSession) => CancelNtmsLibraryRequest(hSession, NTMS_NULLGUID),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) => CancelNtmsLibraryRequest(hSession, calls.NOBODY)),
    ],
  ]),
  ...rowsOf("GetNtmsRequestOrder", [
    [
      "ERROR_SUCCESS",
      "the request is a mount that waits",
      onWaiting((hSession, request) =>
        GetNtmsRequestOrder(hSession, request, { value: 0 })
      ),
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "there is no such request",
      (hSession) => GetNtmsRequestOrder(hSession, calls.NOBODY, { value: 0 }),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the request's id is missing",
      (hSession) => GetNtmsRequestOrder(hSession, NTMS_NULLGUID, { value: 0 }),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "there is nowhere to put the number",
      onFinished((hSession, request) =>
        GetNtmsRequestOrder(hSession, request, none)
      ),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) =>
        GetNtmsRequestOrder(hSession, calls.NOBODY, { value: 0 })
      ),
    ],
  ]),
  ...rowsOf("SetNtmsRequestOrder", [
    [
      "ERROR_SUCCESS",
      "the request is a mount that waits",
      onWaiting((hSession, request) =>
        SetNtmsRequestOrder(hSession, request, 1)
      ),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the number is 0",
      onWaiting((hSession, request) =>
        SetNtmsRequestOrder(hSession, request, 0)
      ),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the request has no number",
      onFinished((hSession, request) =>
        SetNtmsRequestOrder(hSession, request, 1)
      ),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the request's id is missing",
      (hSession) => SetNtmsRequestOrder(hSession, NTMS_NULLGUID, 1),
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "there is no such request",
      (hSession) => SetNtmsRequestOrder(hSession, calls.NOBODY, 1),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) => SetNtmsRequestOrder(hSession, calls.NOBODY, 1)),
    ],
  ]),
  ...rowsOf("DeleteNtmsRequests", [
    [
      "ERROR_SUCCESS",
      "a finished library request is named",
      async (hSession) => {
        const id = await requestOf(hSession, 8, NTMS_LM_PASSED);
        return await DeleteNtmsRequests(hSession, [id], NTMS_LIBREQUEST, 1);
      },
    ],
    [
      "ERROR_SUCCESS",
      "no operator request is named",
      (hSession) => DeleteNtmsRequests(hSession, [], NTMS_OPREQUEST, 0),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the type is neither",
      (hSession) => DeleteNtmsRequests(hSession, [], NTMS_DRIVE, 0),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the array is missing",
      (hSession) => DeleteNtmsRequests(hSession, none, NTMS_LIBREQUEST, 1),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) =>
        DeleteNtmsRequests(hSession, [], NTMS_LIBREQUEST, 0)
      ),
    ],
  ]),
];
