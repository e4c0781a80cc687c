/**
 * The documented face: the functions, structures, constants and error codes of
 * `ntmsapi.h` by their documented names, with their arguments in the
 * documented order. What is known of RSM, and code written for it, carries
 * over.
 *
 * How C looks here: a HANDLE is a bigint and a DWORD a number; an id is a
 * lower-case GUID string, a SYSTEMTIME a Date, a LARGE_INTEGER a bigint, a
 * WINBOOL a boolean; a structure is a plain object with the documented
 * members; a pointer that the function fills is a {@linkcode Ref}; a counted
 * array is an array, and its count comes out of a `Ref<number>`.
 *
 * A function never throws and never rejects. One that returns DWORD resolves
 * to a code; it and {@linkcode OpenNtmsSession} also store the code for
 * {@linkcode GetLastError}. Where calls of one Worker overlap,
 * {@linkcode withLastError} gives each a last error of its own.
 *
 * Importing this asks for no permission. A session needs those of its way to
 * the service: `--allow-read` and `--allow-write` of the socket's path and,
 * from Deno 2.9 on, `--allow-net=unix:PATH`; or `--allow-net=HOST:PORT`.
 * Handles are numbers in the native library, which needs `--allow-ffi` and
 * `--allow-read` of its file.
 *
 * @example Open a session, name the libraries, close the session
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   ERROR_SUCCESS,
 *   GetLastError,
 *   GetNtmsObjectInformation,
 *   INVALID_HANDLE_VALUE,
 *   NTMS_LIBRARY,
 *   type NTMS_OBJECTINFORMATION,
 *   OpenNtmsSession,
 *   type Ref,
 *   SIZEOF_NTMS_OBJECTINFORMATION,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Nightly", 0);
 * if (hSession === INVALID_HANDLE_VALUE) {
 *   console.log(`No session: code ${GetLastError()}`);
 * } else {
 *   const libraries: string[] = [];
 *   const size = { value: 64 };
 *   await EnumerateNtmsObject(hSession, null, libraries, size, NTMS_LIBRARY, 0);
 *   for (const id of libraries) {
 *     const info: Ref<NTMS_OBJECTINFORMATION> = {
 *       value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATION, dwType: NTMS_LIBRARY },
 *     };
 *     const code = await GetNtmsObjectInformation(hSession, id, info);
 *     if (code === ERROR_SUCCESS && info.value.Info) console.log(info.value.szName);
 *   }
 *   await CloseNtmsSession(hSession);
 * }
 * ```
 *
 * @module
 */

