/**
 * EjectDiskFromSADrive and GetVolumesFromDrive, each in its two character
 * sets: they name drives by their devices and open sessions of their own.
 *
 * @module
 */

import { openSession, type Session } from "../client/mod.ts";
import { DISK_EJECT_ACTIONS } from "../model/drive_calls.ts";
import { NtmsError } from "../model/errors.ts";
import { type DriveId, parseGuid } from "../model/ids.ts";
import { invalid, isNull, readRef, readText } from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import type { NtmsEjectOperation } from "./library_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { type OpenNtmsSessionOptions, readOpenOptions } from "./session.ts";
import type { AnsiText, DWORD, Ref } from "./types.ts";
import { readAnsi, toAnsi } from "./windows_1252.ts";

/** How the text of one character set is read and told. */
interface Charset {
  readonly read: (value: unknown, name: string) => string;
  readonly tell: (text: string) => string;
}

const WIDE: Charset = { read: readText, tell: (text) => text };
const ANSI: Charset = { read: readAnsi, tell: toAnsi };

/** What EjectDiskFromSADrive is given. */
interface EjectArguments {
  readonly computer: unknown;
  readonly application: unknown;
  readonly device: unknown;
  readonly title: unknown;
  readonly message: unknown;
  readonly action: unknown;
  readonly options: unknown;
}

/**
 * Has a drive that stands alone let go of its medium, by the device of the
 * drive and without a session. The medium is in the offline library then, or
 * forgotten, as after {@linkcode EjectNtmsMedia}.
 *
 * @param lpComputerName The computer whose service is meant; `null` for this
 * one.
 * @param lpAppName Name of the application; `null` for "RSM".
 * @param lpDeviceName The drive's device, such as `/dev/nst0`, or its name.
 * @param hWnd Not used: no window is shown.
 * @param lpTitle With NTMS_EJECT_ASK_USER, what the question to the operator
 * begins with.
 * @param lpMessage With NTMS_EJECT_ASK_USER, the question.
 * @param dwOptions NTMS_EJECT_START and NTMS_EJECT_QUEUE return when it is
 * queued; NTMS_EJECT_IMMEDIATE when the drive has let go; NTMS_EJECT_FORCE also
 * ends mounts; NTMS_EJECT_ASK_USER does so where the operator, who is asked,
 * says that it is done; NTMS_EJECT_STOP ends an ejection that waits.
 * @param options What no document knows: a signal, the service's socket.
 * @returns ERROR_SUCCESS when it is queued or done, and for an empty drive;
 * ERROR_BUSY when the medium is mounted; ERROR_CANCELLED when the operator says
 * no; ERROR_INVALID_OPERATION when there is nothing to stop;
 * ERROR_INVALID_DRIVE when no drive has the device, ERROR_NOT_SUPPORTED when it
 * stands in a library; ERROR_MEDIA_NOT_AVAILABLE when the medium is disabled;
 * ERROR_DEVICE_NOT_AVAILABLE when the drive is; ERROR_RESOURCE_DISABLED when
 * its library is, ERROR_LIBRARY_OFFLINE when that is not connected;
 * ERROR_ACCESS_DENIED without CONTROL on the library; ERROR_DATABASE_FAILURE
 * and ERROR_DATABASE_FULL when the catalogue cannot be written;
 * ERROR_INVALID_PARAMETER for an argument that is missing or malformed; and
 * what {@linkcode OpenNtmsSession} fails with.
 *
 * @example
 * ```ts
 * import { EjectDiskFromSADriveW, NTMS_EJECT_IMMEDIATE } from "@ntms/rsm/ntmsapi";
 *
 * const code = await EjectDiskFromSADriveW(
 *   null,
 *   "Example",
 *   "/dev/nst0",
 *   null,
 *   null,
 *   null,
 *   NTMS_EJECT_IMMEDIATE,
 * );
 * console.log(code); // 15 where there is no such drive
 * ```
 */
export function EjectDiskFromSADriveW(
  lpComputerName: string | null,
  lpAppName: string | null,
  lpDeviceName: string,
  hWnd: bigint | null,
  lpTitle: string | null,
  lpMessage: string | null,
  dwOptions: NtmsEjectOperation,
  options?: OpenNtmsSessionOptions,
): Promise<DWORD> {
  void hWnd;
  return eject({
    computer: lpComputerName,
    application: lpAppName,
    device: lpDeviceName,
    title: lpTitle,
    message: lpMessage,
    action: dwOptions,
    options,
  }, WIDE);
}

