/**
 * Reaches an RSM service: over its Unix socket, over TCP, or in this process.
 *
 * Importing it needs no permission. Opening a session needs `--allow-read`,
 * `--allow-write` and, from Deno 2.9 on, `--allow-net=unix:PATH` for the
 * socket's path, or `--allow-net=HOST:PORT`.
 *
 * @module
 */

export {
  acquireChannelHandle,
  acquireDetectionHandle,
  acquireSessionHandle,
  type ChannelToken,
  closeChannelHandle,
  closeDetectionHandle,
  closeSessionHandle,
  type DetectionToken,
  type Held,
  type HeldSession,
  openChannelHandle,
  openDetectionHandle,
  openSessionHandle,
} from "./handles.ts";
export { DeviceDetection, Devices } from "./devices.ts";
export {
  type DismountDriveOptions,
  Drives,
  type EjectDriveOptions,
} from "./drives.ts";
export { type IdentifyOptions, Labels, type PrepareOptions } from "./labels.ts";
export type { NewMedium, NewMediumSide } from "./media_creation.ts";
export {
  type CreateMediumOptions,
  ManagingCalls,
  type SwitchOptions,
} from "./managing_calls.ts";
export {
  NotificationChannel,
  type NotificationOptions,
  Notifications,
  type TakeOptions,
} from "./notifications.ts";
export {
  attachSession,
  openSession,
  type OpenSessionOptions,
} from "./open_session.ts";
export {
  OperatorRequests,
  type SubmitOperatorOptions,
  type WaitOperatorOptions,
} from "./operator_requests.ts";
export { Cleaners, type InjectCleanerOptions } from "./cleaners.ts";
export {
  type DoorOptions,
  type EjectOptions,
  type InjectOptions,
  Ports,
  type WaitRequestsOptions,
} from "./ports.ts";
export { type CreateTokenOptions, type NewToken, Tokens } from "./tokens.ts";
export { Queue } from "./queue.ts";
export {
  type UiChangeOptions,
  UiDestinations,
  type UiListOptions,
} from "./ui_destinations.ts";
export {
  type AllocateOptions,
  type Cancellable,
  type CreatePoolOptions,
  type DismountOptions,
  type InventoryOptions,
  type ListOptions,
  type MountOptions,
  type PartOptions,
  type Repeatable,
  Session,
  type SessionToken,
} from "./session.ts";
