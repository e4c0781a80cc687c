/**
 * IdentifyNtmsSlot and UpdateNtmsOmidInfo.
 *
 * @module
 */

import type { LogicalMediumId, SlotId } from "../model/ids.ts";
import type { FileSystemInfo } from "../model/label_calls.ts";
import {
  invalid,
  isObject,
  readDword,
  readGuid,
  readOptions,
  readText,
} from "./arguments.ts";
import {
  NTMS_DISMOUNT_DEFERRED,
  NTMS_DISMOUNT_IMMEDIATE,
  NTMS_OMID_TYPE_FILESYSTEM_INFO,
  NTMS_OMID_TYPE_RAW_LABEL,
  type NtmsOmidType,
} from "./media_constants.ts";
import { reachingService } from "./not_connected.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, NtmsCallOptions } from "./types.ts";

/** What a file system says of its volume. */
export interface NTMS_FILESYSTEM_INFO {
  /** Name of the file system, 1 to 63 characters. */
  FileSystemType: string;
  /** Name of the volume, up to 255 characters. */
  VolumeName: string;
  /** Serial number of the volume. */
  SerialNumber: DWORD;
}

const TYPE_LENGTH = 63;
const VOLUME_NAME_LENGTH = 255;

/**
 * Has the medium in a slot brought into a drive and its label read, and what it
 * says noted. It returns when that is done.
 *
 * @param hSession The session.
 * @param lpSlotId The slot.
 * @param dwOption NTMS_DISMOUNT_IMMEDIATE or 0 to put the medium back,
 * NTMS_DISMOUNT_DEFERRED to leave it in the drive until the drive is needed.
 * @param options What no document knows: a signal.
 * @returns ERROR_SUCCESS, also when the slot is empty;
 * ERROR_INVALID_PARAMETER for another option, and for an argument that is
 * missing or malformed; ERROR_OBJECT_NOT_FOUND when no slot has the id;
 * ERROR_LIBRARY_OFFLINE when its library is not connected;
 * ERROR_RESOURCE_DISABLED when the library or the cartridge is disabled;
 * ERROR_NOT_SUPPORTED when no drive of the library can read labels;
 * ERROR_ACCESS_DENIED without CONTROL on the library;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_BUSY when the queue of the library is full;
 * ERROR_NOT_READY while the service starts; ERROR_CANCELLED when the
 * identification is stopped, or `options.signal` aborted;
 * ERROR_CONNECTION_UNAVAIL when the service cannot be reached any more; and
 * what a device fails with: ERROR_DEVICE_NOT_AVAILABLE,
 * ERROR_UNABLE_TO_LOAD_MEDIUM, ERROR_INVALID_STATE.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   IdentifyNtmsSlot,
 *   NTMS_DISMOUNT_IMMEDIATE,
 *   NTMS_STORAGESLOT,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const slots: string[] = [];
 * await EnumerateNtmsObject(hSession, null, slots, { value: 999 }, NTMS_STORAGESLOT, 0);
 * const [slot = ""] = slots;
 * console.log(await IdentifyNtmsSlot(hSession, slot, NTMS_DISMOUNT_IMMEDIATE));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function IdentifyNtmsSlot(
  hSession: HANDLE,
  lpSlotId: SlotId,
  dwOption: DWORD,
  options?: NtmsCallOptions,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const slot = readGuid(lpSlotId, "lpSlotId");
      const option = readDword(dwOption, "dwOption");
      const deferred = option === NTMS_DISMOUNT_DEFERRED;
      if (!deferred && option !== NTMS_DISMOUNT_IMMEDIATE && option !== 0) {
        throw invalid(
          "dwOption is neither NTMS_DISMOUNT_DEFERRED nor NTMS_DISMOUNT_IMMEDIATE",
        );
      }
      const given = { deferred, ...readOptions(options) };
      await session.labels.identify(slot, given);
    })
  );
}

/**
 * Tells of the label that the application has just written to a medium. From
 * now on the medium is only handed out while this label is on it, and the
 * application has to call this again when it writes another one.
 *
 * @param hSession The session.
 * @param lpMediaId The logical medium.
 * @param labelType NTMS_OMID_TYPE_RAW_LABEL or NTMS_OMID_TYPE_FILESYSTEM_INFO.
 * @param numberOfBytes How many of the bytes in `lpBuffer` are the label; not
 * looked at for a file system.
 * @param lpBuffer The first bytes of the medium, of which a media label library
 * has to make something; or an {@linkcode NTMS_FILESYSTEM_INFO}.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when no logical medium has the
 * id; ERROR_INVALID_PARAMETER when no media label library claims the bytes,
 * and for an argument that is missing or malformed;
 * ERROR_ACCESS_DENIED without CONTROL on the library;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_NOT_CONNECTED when it cannot
 * be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   NTMS_OMID_TYPE_RAW_LABEL,
 *   OpenNtmsSession,
 *   UpdateNtmsOmidInfo,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const medium = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
 * const label = new TextEncoder().encode(`${"VOL1ABC123".padEnd(79)}3`);
 * const code = await UpdateNtmsOmidInfo(
 *   hSession,
 *   medium,
 *   NTMS_OMID_TYPE_RAW_LABEL,
 *   label.length,
 *   label,
 * );
 * console.log(code); // 4300: the medium is of another catalogue
 * await CloseNtmsSession(hSession);
 * ```
 */
