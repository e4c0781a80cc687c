/**
 * OpenNtmsNotification, WaitForNtmsNotification and CloseNtmsNotification.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";
import { CHANGE_OPERATIONS, OBJECT_TYPES } from "../model/states.ts";
import {
  invalid,
  isNull,
  readDword,
  readOptions,
  readRef,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import { INVALID_HANDLE_VALUE } from "./limit_constants.ts";
import { reachingService } from "./not_connected.ts";
import {
  closeChannel,
  openChannel,
  withChannel,
} from "./notification_handles.ts";
import type { NtmsObjectsTypes } from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import type { NTMS_NOTIFICATIONINFORMATION } from "./request_structures.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, NtmsCallOptions, Ref } from "./types.ts";

/**
 * Opens a channel that tells what happens to the objects of one type from now
 * on: each change, in the order in which they were committed. Several channels
 * may be open.
 *
 * The handle is good in every Worker of this process. It ends with
 * {@linkcode CloseNtmsNotification}; the channel itself ends with its session
 * too.
 *
 * @param hSession The session.
 * @param dwType NTMS_CHANGER to NTMS_UI_DESTINATION.
 * @returns The handle; INVALID_HANDLE_VALUE when it failed. GetLastError then
 * tells ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_INVALID_PARAMETER for a type that is none; ERROR_ACCESS_DENIED without
 * USE on the computer; ERROR_NOT_ENOUGH_MEMORY when too many are open;
 * ERROR_DATABASE_FAILURE when the catalogue cannot be read; and
 * ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsNotification,
 *   CloseNtmsSession,
 *   INVALID_HANDLE_VALUE,
 *   NTMS_DRIVE,
 *   OpenNtmsNotification,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const hNotification = await OpenNtmsNotification(hSession, NTMS_DRIVE);
 * if (hNotification !== INVALID_HANDLE_VALUE) {
 *   await CloseNtmsNotification(hNotification);
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export async function OpenNtmsNotification(
  hSession: HANDLE,
  dwType: NtmsObjectsTypes,
): Promise<HANDLE> {
  let handle: HANDLE = INVALID_HANDLE_VALUE;
  await outcomeOf(() =>
    withSession(hSession, async (session) => {
      const type = nameOfCode(OBJECT_TYPES, dwType);
      if (type === null) {
        throw invalid(
          `dwType is not the type of an object: give NTMS_CHANGER to NTMS_UI_DESTINATION, not ${
            String(dwType)
          }`,
        );
      }
      handle = await reachingService(() => openChannel(session, type));
    })
  );
  return handle;
}

/**
 * Waits for the next change on a channel. Several callers may wait at one
 * channel: each change goes to one of them.
 *
 * @param hNotification The channel.
 * @param lpNotificationInformation Receives what happened, and the id of the
 * object.
 * @param dwTimeout How long to wait, ms; 0 does not wait, INFINITE waits for
 * ever.
 * @param options What no document knows: a signal. A wait that is given up
 * loses no change.
 * @returns ERROR_SUCCESS; ERROR_TIMEOUT when nothing happened in time;
 * ERROR_NO_DATA when the channel has fallen 10,000 changes behind: close it,
 * open a new one, and look at all objects again; ERROR_INVALID_HANDLE when the
 * channel is closed or unknown, and when its session is closed;
 * ERROR_CANCELLED when the session is closed meanwhile, or `options.signal`
 * aborted; ERROR_INVALID_PARAMETER for an argument that is missing or
 * malformed; ERROR_DATABASE_FAILURE when the catalogue cannot be read; and
 * ERROR_NOT_CONNECTED when the service cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsNotification,
 *   CloseNtmsSession,
 *   NTMS_LIBREQUEST,
 *   NTMS_NULLGUID,
 *   NTMS_OBJ_INSERT,
 *   OpenNtmsNotification,
 *   OpenNtmsSession,
 *   WaitForNtmsNotification,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const hNotification = await OpenNtmsNotification(hSession, NTMS_LIBREQUEST);
 * const change = { value: { dwOperation: 0, ObjectId: NTMS_NULLGUID } };
 * while (await WaitForNtmsNotification(hNotification, change, 100) === 0) {
 *   const { dwOperation, ObjectId } = change.value;
 *   if (dwOperation === NTMS_OBJ_INSERT) console.log("New request", ObjectId);
 * }
 * await CloseNtmsNotification(hNotification);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function WaitForNtmsNotification(
  hNotification: HANDLE,
  lpNotificationInformation: Ref<NTMS_NOTIFICATIONINFORMATION>,
  dwTimeout: DWORD,
  options?: NtmsCallOptions,
): Promise<DWORD> {
  return outcomeOf(() =>
    withChannel(hNotification, async (channel) => {
      readRef(lpNotificationInformation, "lpNotificationInformation");
      const timeoutMs = readDword(dwTimeout, "dwTimeout");
      const given = { most: 1, timeoutMs, ...readOptions(options) };
      const [change] = await reachingService(() => channel.take(given));
      if (change === undefined) {
        throw new NtmsError("ERROR_TIMEOUT", "No change was told in time");
      }
      lpNotificationInformation.value = {
        dwOperation: CHANGE_OPERATIONS[change.operation],
        ObjectId: change.id,
      };
    })
  );
}

/**
 * Closes a channel.
 *
 * @param hNotification The channel; afterwards the handle is good for nothing,
 * in any Worker.
 * @returns ERROR_SUCCESS; ERROR_INVALID_PARAMETER when the handle is missing:
 * `null`, or 0; ERROR_INVALID_HANDLE when it is closed or unknown, and when its
 * session is closed; ERROR_BUSY while WaitForNtmsNotification waits on it,
 * which leaves it open; ERROR_NOT_CONNECTED when the service cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsNotification,
 *   CloseNtmsSession,
 *   NTMS_OPREQUEST,
 *   OpenNtmsNotification,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const hNotification = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
 * console.log(await CloseNtmsNotification(hNotification));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function CloseNtmsNotification(hNotification: HANDLE): Promise<DWORD> {
  return outcomeOf(async () => {
    if (isNull(hNotification) || hNotification === 0n) {
      throw invalid(
        "hNotification is missing: give what OpenNtmsNotification gave",
      );
    }
    await reachingService(() => closeChannel(hNotification));
  });
}