/**
 * Has a drive that stands alone let go of its medium; the same as
 * {@linkcode EjectDiskFromSADriveW}, whose name most programs do not spell out.
 *
 * @param lpComputerName The computer; `null` for this one.
 * @param lpAppName Name of the application; `null` for "RSM".
 * @param lpDeviceName The drive's device.
 * @param hWnd Not used.
 * @param lpTitle What a question begins with.
 * @param lpMessage The question.
 * @param dwOptions What to do.
 * @param options What no document knows: a signal, the service's socket.
 * @returns The codes of {@linkcode EjectDiskFromSADriveW}.
 *
 * @example
 * ```ts
 * import { EjectDiskFromSADrive, NTMS_EJECT_START } from "@ntms/rsm/ntmsapi";
 *
 * await EjectDiskFromSADrive(
 *   null,
 *   null,
 *   "/dev/nst0",
 *   null,
 *   null,
 *   null,
 *   NTMS_EJECT_START,
 * );
 * ```
 */
export const EjectDiskFromSADrive: typeof EjectDiskFromSADriveW =
  EjectDiskFromSADriveW;

/**
 * Has a drive that stands alone let go of its medium;
 * {@linkcode EjectDiskFromSADriveW} with text in Windows-1252.
 *
 * @param lpComputerName The computer; `null` for this one.
 * @param lpAppName Name of the application; `null` for "RSM".
 * @param lpDeviceName The drive's device.
 * @param hWnd Not used.
 * @param lpTitle What a question begins with.
 * @param lpMessage The question.
 * @param dwOptions What to do.
 * @param options What no document knows: a signal, the service's socket.
 * @returns The codes of {@linkcode EjectDiskFromSADriveW}.
 *
 * @example
 * ```ts
 * import { EjectDiskFromSADriveA, NTMS_EJECT_START } from "@ntms/rsm/ntmsapi";
 *
 * await EjectDiskFromSADriveA(
 *   null,
 *   null,
 *   "/dev/nst0",
 *   null,
 *   null,
 *   null,
 *   NTMS_EJECT_START,
 * );
 * ```
 */
export function EjectDiskFromSADriveA(
  lpComputerName: AnsiText | null,
  lpAppName: AnsiText | null,
  lpDeviceName: AnsiText,
  hWnd: bigint | null,
  lpTitle: AnsiText | null,
  lpMessage: AnsiText | null,
  dwOptions: NtmsEjectOperation,
  options?: OpenNtmsSessionOptions,
): Promise<DWORD> {
  void hWnd;
  return eject({
    computer: lpComputerName,
    application: lpAppName,
    device: lpDeviceName,
    title: lpTitle,
    message: lpMessage,
    action: dwOptions,
    options,
  }, ANSI);
}

/**
 * Tells what programs reach the medium in a drive by. What Windows calls a
 * volume is the device that a program opens, and a drive letter is the
 * directory where it is mounted.
 *
 * @param pszDriveName The drive's device, its name, or its id.
 * @param VolumeNameBufferPtr Receives the device, such as `/dev/nst0`.
 * @param DriveLetterBufferPtr Receives the directory; empty where it is not
 * mounted, as tapes never are.
 * @param options What no document knows: a signal, the service's socket.
 * @returns ERROR_SUCCESS; ERROR_INVALID_DRIVE when there is no such drive;
 * ERROR_DEVICE_NOT_AVAILABLE when this computer does not reach it;
 * ERROR_ACCESS_DENIED without USE on the library; ERROR_INVALID_PARAMETER for
 * an argument that is missing or malformed; and what
 * {@linkcode OpenNtmsSession} fails with.
 *
 * @example
 * ```ts
 * import { GetVolumesFromDriveW } from "@ntms/rsm/ntmsapi";
 *
 * const volume = { value: "" };
 * const letter = { value: "" };
 * await GetVolumesFromDriveW("Drive 0", volume, letter);
 * console.log(volume.value, letter.value);
 * ```
 */
export function GetVolumesFromDriveW(
  pszDriveName: string,
  VolumeNameBufferPtr: Ref<string>,
  DriveLetterBufferPtr: Ref<string>,
  options?: OpenNtmsSessionOptions,
): Promise<DWORD> {
  return volumes(
    pszDriveName,
    VolumeNameBufferPtr,
    DriveLetterBufferPtr,
    options,
    WIDE,
  );
}

/**
 * Tells what programs reach the medium in a drive by; the same as
 * {@linkcode GetVolumesFromDriveW}, whose name most programs do not spell out.
 *
 * @param pszDriveName The drive's device, its name, or its id.
 * @param VolumeNameBufferPtr Receives the device.
 * @param DriveLetterBufferPtr Receives the directory.
 * @param options What no document knows: a signal, the service's socket.
 * @returns The codes of {@linkcode GetVolumesFromDriveW}.
 *
 * @example
 * ```ts
 * import { GetVolumesFromDrive } from "@ntms/rsm/ntmsapi";
 *
 * const volume = { value: "" };
 * await GetVolumesFromDrive("/dev/nst0", volume, { value: "" });
 * ```
 */
export const GetVolumesFromDrive: typeof GetVolumesFromDriveW =
  GetVolumesFromDriveW;

