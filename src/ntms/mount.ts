/**
 * MountNtmsMedia and DismountNtmsMedia.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { DriveId, Guid } from "../model/ids.ts";
import {
  checkFillable,
  invalid,
  isNull,
  readBits,
  readDword,
  readGuids,
  readOptions,
  readRef,
  readStructure,
} from "./arguments.ts";
import {
  NTMS_DISMOUNT_DEFERRED,
  NTMS_DISMOUNT_IMMEDIATE,
  NTMS_MOUNT_ERROR_NOT_AVAILABLE,
  NTMS_MOUNT_ERROR_OFFLINE,
  NTMS_MOUNT_NOWAIT,
  NTMS_MOUNT_READ,
  NTMS_MOUNT_SPECIFIC_DRIVE,
  NTMS_MOUNT_WRITE,
  NTMS_PRIORITY_HIGHEST,
  NTMS_PRIORITY_LOWEST,
  type NtmsDismountOptions,
  type NtmsMountOptions,
} from "./media_constants.ts";
import { outcomeOf } from "./outcome.ts";
import type { NTMS_MOUNT_INFORMATION } from "./request_structures.ts";
import { withSession } from "./session_handles.ts";
import { SIZEOF_NTMS_MOUNT_INFORMATION } from "./structure_sizes.ts";
import type { DWORD, HANDLE, NtmsCallOptions, Ref } from "./types.ts";

const KNOWN_MOUNT_OPTIONS = NTMS_MOUNT_READ | NTMS_MOUNT_WRITE |
  NTMS_MOUNT_ERROR_NOT_AVAILABLE | NTMS_MOUNT_ERROR_OFFLINE |
  NTMS_MOUNT_SPECIFIC_DRIVE | NTMS_MOUNT_NOWAIT;

/**
 * Brings media into drives and waits until all of them can be used. No other
 * application can use them until {@linkcode DismountNtmsMedia}.
 *
 * The device to open is `szDeviceName` of the drive
 * (`GetNtmsObjectInformation`). How the drive is set, such as the block mode
 * of a tape, is for the program to settle after each mount.
 *
 * @param hSession The session.
 * @param lpMediaId Logical media or sides, `dwCount` of them, all in one
 * library, none twice.
 * @param lpDriveId Array whose first `dwCount` elements receive the drives, in
 * the order of the media; not filled when the call fails or does not wait.
 * With NTMS_MOUNT_SPECIFIC_DRIVE, going in, the drive for each medium.
 * @param dwCount How many media, 1 to 256.
 * @param dwOptions Bits of NtmsMountOptions: NTMS_MOUNT_READ,
 * NTMS_MOUNT_WRITE, NTMS_MOUNT_ERROR_NOT_AVAILABLE, NTMS_MOUNT_ERROR_OFFLINE,
 * NTMS_MOUNT_SPECIFIC_DRIVE, NTMS_MOUNT_NOWAIT.
 * @param dwPriority -15 to 15; NTMS_PRIORITY_NORMAL is 0.
 * @param dwTimeout How long to wait, ms; 0 does not wait, INFINITE waits for
 * ever. Without meaning with NTMS_MOUNT_NOWAIT.
 * @param lpMountInformation `null`; reserved.
 * @param options What no document knows: a signal.
 * @returns ERROR_SUCCESS; ERROR_TIMEOUT when the time ran out: the mount is
 * cancelled; ERROR_BUSY when a medium or drive is in use and
 * NTMS_MOUNT_ERROR_NOT_AVAILABLE is given; ERROR_MEDIA_OFFLINE when a medium
 * is offline and NTMS_MOUNT_ERROR_OFFLINE is given, or when what is in its
 * place shows no label; ERROR_WRITE_PROTECT for
 * NTMS_MOUNT_WRITE of a complete side; ERROR_INVALID_MEDIA when an id names no
 * medium, or one twice; ERROR_INVALID_DRIVE when an id names no drive;
 * ERROR_INVALID_LIBRARY when the library of a medium or drive is no good;
 * ERROR_DRIVE_MEDIA_MISMATCH when a drive is not in the library of its medium;
 * ERROR_RESOURCE_DISABLED when a library, drive or medium is disabled;
 * ERROR_DEVICE_NOT_AVAILABLE when the library is not connected;
 * ERROR_RESOURCE_NOT_AVAILABLE and ERROR_INVALID_STATE when something needed
 * is not there or in an unexpected state; ERROR_REQUEST_REFUSED when the
 * operator refused; ERROR_CANCELLED when the request was cancelled, the
 * session closed or `options.signal` aborted; ERROR_INVALID_PARAMETER for an
 * argument that is missing or malformed; ERROR_INVALID_HANDLE when the session
 * is closed or unknown; ERROR_ACCESS_DENIED without USE on pool or library;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   GetLastError,
 *   MountNtmsMedia,
 *   NTMS_MOUNT_WRITE,
 *   NTMS_PRIORITY_NORMAL,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const medium = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
 * const drives: string[] = [];
 * await MountNtmsMedia(
 *   hSession,
 *   [medium],
 *   drives,
 *   1,
 *   NTMS_MOUNT_WRITE,
 *   NTMS_PRIORITY_NORMAL,
 *   300_000,
 *   null,
 * );
 * console.log(GetLastError() === 0 ? drives[0] : "Not mounted");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function MountNtmsMedia(
  hSession: HANDLE,
  lpMediaId: readonly Guid[],
  lpDriveId: DriveId[],
  dwCount: DWORD,
  dwOptions: NtmsMountOptions,
  dwPriority: number,
  dwTimeout: DWORD,
  lpMountInformation: Ref<NTMS_MOUNT_INFORMATION> | null,
  options?: NtmsCallOptions,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const count = readCount(dwCount);
      const media = readGuids(lpMediaId, count, "lpMediaId");
      const bits = readBits(dwOptions, KNOWN_MOUNT_OPTIONS, "dwOptions");
      checkFillable(lpDriveId, "lpDriveId");
      const drives = (bits & NTMS_MOUNT_SPECIFIC_DRIVE) !== 0
        ? { drives: readGuids(lpDriveId, count, "lpDriveId") }
        : {};
      const priority = readPriority(dwPriority);
      const timeoutMs = readDword(dwTimeout, "dwTimeout");
      if (!isNull(lpMountInformation)) {
        checkMountInformation(lpMountInformation);
      }

      const { mounts } = await session.mount(media, {
        ...drives,
        ...readMountBits(bits),
        priority,
        timeoutMs,
        ...readOptions(options),
      });
      for (const [index, mount] of mounts.entries()) {
        lpDriveId[index] = mount.drive;
      }
    })
  );
}

/**
 * Releases media and their drives. It returns when the dismounts are queued;
 * a cartridge is away when its state is NTMS_MEDIASTATE_IDLE.
 *
 * @param hSession The session.
 * @param lpMediaId Logical media or sides, `dwCount` of them.
 * @param dwCount How many media, 1 to 256.
 * @param dwOptions NTMS_DISMOUNT_IMMEDIATE or 0 to put them back to their
 * slots; NTMS_DISMOUNT_DEFERRED to leave them where they are until the drives
 * are needed.
 * @param options What no document knows: a signal.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when an id names no medium, or
 * one twice; ERROR_INVALID_STATE when a medium is not mounted;
 * ERROR_MEDIA_OFFLINE when one is offline; ERROR_INVALID_LIBRARY when the
 * library of a medium is no good; ERROR_DEVICE_NOT_AVAILABLE and
 * ERROR_MEDIA_NOT_AVAILABLE when something needed, or a medium, is disabled;
 * ERROR_TIMEOUT when something needed did not become free;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without USE on pool or library; ERROR_DATABASE_FAILURE
 * and ERROR_DATABASE_FULL when the catalogue cannot be written;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CANCELLED when `options.signal` is aborted;
 * ERROR_CONNECTION_UNAVAIL when the service cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DismountNtmsMedia,
 *   NTMS_DISMOUNT_DEFERRED,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const medium = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
 * const code = await DismountNtmsMedia(
 *   hSession,
 *   [medium],
 *   1,
 *   NTMS_DISMOUNT_DEFERRED,
 * );
 * console.log(code); // 0 when it is queued
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DismountNtmsMedia(
  hSession: HANDLE,
  lpMediaId: readonly Guid[],
  dwCount: DWORD,
  dwOptions: NtmsDismountOptions,
  options?: NtmsCallOptions,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const media = readGuids(lpMediaId, readCount(dwCount), "lpMediaId");
      const deferred = readDismountBits(dwOptions);
      await session.dismount(media, { deferred, ...readOptions(options) });
    })
  );
}

function readCount(dwCount: unknown): DWORD {
  const count = readDword(dwCount, "dwCount");
  if (count > 0) return count;
  throw invalid("dwCount is 0: name at least one medium");
}

function readPriority(dwPriority: unknown): number {
  if (
    typeof dwPriority === "number" && Number.isInteger(dwPriority) &&
    dwPriority >= NTMS_PRIORITY_LOWEST && dwPriority <= NTMS_PRIORITY_HIGHEST
  ) return dwPriority;
  throw invalid(
    `dwPriority is not a priority: give ${NTMS_PRIORITY_LOWEST} to ${NTMS_PRIORITY_HIGHEST}, not ${
      String(dwPriority)
    }`,
  );
}

function checkMountInformation(pointer: unknown): void {
  const name = "lpMountInformation";
  readStructure(readRef(pointer, name), SIZEOF_NTMS_MOUNT_INFORMATION, name);
}

function readMountBits(bits: DWORD): Parameters<Session["mount"]>[1] {
  return {
    read: (bits & NTMS_MOUNT_READ) !== 0,
    write: (bits & NTMS_MOUNT_WRITE) !== 0,
    errorIfBusy: (bits & NTMS_MOUNT_ERROR_NOT_AVAILABLE) !== 0,
    errorIfOffline: (bits & NTMS_MOUNT_ERROR_OFFLINE) !== 0,
    noWait: (bits & NTMS_MOUNT_NOWAIT) !== 0,
  };
}

/** Whether the media are to stay in their drives. */
function readDismountBits(dwOptions: unknown): boolean {
  const both = NTMS_DISMOUNT_DEFERRED | NTMS_DISMOUNT_IMMEDIATE;
  const bits = readBits(dwOptions, both, "dwOptions");
  if (bits !== both) return bits === NTMS_DISMOUNT_DEFERRED;
  throw invalid(
    "dwOptions has both NTMS_DISMOUNT_DEFERRED and NTMS_DISMOUNT_IMMEDIATE: give one",
  );
}
