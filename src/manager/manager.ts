/**
 * What RSM decides, as the service sees it: one call for each operation.
 *
 * @module
 */

import type {
  AllocateInput,
  Allocation,
  Caller,
  CallKey,
  CreatePoolInput,
  DismountInput,
  EnumerateInput,
  Guid,
  InventoryInput,
  InventoryResult,
  LibraryId,
  LibraryMap,
  LibraryRequestId,
  ListPart,
  LogicalMediumId,
  MediaPoolId,
  MountInput,
  MountResult,
  NtmsObject,
} from "../model/mod.ts";
import type { AccessManager, AuditManager } from "./access_calls.ts";
import type { CleanerManager } from "./cleaner_calls.ts";
import type { DatabaseManager } from "./database_calls.ts";
import type { DeviceManager } from "./device_calls.ts";
import type { DriveManager } from "./drive_calls.ts";
import type {
  MediaManager,
  MediaTypeManager,
  ObjectManager,
  PoolManager,
} from "./managing.ts";
import type { LabelManager } from "./label_calls.ts";
import type { NotificationManager } from "./notifications.ts";
import type { OperatorManager } from "./operator_calls.ts";
import type { QueueManager } from "./queue_calls.ts";
import type { UiManager } from "./ui_calls.ts";
import type { PortManager } from "./port_calls.ts";

/** How far a manager has come with starting. */
export interface ManagerStatus {
  /** Whether it accepts calls: the catalogue is open and every library had its first inventory. */
  readonly ready: boolean;
  /** What it is doing, for people, such as "first inventory of virtual:demo". */
  readonly activity: string;
}

/**
 * The managing half of the service. Every call rejects with an `NtmsError`
 * that carries a documented code; until the manager is ready all of them
 * reject with ERROR_NOT_READY.
 */
export interface Manager extends AsyncDisposable {
  /** How far it has come. */
  status(): ManagerStatus;
  /** Resolves when it is ready; rejects when it cannot become so. */
  readonly ready: Promise<void>;
  /** Calls on pools after they were made. */
  readonly pools: PoolManager;
  /** Calls on media types. */
  readonly mediaTypes: MediaTypeManager;
  /** Calls on the life of media. */
  readonly media: MediaManager;
  /** Calls on what can be set of any object. */
  readonly objects: ObjectManager;
  /** Calls on what a person is asked for. */
  readonly operators: OperatorManager;
  /** Calls on the queues of libraries. */
  readonly queue: QueueManager;
  /** Calls on where messages go. */
  readonly ui: UiManager;
  /** Calls on ports and doors. */
  readonly ports: PortManager;
  /** Calls on cleaning. */
  readonly cleaners: CleanerManager;
  /** Calls on drives. */
  readonly drives: DriveManager;
  /** Calls on devices that come and go. */
  readonly devices: DeviceManager;
  /** Calls on the labels of media. */
  readonly labels: LabelManager;
  /** Calls on the catalogue as a whole. */
  readonly database: DatabaseManager;
  /** Who may do what. */
  readonly access: AccessManager;
  /** Who did what. */
  readonly audit: AuditManager;
  /** Calls on channels that tell changes. */
  readonly notifications: NotificationManager;
  /** Ids of objects of one type (EnumerateNtmsObject). */
  enumerate(input: EnumerateInput): Promise<ListPart<Guid>>;
  /** The records of the same objects, in the same order. */
  list(input: EnumerateInput): Promise<ListPart<NtmsObject>>;
  /** One record (GetNtmsObjectInformation). */
  object(id: Guid): Promise<NtmsObject>;
  /** Creates or opens an application pool (CreateNtmsMediaPool). */
  createPool(
    caller: Caller,
    input: CreatePoolInput,
  ): Promise<{ pool: MediaPoolId; created: boolean }>;
  /** Allocates a side (AllocateNtmsMedia). Abort gives ERROR_CANCELLED. */
  allocate(
    caller: Caller,
    input: AllocateInput,
    signal?: AbortSignal,
  ): Promise<Allocation>;
  /** Gives an allocated side back (DeallocateNtmsMedia). */
  deallocate(caller: Caller, logicalMedium: LogicalMediumId): Promise<void>;
  /** Takes back an allocation that nobody has heard of, and its kept answer. */
  withdraw(caller: Caller, logicalMedium: LogicalMediumId): Promise<void>;
  /** Brings media into drives (MountNtmsMedia). Abort gives ERROR_CANCELLED. */
  mount(
    caller: Caller,
    input: MountInput,
    signal?: AbortSignal,
  ): Promise<MountResult>;
  /** Takes media out of drives (DismountNtmsMedia). */
  dismount(
    caller: Caller,
    input: DismountInput,
    signal?: AbortSignal,
  ): Promise<{ requests: readonly LibraryRequestId[] }>;
  /** Takes stock of a library (InventoryNtmsLibrary). */
  inventory(
    caller: Caller,
    input: InventoryInput,
    signal?: AbortSignal,
  ): Promise<InventoryResult>;
  /**
   * The answer, as JSON, that a call of this key got before; null where there
   * was none. For a call whose session has ended, `caller` is null.
   */
  recall(callKey: CallKey, caller: Caller | null): Promise<string | null>;
  /** Waits until library requests have ended; rejects with what one failed with. */
  requestsEnded(
    requests: readonly LibraryRequestId[],
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<void>;
  /** The libraries as a person wants to see them; one, or all with a device. */
  map(library: LibraryId | null): Promise<readonly LibraryMap[]>;
  /** Tells that a session ended. `lost`: its lease ran out; what it has mounted is dismounted after a grace time. */
  sessionEnded(session: string, lost: boolean): void;
}