/**
 * Tells what programs reach the medium in a drive by;
 * {@linkcode GetVolumesFromDriveW} with text in Windows-1252.
 *
 * @param pszDriveName The drive's device, its name, or its id.
 * @param VolumeNameBufferPtr Receives the device.
 * @param DriveLetterBufferPtr Receives the directory.
 * @param options What no document knows: a signal, the service's socket.
 * @returns The codes of {@linkcode GetVolumesFromDriveW}.
 *
 * @example
 * ```ts
 * import { GetVolumesFromDriveA } from "@ntms/rsm/ntmsapi";
 *
 * const volume = { value: "" };
 * await GetVolumesFromDriveA("/dev/nst0", volume, { value: "" });
 * ```
 */
export function GetVolumesFromDriveA(
  pszDriveName: AnsiText,
  VolumeNameBufferPtr: Ref<string>,
  DriveLetterBufferPtr: Ref<string>,
  options?: OpenNtmsSessionOptions,
): Promise<DWORD> {
  return volumes(
    pszDriveName,
    VolumeNameBufferPtr,
    DriveLetterBufferPtr,
    options,
    ANSI,
  );
}

function eject(given: EjectArguments, { read }: Charset): Promise<DWORD> {
  return outcomeOf(async () => {
    const optional = (value: unknown, name: string) =>
      isNull(value) ? null : read(value, name);
    const server = optional(given.computer, "lpComputerName");
    const application = optional(given.application, "lpAppName");
    const device = read(given.device, "lpDeviceName");
    const title = optional(given.title, "lpTitle");
    const message = optional(given.message, "lpMessage");
    const action = nameOfCode(DISK_EJECT_ACTIONS, given.action);
    if (action === null) throw invalid("dwOptions is no NTMS_EJECT_ action");
    const options = readOpenOptions(given.options);
    await using session = await openSession({
      ...(server === null ? {} : { server }),
      ...(application === null ? {} : { application }),
      ...options,
    });
    const { drives } = session;
    const { signal } = options;
    const cancellable = signal === undefined ? {} : { signal };
    const drive = await driveOf(session, device);
    switch (action) {
      case "start":
      case "queue":
        return void await drives.eject(drive);
      case "immediate":
        return void await drives.eject(drive, { wait: true, ...cancellable });
      case "force":
        return void await drives.eject(drive, {
          wait: true,
          force: true,
          ...cancellable,
        });
      case "stop":
        return await stop(session, drive);
      case "askUser":
        try {
          await drives.eject(drive, { wait: true, ...cancellable });
        } catch (error) {
          if (!(error instanceof NtmsError)) throw error;
          if (error.code !== "ERROR_BUSY") throw error;
          const question = [title, message ?? error.message]
            .filter((part) => part !== null).join(": ");
          const { operators } = session;
          const request = await operators.submit({ message: question });
          await operators.wait(request, cancellable);
          await drives.eject(drive, { wait: true, force: true });
        }
    }
  });
}

/** Ends an ejection that has not begun. */
async function stop(session: Session, drive: DriveId): Promise<void> {
  const requests = await session.objects("libraryRequest");
  const open = requests.find((one) =>
    one.operation === "eject" && one.drive === drive && one.completed === null
  );
  if (open !== undefined) return await session.queue.cancel(open.id);
  throw new NtmsError(
    "ERROR_INVALID_OPERATION",
    `Drive ${drive} is not letting go of anything`,
  );
}

function volumes(
  pszDriveName: unknown,
  volume: Ref<string>,
  letter: Ref<string>,
  given: unknown,
  { read, tell }: Charset,
): Promise<DWORD> {
  return outcomeOf(async () => {
    const device = read(pszDriveName, "pszDriveName");
    readRef(volume, "VolumeNameBufferPtr");
    readRef(letter, "DriveLetterBufferPtr");
    await using session = await openSession(readOpenOptions(given));
    const drive = await driveOf(session, device);
    const found = await session.drives.volumes(drive);
    volume.value = tell(found.volume);
    letter.value = tell(found.mountPoint ?? "");
  });
}

/** The drive of a device, a name or an id; the device of a library of one drive means that. */
async function driveOf(session: Session, name: string): Promise<DriveId> {
  // \\.\nst0 is how Windows would have it.
  const bare = /^\\\\\.\\([^/\\]+)$/.exec(name)?.[1];
  const device = bare === undefined ? name : `/dev/${bare.toLowerCase()}`;
  const id = parseGuid(name);
  const drives = await session.objects("drive");
  const libraries = (await session.objects("library"))
    .filter((library) => library.kind === "standalone");
  const found = drives.find((drive) => drive.id === id) ??
    drives.find((drive) => drive.device === device) ??
    drives.find(({ library }) =>
      libraries.some((one) => one.id === library && one.device === device)
    ) ?? drives.find((drive) => drive.name === name);
  if (found !== undefined) return found.id;
  throw new NtmsError(
    "ERROR_INVALID_DRIVE",
    `No drive is called "${name}"; there are:\n${
      drives.map((drive) => `  ${drive.device}  ${drive.name}`).join("\n")
    }`,
  );
}