export function UpdateNtmsOmidInfo(
  hSession: HANDLE,
  lpMediaId: LogicalMediumId,
  labelType: NtmsOmidType,
  numberOfBytes: DWORD,
  lpBuffer: Uint8Array | NTMS_FILESYSTEM_INFO,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const medium = readGuid(lpMediaId, "lpMediaId");
      const label = readLabel(labelType, numberOfBytes, lpBuffer);
      await reachingService(() => session.labels.update(medium, label));
    })
  );
}

function readLabel(
  labelType: unknown,
  numberOfBytes: unknown,
  lpBuffer: unknown,
): Uint8Array | FileSystemInfo {
  const size = readDword(numberOfBytes, "numberOfBytes");
  switch (labelType) {
    case NTMS_OMID_TYPE_RAW_LABEL:
      return readBytes(lpBuffer, size);
    case NTMS_OMID_TYPE_FILESYSTEM_INFO:
      return readFileSystem(lpBuffer);
    default:
      throw invalid(
        "labelType is neither NTMS_OMID_TYPE_RAW_LABEL nor NTMS_OMID_TYPE_FILESYSTEM_INFO",
      );
  }
}

function readBytes(buffer: unknown, size: DWORD): Uint8Array {
  if (!(buffer instanceof Uint8Array)) {
    throw invalid("lpBuffer is missing: give the bytes of the label");
  }
  if (size <= buffer.length) return buffer.subarray(0, size);
  throw invalid(
    `lpBuffer is too short: numberOfBytes says ${size}, it has ${buffer.length}`,
  );
}

function readFileSystem(buffer: unknown): FileSystemInfo {
  if (!isObject(buffer)) {
    throw invalid("lpBuffer is missing: give an NTMS_FILESYSTEM_INFO");
  }
  const type = readText(buffer.FileSystemType, "FileSystemType");
  const volumeName = readText(buffer.VolumeName, "VolumeName");
  const serialNumber = readDword(buffer.SerialNumber, "SerialNumber");
  if (type === "" || type.length > TYPE_LENGTH) {
    throw invalid(`FileSystemType is not of 1 to ${TYPE_LENGTH} characters`);
  }
  if (volumeName.length > VOLUME_NAME_LENGTH) {
    throw invalid(
      `VolumeName is longer than ${VOLUME_NAME_LENGTH} characters`,
    );
  }
  return { type, volumeName, serialNumber };
}
