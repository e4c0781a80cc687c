/**
 * Errors of OpenNtmsNotification, WaitForNtmsNotification and
 * CloseNtmsNotification.
 *
 * @module
 */

import {
  CloseNtmsNotification,
  CloseNtmsSession,
  type DWORD,
  GetLastError,
  type HANDLE,
  INFINITE,
  NTMS_NULLGUID,
  NTMS_OPREQUEST,
  OpenNtmsNotification,
  WaitForNtmsNotification,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import { submitted } from "./operator_errors.ts";
import { type Act, type Row, rowsOf } from "./rows.ts";

/** So many changes are kept in tests that fall behind. */
const BUFFERED = 5;

/** Takes one change, of which only the code matters. */
function wait(
  hNotification: HANDLE,
  timeout: DWORD = INFINITE,
  signal?: AbortSignal,
): Promise<DWORD> {
  const change = { value: { dwOperation: 0, ObjectId: NTMS_NULLGUID } };
  return WaitForNtmsNotification(
    hNotification,
    change,
    timeout,
    signal === undefined ? {} : { signal },
  );
}

/** Opens a channel; the name of the code. */
async function tryOpen(hSession: HANDLE): Promise<string> {
  const hNotification = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
  const code = nameOf(GetLastError());
  if (code === "ERROR_SUCCESS") await CloseNtmsNotification(hNotification);
  return code;
}

/** Does something with a channel, and closes it. */
function withChannel(
  act: (
    hNotification: HANDLE,
    ...rest: Parameters<Act>
  ) => ReturnType<Act>,
): Act {
  return async (hSession, service) => {
    const hNotification = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
    try {
      return await act(hNotification, hSession, service);
    } finally {
      await CloseNtmsNotification(hNotification);
    }
  };
}

const OPEN = rowsOf("OpenNtmsNotification", [
  ["ERROR_SUCCESS", "the session is open", tryOpen],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      await CloseNtmsSession(hSession);
      return await tryOpen(hSession);
    },
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    async (hSession, { service }) => {
      await service.close();
      return await tryOpen(hSession);
    },
  ],
]);

const WAIT = rowsOf("WaitForNtmsNotification", [
  [
    "ERROR_SUCCESS",
    "an object was made",
    withChannel(async (hNotification, hSession) => {
      const waiting = wait(hNotification);
      await submitted(hSession);
      return await waiting;
    }),
  ],
  [
    "ERROR_TIMEOUT",
    "nothing happened in time",
    withChannel((hNotification) => wait(hNotification, 20)),
  ],
  [
    "ERROR_NO_DATA",
    "the channel is more changes behind than are kept",
    withChannel(async (hNotification, hSession) => {
      for (let n = 0; n <= BUFFERED; n++) await submitted(hSession);
      return await wait(hNotification, 0);
    }),
    { limits: { changesBuffered: BUFFERED } },
  ],
  [
    "ERROR_SUCCESS",
    "the channel is as many changes behind as are kept",
    withChannel(async (hNotification, hSession) => {
      for (let n = 0; n < BUFFERED; n++) await submitted(hSession);
      return await wait(hNotification, 0);
    }),
    { limits: { changesBuffered: BUFFERED } },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the channel is closed",
    async (hSession) => {
      const handle = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
      await CloseNtmsNotification(handle);
      return await wait(handle, 0);
    },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the channel is NULL",
    () => wait(0n, 0),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the handle is that of a session",
    (hSession) => wait(hSession, 0),
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    withChannel(async (hNotification, _, { service }) => {
      await service.close();
      return await wait(hNotification, 0);
    }),
  ],
]);

const CLOSE = rowsOf("CloseNtmsNotification", [
  [
    "ERROR_SUCCESS",
    "the channel is open",
    async (hSession) =>
      CloseNtmsNotification(
        await OpenNtmsNotification(hSession, NTMS_OPREQUEST),
      ),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the channel is closed",
    async (hSession) => {
      const handle = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
      await CloseNtmsNotification(handle);
      return await CloseNtmsNotification(handle);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the handle is NULL",
    () => CloseNtmsNotification(0n),
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    async (hSession, { service }) => {
      const handle = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
      await service.close();
      return await CloseNtmsNotification(handle);
    },
  ],
]);

/** The rows. */
export const NOTIFICATION_ERRORS: readonly Row[] = [...OPEN, ...WAIT, ...CLOSE];
