/**
 * BeginNtmsDeviceChangeDetection, SetNtmsDeviceChangeDetection and
 * EndNtmsDeviceChangeDetection.
 *
 * @module
 */

import {
  acquireDetectionHandle,
  closeDetectionHandle,
  openDetectionHandle,
  type Session,
} from "../client/mod.ts";
import type { DetectedType, DetectionId } from "../model/device_calls.ts";
import type { Guid } from "../model/ids.ts";
import { invalid, isNull, readDword, readGuids, readRef } from "./arguments.ts";
import {
  NTMS_LIBRARY,
  NTMS_MEDIA_TYPE,
  NTMS_PHYSICAL_MEDIA,
} from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";

/**
 * Begins a change detection. It watches nothing until
 * {@linkcode SetNtmsDeviceChangeDetection} names devices, and ends with
 * {@linkcode EndNtmsDeviceChangeDetection} or with its session.
 *
 * @param hSession The session.
 * @param lpDetectHandle Receives the handle, which is good in every Worker of
 * this process, together with the session.
 * @returns ERROR_SUCCESS; ERROR_INVALID_PARAMETER when there is no place for
 * the handle; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without USE on the computer; ERROR_NOT_ENOUGH_MEMORY when
 * too many are open; ERROR_NOT_READY while the service starts;
 * ERROR_CONNECTION_UNAVAIL when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   BeginNtmsDeviceChangeDetection,
 *   CloseNtmsSession,
 *   EndNtmsDeviceChangeDetection,
 *   EnumerateNtmsObject,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 *   SetNtmsDeviceChangeDetection,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const libraries: string[] = [];
 * const size = { value: 9 };
 * await EnumerateNtmsObject(hSession, null, libraries, size, NTMS_LIBRARY, 0);
 * const detection = { value: 0n };
 * await BeginNtmsDeviceChangeDetection(hSession, detection);
 * await SetNtmsDeviceChangeDetection(
 *   hSession,
 *   detection.value,
 *   libraries,
 *   NTMS_LIBRARY,
 *   size.value,
 * );
 * console.log("What goes in or out shows almost at once now");
 * await EndNtmsDeviceChangeDetection(hSession, detection.value);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function BeginNtmsDeviceChangeDetection(
  hSession: HANDLE,
  lpDetectHandle: Ref<HANDLE>,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      readRef(lpDetectHandle, "lpDetectHandle");
      const detection = await session.devices.begin();
      try {
        lpDetectHandle.value = openDetectionHandle({
          session: session.id,
          detection: detection.id,
        });
      } catch (error) {
        await detection.end();
        throw error;
      }
    })
  );
}

/**
 * Has devices watched, besides those that the detection watches already, until
 * it ends; or, without a detection, looks at them once. What goes in or out of
 * a watched library shows almost at once, and notifications tell it.
 *
 * @param hSession The session.
 * @param DetectHandle What BeginNtmsDeviceChangeDetection gave; `null` looks
 * once.
 * @param lpRequestId The objects, all of one type: libraries, or media or media
 * types, which stand for every stand-alone drive that could hold them.
 * @param dwType NTMS_LIBRARY, NTMS_MEDIA_TYPE or NTMS_PHYSICAL_MEDIA.
 * @param dwCount How many of them count.
 * @returns ERROR_SUCCESS; ERROR_INVALID_LIBRARY when no library has an id;
 * ERROR_INVALID_MEDIA when no medium or media type has it;
 * ERROR_INVALID_PARAMETER for another type, for ids of several types, and for
 * an argument that is missing or malformed; ERROR_INVALID_HANDLE when the
 * session is closed or unknown, and when the detection is;
 * ERROR_ACCESS_DENIED without USE on the computer; ERROR_NOT_READY while the
 * service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 *   SetNtmsDeviceChangeDetection,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const libraries: string[] = [];
 * const size = { value: 9 };
 * await EnumerateNtmsObject(hSession, null, libraries, size, NTMS_LIBRARY, 0);
 * await SetNtmsDeviceChangeDetection(hSession, null, libraries, NTMS_LIBRARY, 1);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsDeviceChangeDetection(
  hSession: HANDLE,
  DetectHandle: HANDLE | null,
  lpRequestId: readonly Guid[],
  dwType: DWORD,
  dwCount: DWORD,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const type = readDetectedType(dwType);
      const count = readDword(dwCount, "dwCount");
      const objects = readGuids(lpRequestId, count, "lpRequestId");
      const { devices } = session;
      if (isNull(DetectHandle) || DetectHandle === 0n) {
        await devices.look(type, objects);
      } else {
        const id = detectionOf(session, DetectHandle);
        await devices.detection(id).watch(type, objects);
      }
    })
  );
}

/**
 * Ends a change detection: what it watched is watched no more, unless another
 * one does.
 *
 * @param hSession The session.
 * @param DetectHandle What BeginNtmsDeviceChangeDetection gave; afterwards it
 * is good for nothing.
 * @returns ERROR_SUCCESS; ERROR_INVALID_HANDLE when the detection is ended or
 * unknown, and when the session is closed or unknown; ERROR_NOT_READY while the
 * service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   BeginNtmsDeviceChangeDetection,
 *   CloseNtmsSession,
 *   EndNtmsDeviceChangeDetection,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const detection = { value: 0n };
 * await BeginNtmsDeviceChangeDetection(hSession, detection);
 * console.log(await EndNtmsDeviceChangeDetection(hSession, detection.value));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function EndNtmsDeviceChangeDetection(
  hSession: HANDLE,
  DetectHandle: HANDLE,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const id = detectionOf(session, DetectHandle);
      closeDetectionHandle(DetectHandle);
      await session.devices.detection(id).end();
    })
  );
}

function detectionOf(session: Session, handle: unknown): DetectionId {
  if (typeof handle !== "bigint") {
    throw invalid(
      "DetectHandle is no handle: give what BeginNtmsDeviceChangeDetection gave",
      "ERROR_INVALID_HANDLE",
    );
  }
  using held = acquireDetectionHandle(handle);
  if (held.token.session === session.id) return held.token.detection;
  throw invalid(
    "DetectHandle is of another session",
    "ERROR_INVALID_HANDLE",
  );
}

function readDetectedType(dwType: unknown): DetectedType {
  switch (dwType) {
    case NTMS_LIBRARY:
      return "library";
    case NTMS_MEDIA_TYPE:
      return "mediaType";
    case NTMS_PHYSICAL_MEDIA:
      return "cartridge";
    default:
      throw invalid(
        "dwType is none of NTMS_LIBRARY, NTMS_MEDIA_TYPE and NTMS_PHYSICAL_MEDIA",
      );
  }
}
