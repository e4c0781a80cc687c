/**
 * ReserveNtmsCleanerSlot, ReleaseNtmsCleanerSlot, InjectNtmsCleaner,
 * EjectNtmsCleaner and CleanNtmsDrive.
 *
 * @module
 */

import { CLEANER_ACTIONS } from "../model/cleaner_calls.ts";
import type { DriveId, Guid, LibraryId, SlotId } from "../model/ids.ts";
import { invalid, readDword, readGuid, readRef } from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import type {
  NtmsEjectOperation,
  NtmsInjectOperation,
} from "./library_constants.ts";
import { reachingService } from "./not_connected.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";

/**
 * Sets a slot of a library aside for its cleaning cartridge, of which it has
 * one. Data media do not go to that slot any more. A library that goes by bar
 * codes (NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE) has the slot of the first
 * cartridge whose bar code starts with CLN for that, without any call.
 *
 * @param hSession The session.
 * @param lpLibrary The library.
 * @param lpSlot A slot of it that is there and empty.
 * @returns ERROR_SUCCESS when it is reserved; ERROR_CLEANER_SLOT_SET when a slot
 * is reserved already; ERROR_RESOURCE_NOT_AVAILABLE when the slot is full, or
 * not installed; ERROR_OBJECT_NOT_FOUND when the library has no such slot;
 * ERROR_INVALID_LIBRARY when no library has the id; ERROR_LIBRARY_OFFLINE for
 * the offline library; ERROR_RESOURCE_DISABLED when it is disabled;
 * ERROR_DEVICE_NOT_AVAILABLE when it is not connected; ERROR_INVALID_PARAMETER
 * for an id that is missing or malformed; ERROR_INVALID_HANDLE when the session
 * is closed or unknown; ERROR_ACCESS_DENIED without CONTROL on the library;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_LIBRARY,
 *   NTMS_STORAGESLOT,
 *   OpenNtmsSession,
 *   ReserveNtmsCleanerSlot,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * const library = ids.at(-1) ?? "";
 * const slots: string[] = [];
 * await EnumerateNtmsObject(
 *   hSession,
 *   library,
 *   slots,
 *   { value: 999 },
 *   NTMS_STORAGESLOT,
 *   0,
 * );
 * await ReserveNtmsCleanerSlot(hSession, library, slots.at(-1) ?? "");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function ReserveNtmsCleanerSlot(
  hSession: HANDLE,
  lpLibrary: LibraryId,
  lpSlot: SlotId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async ({ cleaners }) => {
      const library = readGuid(lpLibrary, "lpLibrary");
      const slot = readGuid(lpSlot, "lpSlot");
      await reachingService(() => cleaners.reserve(library, slot));
    })
  );
}

/**
 * Gives the slot of the cleaning cartridge back to data media.
 *
 * @param hSession The session.
 * @param lpLibrary The library.
 * @returns ERROR_SUCCESS when it is given back; ERROR_CLEANER_SLOT_NOT_SET when
 * none is reserved; ERROR_RESOURCE_NOT_AVAILABLE when the cleaning cartridge is
 * in it, or in a drive: eject it first; ERROR_RESOURCE_NOT_PRESENT when the
 * slot is not installed; ERROR_INVALID_LIBRARY when no library has the id;
 * ERROR_LIBRARY_OFFLINE for the offline library; ERROR_RESOURCE_DISABLED when it
 * is disabled; ERROR_DEVICE_NOT_AVAILABLE when it is not connected;
 * ERROR_INVALID_PARAMETER for an id that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the library; ERROR_DATABASE_FAILURE and
 * ERROR_DATABASE_FULL when the catalogue cannot be written; ERROR_NOT_CONNECTED
 * when the service cannot be reached any more; ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 *   ReleaseNtmsCleanerSlot,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * await ReleaseNtmsCleanerSlot(hSession, ids.at(-1) ?? "");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function ReleaseNtmsCleanerSlot(
  hSession: HANDLE,
  lpLibrary: LibraryId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async ({ cleaners }) => {
      const library = readGuid(lpLibrary, "lpLibrary");
      await reachingService(() => cleaners.release(library));
    })
  );
}

/**
 * Takes a cleaning cartridge into the reserved slot: through a port, or by a
 * person at the door of a library without. It returns when the work is queued.
 * One cartridge is taken in. It has to be one by its bar code or by what the
 * library says; one without a label is believed to be.
 *
 * @param hSession The session.
 * @param lpLibrary The library.
 * @param lpInjectOperation Receives the id of the operation when it starts, and
 * names the one to stop.
 * @param dwNumberOfCleansLeft Cleanings that it is good for: the library's
 * dwCleanerUsesRemaining from then on. 0xFFFFFFFF has them not counted; the
 * drives tell then when it is used up.
 * @param dwAction NTMS_INJECT_START or NTMS_INJECT_STOP.
 * @returns ERROR_SUCCESS when it is queued or stopped;
 * ERROR_CLEANER_SLOT_NOT_SET when no slot is reserved;
 * ERROR_RESOURCE_NOT_AVAILABLE when the library has a cleaning cartridge already;
 * ERROR_RESOURCE_NOT_PRESENT when the slot is not installed; ERROR_BUSY when
 * cartridges are being taken in already; ERROR_NOT_SUPPORTED to stop in a
 * library without ports; ERROR_INVALID_OPERATION when no such operation is under
 * way; ERROR_INVALID_LIBRARY when no library has the id; ERROR_LIBRARY_OFFLINE
 * for the offline library; ERROR_RESOURCE_DISABLED when it is disabled;
 * ERROR_DEVICE_NOT_AVAILABLE when it is not connected; ERROR_INVALID_PARAMETER
 * for an argument that is missing or malformed; ERROR_INVALID_HANDLE when the
 * session is closed or unknown; ERROR_ACCESS_DENIED without CONTROL on the
 * library; ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue
 * cannot be written; ERROR_NOT_CONNECTED when the service cannot be reached any
 * more; ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   InjectNtmsCleaner,
 *   NTMS_INJECT_START,
 *   NTMS_INJECT_STOP,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * const library = ids.at(-1) ?? "";
 * const operation = { value: "" };
 * await InjectNtmsCleaner(hSession, library, operation, 20, NTMS_INJECT_START);
 * console.log("Put a cleaning cartridge into a port, please");
 * await InjectNtmsCleaner(hSession, library, operation, 0, NTMS_INJECT_STOP);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function InjectNtmsCleaner(
  hSession: HANDLE,
  lpLibrary: LibraryId,
  lpInjectOperation: Ref<Guid>,
  dwNumberOfCleansLeft: DWORD,
  dwAction: NtmsInjectOperation,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async ({ cleaners }) => {
      const library = readGuid(lpLibrary, "lpLibrary");
      const named = readRef(lpInjectOperation, "lpInjectOperation");
      const uses = readDword(dwNumberOfCleansLeft, "dwNumberOfCleansLeft");
      if (actionOf(dwAction, "INJECT") === "stop") {
        const operation = readGuid(named, "lpInjectOperation");
        return await reachingService(() =>
          cleaners.stopInjection(library, operation)
        );
      }
      const { operation } = await reachingService(() =>
        cleaners.inject(library, { uses })
      );
      lpInjectOperation.value = operation;
    })
  );
}

/**
 * Takes the cleaning cartridge out of the reserved slot and offers it in a
 * port, or has a person take it out at the door of a library without. It
 * returns when the work is queued. What was taken out is forgotten; the slot
 * stays reserved.
 *
 * @param hSession The session.
 * @param lpLibrary The library.
 * @param lpEjectOperation Receives the id of the operation when it starts, and
 * names the one to stop.
 * @param dwAction NTMS_EJECT_START or NTMS_EJECT_STOP.
 * @returns ERROR_SUCCESS when it is queued or stopped;
 * ERROR_CLEANER_SLOT_NOT_SET when no slot is reserved; ERROR_EMPTY when the
 * library has no cleaning cartridge; ERROR_RESOURCE_NOT_PRESENT when the slot is
 * not installed; ERROR_INVALID_OPERATION when no such operation is under way, or
 * the library has no ports; ERROR_INVALID_LIBRARY when no library has the id;
 * ERROR_LIBRARY_OFFLINE for the offline library; ERROR_RESOURCE_DISABLED when it
 * is disabled; ERROR_DEVICE_NOT_AVAILABLE when it is not connected;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the library; ERROR_DATABASE_FAILURE and
 * ERROR_DATABASE_FULL when the catalogue cannot be written; ERROR_NOT_CONNECTED
 * when the service cannot be reached any more; ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EjectNtmsCleaner,
 *   EnumerateNtmsObject,
 *   ERROR_SUCCESS,
 *   NTMS_EJECT_START,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * const code = await EjectNtmsCleaner(
 *   hSession,
 *   ids.at(-1) ?? "",
 *   { value: "" },
 *   NTMS_EJECT_START,
 * );
 * if (code === ERROR_SUCCESS) console.log("Take it out of its port, please");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function EjectNtmsCleaner(
  hSession: HANDLE,
  lpLibrary: LibraryId,
  lpEjectOperation: Ref<Guid>,
  dwAction: NtmsEjectOperation,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async ({ cleaners }) => {
      const library = readGuid(lpLibrary, "lpLibrary");
      const named = readRef(lpEjectOperation, "lpEjectOperation");
      if (actionOf(dwAction, "EJECT") === "stop") {
        const operation = readGuid(named, "lpEjectOperation");
        return await reachingService(() =>
          cleaners.stopEjection(library, operation)
        );
      }
      const { operation } = await reachingService(() =>
        cleaners.eject(library)
      );
      lpEjectOperation.value = operation;
    })
  );
}

/**
 * Queues the cleaning of a drive, which begins when nobody has a medium in it.
 * The drive is NTMS_DRIVESTATE_BEING_CLEANED then. A cleaning that the drive
 * has confirmed takes one of dwCleanerUsesRemaining; with the last one, and
 * where the library has no cleaning cartridge that can be used, the operator is
 * asked for another, for which the request waits. A drive that stands alone is
 * only marked as cleaned.
 *
 * @param hSession The session.
 * @param lpDriveId The drive.
 * @returns ERROR_SUCCESS when it is queued; ERROR_INVALID_DRIVE when no drive
 * has the id; ERROR_RESOURCE_DISABLED when it or its library is disabled;
 * ERROR_RESOURCE_NOT_PRESENT when the library is not connected;
 * ERROR_DEVICE_NOT_AVAILABLE when the drive is not present; ERROR_BUSY when the
 * queue is full; ERROR_INVALID_PARAMETER for an id that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the library; ERROR_DATABASE_FAILURE and
 * ERROR_DATABASE_FULL when the catalogue cannot be written; ERROR_NOT_CONNECTED
 * when the service cannot be reached any more; ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CleanNtmsDrive,
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_DRIVE,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_DRIVE, 0);
 * const [drive = ""] = ids;
 * await CleanNtmsDrive(hSession, drive);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function CleanNtmsDrive(
  hSession: HANDLE,
  lpDriveId: DriveId,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async ({ cleaners }) => {
      const drive = readGuid(lpDriveId, "lpDriveId");
      await reachingService(() => cleaners.clean(drive));
    })
  );
}

function actionOf(dwAction: DWORD, verb: "INJECT" | "EJECT") {
  const action = nameOfCode(CLEANER_ACTIONS, dwAction);
  if (action !== null) return action;
  throw invalid(
    `dwAction is neither NTMS_${verb}_START nor NTMS_${verb}_STOP`,
  );
}