export { AllocateNtmsMedia, DeallocateNtmsMedia } from "./allocate.ts";
export {
  GetNtmsObjectAttribute,
  GetNtmsObjectAttributeA,
  GetNtmsObjectAttributeW,
  SetNtmsObjectAttribute,
  SetNtmsObjectAttributeA,
  SetNtmsObjectAttributeW,
} from "./attributes.ts";
export {
  BeginNtmsDeviceChangeDetection,
  EndNtmsDeviceChangeDetection,
  SetNtmsDeviceChangeDetection,
} from "./change_detection.ts";
export * from "./constants.ts";
export {
  CreateNtmsMedia,
  CreateNtmsMediaA,
  CreateNtmsMediaW,
} from "./create_media.ts";
export type {
  CreateNtmsMediaCartridge,
  CreateNtmsMediaEntry,
  CreateNtmsMediaHead,
  CreateNtmsMediaSide,
} from "./new_media.ts";
export {
  GetNtmsDeviceName,
  GetNtmsDeviceNameA,
  GetNtmsDeviceNameW,
} from "./device_name.ts";
export { DeleteNtmsDrive, DeleteNtmsLibrary } from "./devices.ts";
export { DismountNtmsDrive } from "./dismount_drive.ts";
export {
  EjectDiskFromSADrive,
  EjectDiskFromSADriveA,
  EjectDiskFromSADriveW,
  GetVolumesFromDrive,
  GetVolumesFromDriveA,
  GetVolumesFromDriveW,
} from "./stand_alone_drives.ts";
export { ExportNtmsDatabase, ImportNtmsDatabase } from "./database.ts";
export { EnumerateNtmsObject } from "./enumerate.ts";
export { InventoryNtmsLibrary } from "./inventory.ts";
export {
  IdentifyNtmsSlot,
  type NTMS_FILESYSTEM_INFO,
  UpdateNtmsOmidInfo,
} from "./labels.ts";
export {
  GetLastError,
  lastErrorDetail,
  SetLastError,
  withLastError,
} from "./last_error.ts";
export type * from "./library_structures.ts";
export {
  DecommissionNtmsMedia,
  DeleteNtmsMedia,
  SetNtmsMediaComplete,
  SwapNtmsMedia,
} from "./media_life.ts";
export {
  CreateNtmsMediaPool,
  CreateNtmsMediaPoolA,
  CreateNtmsMediaPoolW,
} from "./media_pool.ts";
export type * from "./media_structures.ts";
export {
  AddNtmsMediaType,
  ChangeNtmsMediaType,
  DeleteNtmsMediaType,
} from "./media_types.ts";
export { DismountNtmsMedia, MountNtmsMedia } from "./mount.ts";
export {
  GetNtmsObjectInformation,
  GetNtmsObjectInformationA,
  GetNtmsObjectInformationW,
} from "./object_information.ts";
export {
  GetNtmsObjectSecurity,
  SetNtmsObjectSecurity,
} from "./object_security.ts";
export {
  DeleteNtmsMediaPool,
  GetNtmsMediaPoolName,
  GetNtmsMediaPoolNameA,
  GetNtmsMediaPoolNameW,
  MoveToNtmsMediaPool,
} from "./pool_changes.ts";
export {
  CloseNtmsNotification,
  OpenNtmsNotification,
  WaitForNtmsNotification,
} from "./notifications.ts";
export {
  CancelNtmsOperatorRequest,
  SatisfyNtmsOperatorRequest,
  SubmitNtmsOperatorRequest,
  SubmitNtmsOperatorRequestA,
  SubmitNtmsOperatorRequestW,
  WaitForNtmsOperatorRequest,
} from "./operator_requests.ts";
export {
  CancelNtmsLibraryRequest,
  DeleteNtmsRequests,
  GetNtmsRequestOrder,
  SetNtmsRequestOrder,
} from "./queue.ts";
export type * from "./request_structures.ts";
export * from "./security_constants.ts";
export {
  CloseNtmsSession,
  OpenNtmsSession,
  OpenNtmsSessionA,
  type OpenNtmsSessionOptions,
  OpenNtmsSessionW,
} from "./session.ts";
export {
  SetNtmsObjectInformation,
  SetNtmsObjectInformationA,
  SetNtmsObjectInformationW,
} from "./set_object_information.ts";
export type * from "./structures.ts";
export {
  CleanNtmsDrive,
  EjectNtmsCleaner,
  InjectNtmsCleaner,
  ReleaseNtmsCleanerSlot,
  ReserveNtmsCleanerSlot,
} from "./cleaners.ts";
export {
  AccessNtmsLibraryDoor,
  EjectNtmsMedia,
  InjectNtmsMedia,
} from "./ports.ts";
export { DisableNtmsObject, EnableNtmsObject } from "./switching.ts";
export type * from "./types.ts";
export {
  GetNtmsUIOptions,
  GetNtmsUIOptionsA,
  GetNtmsUIOptionsW,
  SetNtmsUIOptions,
  SetNtmsUIOptionsA,
  SetNtmsUIOptionsW,
} from "./ui_options.ts";
export type {
  CartridgeId,
  DriveId,
  Guid,
  IdOf,
  LibraryId,
  LibraryRequestId,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeId,
  SideId,
  SlotId,
} from "../model/ids.ts";
export type { OperatorRequestId } from "../model/operator_calls.ts";
