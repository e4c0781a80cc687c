/**
 * A removable storage manager: many programs share tape libraries and other
 * media changers through one service, which knows every cartridge, drive and
 * slot, hands out media from pools and moves them into drives.
 *
 * {@linkcode openSession} is the way in. The functions, structures, constants
 * and codes of `ntmsapi.h` are here too, by their documented names; they are
 * also alone in `@ntms/rsm/ntmsapi`. A service runs by `rsm serve`, or within
 * a program by `@ntms/rsm/service`.
 *
 * Every failure of a {@linkcode Session} is an {@linkcode NtmsError}: `code`
 * is the documented name, `win32` its number, `retry` says whether trying
 * again can help, and the message says what happened and what to do.
 *
 * Importing this asks for no permission. A session needs those of its way to
 * the service: `--allow-read` and `--allow-write` of the socket's path and,
 * from Deno 2.9 on, `--allow-net=unix:PATH`; or `--allow-net=HOST:PORT`. The
 * documented functions also need `--allow-ffi` and `--allow-read` of the
 * native library, which keeps their handles.
 *
 * @example A cartridge in a drive, and back
 * ```ts
 * import { NtmsError, openSession } from "@ntms/rsm";
 *
 * try {
 *   await using session = await openSession({ application: "Nightly" });
 *   const [cartridge] = await session.objects("cartridge");
 *   const pool = await session.createPool({
 *     name: "Nightly",
 *     mediaType: cartridge?.mediaType ?? null,
 *     drawFromFree: true,
 *     returnToFree: true,
 *   });
 *   const { logicalMedium } = await session.allocate({
 *     pool,
 *     errorIfUnavailable: true,
 *   });
 *   const { mounts } = await session.mount(logicalMedium, { write: true });
 *   console.log(mounts[0]?.device); // such as /dev/nst0
 *   await session.dismount(logicalMedium, { wait: true });
 *   await session.deallocate(logicalMedium);
 * } catch (error) {
 *   if (!(error instanceof NtmsError)) throw error;
 *   console.log(error.code, error.message);
 * }
 * ```
 *
 * @module
 */

export * from "./src/ntms/ntmsapi.ts";
export {
  type AllocateOptions,
  attachSession,
  type Cancellable,
  Cleaners,
  type CreateMediumOptions,
  type CreatePoolOptions,
  type CreateTokenOptions,
  DeviceDetection,
  Devices,
  type DismountDriveOptions,
  type DismountOptions,
  type DoorOptions,
  Drives,
  type EjectDriveOptions,
  type EjectOptions,
  type IdentifyOptions,
  type InjectCleanerOptions,
  type InjectOptions,
  type InventoryOptions,
  Labels,
  type ListOptions,
  ManagingCalls,
  type MountOptions,
  type NewMedium,
  type NewMediumSide,
  type NewToken,
  NotificationChannel,
  type NotificationOptions,
  Notifications,
  openSession,
  type OpenSessionOptions,
  OperatorRequests,
  type PartOptions,
  Ports,
  type PrepareOptions,
  Queue,
  type Repeatable,
  Session,
  type SessionToken,
  type SubmitOperatorOptions,
  type SwitchOptions,
  type TakeOptions,
  Tokens,
  type UiChangeOptions,
  UiDestinations,
  type UiListOptions,
  type WaitOperatorOptions,
  type WaitRequestsOptions,
} from "./src/client/mod.ts";
export {
  type LabelBlock,
  type LabelContext,
  type LabelDetails,
  type LabelReach,
  LONGEST_LABEL_ID_BYTES,
  LONGEST_MEDIA_LABEL_BYTES,
  LONGEST_REACH,
  type MediaLabelAnswer,
  type MediaLabelInfo,
  type MediaLabelLibrary,
} from "./src/labels/media_label_library.ts";
export type * from "./src/model/audit.ts";
export * from "./src/model/calls.ts";
export * from "./src/model/cleaner_calls.ts";
export * from "./src/model/control_calls.ts";
export type * from "./src/model/database_calls.ts";
export type * from "./src/model/device_calls.ts";
export * from "./src/model/drive_calls.ts";
export type * from "./src/model/label_calls.ts";
export * from "./src/model/errors.ts";
export * from "./src/model/health.ts";
export * from "./src/model/ids.ts";
export * from "./src/model/managing_calls.ts";
export type * from "./src/model/media_creation.ts";
export type * from "./src/model/notifications.ts";
export * from "./src/model/operator_calls.ts";
export { isApplicationName, isObjectName, LIMITS } from "./src/model/limits.ts";
export * from "./src/model/objects.ts";
export * from "./src/model/security.ts";
export * from "./src/model/queue_calls.ts";
export * from "./src/model/states.ts";
export * from "./src/model/tape_alerts.ts";
export * from "./src/model/ui_calls.ts";
