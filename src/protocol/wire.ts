/**
 * What goes over the wire, as types and names: all that a client needs to
 * know of the protocol. Nothing here needs a schema library at run time.
 *
 * @module
 */

import type {
  AllocateInput,
  Allocation,
  AttributeName,
  CartridgeId,
  CatalogueCopy,
  ChannelId,
  CreatePoolInput,
  DismountInput,
  EnumerateInput,
  Guid,
  ImportDatabaseInput,
  InventoryInput,
  InventoryResult,
  LibraryId,
  LibraryMap,
  LibraryRequestId,
  LibraryTypeInput,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeFacts,
  MountInput,
  MountResult,
  MoveToPoolInput,
  NoteOperatorInput,
  NtmsObject,
  ObjectChange,
  ObjectNotification,
  ObjectType,
  OperatorRequestId,
  SideId,
  SubmitOperatorInput,
  SwapMediaInput,
  SwitchInput,
  TakeInput,
} from "../model/mod.ts";
import { SECURITY_WIRE, type SecurityOperations } from "./security_wire.ts";
import { CLEANER_WIRE, type CleanerOperations } from "./cleaner_wire.ts";
import { PORT_WIRE, type PortOperations } from "./port_wire.ts";
import { DRIVE_WIRE, type DriveOperations } from "./drive_wire.ts";
import { DEVICE_WIRE, type DeviceOperations } from "./device_wire.ts";
import { LABEL_WIRE, type LabelOperations } from "./label_wire.ts";
import { MEDIA_WIRE, type MediaOperations } from "./media_wire.ts";
import { QUEUE_WIRE, type QueueOperations } from "./queue_wire.ts";
import { UI_WIRE, type UiOperations } from "./ui_wire.ts";
import type { Nothing, Repetition, Shape } from "./wire_row.ts";

export type { Nothing, Repetition };

/** The versions of the interface that one side speaks, both ends included. */
export interface InterfaceVersions {
  readonly oldest: number;
  readonly newest: number;
}

/** The versions of the interface that this code speaks. */
export const INTERFACE_VERSIONS: InterfaceVersions = { oldest: 1, newest: 1 };

/** The newest version of the interface that this code speaks. */
export const INTERFACE_VERSION: number = INTERFACE_VERSIONS.newest;

/** HTTP headers of our own. */
export const HEADERS = {
  /** The versions a client speaks, at OpenNtmsSession: "1" or "1-2". */
  interface: "rsm-interface",
  /** The session a call belongs to: its id, a dot, its secret. */
  session: "rsm-session",
  /** What tells a repetition of a call that changes something: a GUID, made for each call. */
  key: "idempotency-key",
} as const;

/** TCP port of a service where none is named. */
export const DEFAULT_PORT = 9417;

/** Path prefix of all operations. */
export const OPERATION_PATH = "/v1/";

/** Where a session is opened, and for whom (OpenNtmsSession). */
export interface OpenInput {
  /** Tags what the session causes; "RSM" where it is absent. */
  readonly application?: string;
  /** How long the service may hold the answer until it is ready, ms. @default {0} */
  readonly waitMs?: number;
}

/** A session, as its opener gets it. */
export interface OpenOutput {
  readonly session: string;
  /** Whoever knows this may act in the session. */
  readonly secret: string;
  /** The version of the interface both sides speak from here on. */
  readonly interfaceVersion: number;
  /** A session not heard of for so long is ended. */
  readonly leaseSeconds: number;
  /** Application name in force. */
  readonly application: string;
}

/** Every operation: what goes in and what comes out. */
export interface Operations
  extends
    CleanerOperations,
    DriveOperations,
    DeviceOperations,
    LabelOperations,
    MediaOperations,
    QueueOperations,
    PortOperations,
    SecurityOperations,
    UiOperations {
  OpenNtmsSession: { input: OpenInput; output: OpenOutput };
  RenewNtmsSession: { input: Nothing; output: { leaseSeconds: number } };
  CloseNtmsSession: { input: Nothing; output: Nothing };
  EnumerateNtmsObject: {
    input: EnumerateInput;
    output: { ids: readonly Guid[]; next: string | null };
  };
  ListNtmsObject: {
    input: EnumerateInput;
    output: { objects: readonly NtmsObject[]; next: string | null };
  };
  GetNtmsObjectInformation: {
    input: { readonly id: Guid };
    output: { object: NtmsObject };
  };
  CreateNtmsMediaPool: {
    input: CreatePoolInput;
    output: { pool: MediaPoolId; created: boolean };
  };
  DeleteNtmsMediaPool: {
    input: { readonly pool: MediaPoolId };
    output: Nothing;
  };
  GetNtmsMediaPoolName: {
    input: { readonly pool: MediaPoolId };
    output: { path: string };
  };
  MoveToNtmsMediaPool: { input: MoveToPoolInput; output: Nothing };
  AddNtmsMediaType: { input: LibraryTypeInput; output: Nothing };
  DeleteNtmsMediaType: { input: LibraryTypeInput; output: Nothing };
  ChangeNtmsMediaType: { input: MoveToPoolInput; output: Nothing };
  ListNtmsMediaTypes: {
    input: Nothing;
    output: { types: readonly MediaTypeFacts[] };
  };
  SetNtmsMediaComplete: {
    input: { readonly logicalMedium: LogicalMediumId };
    output: Nothing;
  };
  DecommissionNtmsMedia: {
    input: { readonly side: SideId };
    output: Nothing;
  };
  DeleteNtmsMedia: {
    input: { readonly cartridge: CartridgeId };
    output: Nothing;
  };
  SwapNtmsMedia: { input: SwapMediaInput; output: Nothing };
  SetNtmsObjectInformation: {
    input: { readonly id: Guid; readonly change: ObjectChange };
    output: Nothing;
  };
  GetNtmsObjectAttribute: { input: AttributeName; output: { data: string } };
  SetNtmsObjectAttribute: {
    input: AttributeName & { readonly data: string };
    output: Nothing;
  };
  EnableNtmsObject: {
    input: SwitchInput;
    output: { request: LibraryRequestId };
  };
  DisableNtmsObject: {
    input: SwitchInput;
    output: { request: LibraryRequestId };
  };
  ExportNtmsDatabase: { input: Nothing; output: CatalogueCopy };
  ImportNtmsDatabase: { input: ImportDatabaseInput; output: CatalogueCopy };
  AllocateNtmsMedia: { input: AllocateInput; output: Allocation };
  DeallocateNtmsMedia: {
    input: { readonly logicalMedium: LogicalMediumId };
    output: Nothing;
  };
  MountNtmsMedia: { input: MountInput; output: MountResult };
  DismountNtmsMedia: {
    input: DismountInput;
    output: { requests: readonly LibraryRequestId[] };
  };
  InventoryNtmsLibrary: { input: InventoryInput; output: InventoryResult };
  MapNtmsLibrary: {
    input: { readonly library: LibraryId | null };
    output: { libraries: readonly LibraryMap[] };
  };
  SubmitNtmsOperatorRequest: {
    input: SubmitOperatorInput;
    output: { request: OperatorRequestId };
  };
  WaitForNtmsOperatorRequest: {
    input: { readonly request: OperatorRequestId; readonly timeoutMs: number };
    output: Nothing;
  };
  CancelNtmsOperatorRequest: {
    input: { readonly request: OperatorRequestId };
    output: Nothing;
  };
  SatisfyNtmsOperatorRequest: {
    input: { readonly request: OperatorRequestId };
    output: Nothing;
  };
  NoteNtmsOperatorRequest: { input: NoteOperatorInput; output: Nothing };
  OpenNtmsNotification: {
    input: { readonly type: ObjectType | null };
    output: { channel: ChannelId };
  };
  WaitForNtmsNotification: {
    input: TakeInput;
    output: { changes: readonly ObjectNotification[] };
  };
  CloseNtmsNotification: {
    input: { readonly channel: ChannelId; readonly force: boolean };
    output: Nothing;
  };
}

/** Name of an operation. */
export type OperationName = keyof Operations;

/** What an operation takes. */
export type InputOf<Name extends OperationName> = Operations[Name]["input"];

/** What an operation gives. */
export type OutputOf<Name extends OperationName> = Operations[Name]["output"];

/** What a client has to know of an operation beside its types. */
export interface WireRow<Name extends OperationName> {
  /** What becomes of it when it is sent again, because no answer came. */
  readonly repetition: Repetition;
  /** The members an answer must have to be taken for one. */
  readonly output: Shape<OutputOf<Name>>;
}

const COPY = {
  name: "text",
  path: "text",
  written: "number",
  sizeBytes: "number",
} as const;

/** The operations by name. */
export const WIRE: { readonly [Name in OperationName]: WireRow<Name> } = {
  OpenNtmsSession: {
    repetition: "harmless",
    output: {
      session: "text",
      secret: "text",
      interfaceVersion: "number",
      leaseSeconds: "number",
      application: "text",
    },
  },
  RenewNtmsSession: {
    repetition: "harmless",
    output: { leaseSeconds: "number" },
  },
  CloseNtmsSession: { repetition: "ended", output: {} },
  EnumerateNtmsObject: {
    repetition: "harmless",
    output: { ids: "list", next: "optionalText" },
  },
  ListNtmsObject: {
    repetition: "harmless",
    output: { objects: "list", next: "optionalText" },
  },
  GetNtmsObjectInformation: {
    repetition: "harmless",
    output: { object: "any" },
  },
  CreateNtmsMediaPool: {
    repetition: "keyed",
    output: { pool: "text", created: "flag" },
  },
  DeleteNtmsMediaPool: { repetition: "keyed", output: {} },
  GetNtmsMediaPoolName: { repetition: "harmless", output: { path: "text" } },
  MoveToNtmsMediaPool: { repetition: "keyed", output: {} },
  AddNtmsMediaType: { repetition: "keyed", output: {} },
  DeleteNtmsMediaType: { repetition: "keyed", output: {} },
  ChangeNtmsMediaType: { repetition: "keyed", output: {} },
  ListNtmsMediaTypes: { repetition: "harmless", output: { types: "list" } },
  SetNtmsMediaComplete: { repetition: "keyed", output: {} },
  DecommissionNtmsMedia: { repetition: "keyed", output: {} },
  DeleteNtmsMedia: { repetition: "keyed", output: {} },
  SwapNtmsMedia: { repetition: "keyed", output: {} },
  SetNtmsObjectInformation: { repetition: "keyed", output: {} },
  GetNtmsObjectAttribute: { repetition: "harmless", output: { data: "text" } },
  SetNtmsObjectAttribute: { repetition: "keyed", output: {} },
  EnableNtmsObject: { repetition: "keyed", output: { request: "text" } },
  DisableNtmsObject: { repetition: "keyed", output: { request: "text" } },
  ExportNtmsDatabase: { repetition: "harmless", output: COPY },
  ImportNtmsDatabase: { repetition: "keyed", output: COPY },
  ...SECURITY_WIRE,
  ...DEVICE_WIRE,
  ...LABEL_WIRE,
  ...CLEANER_WIRE,
  ...PORT_WIRE,
  ...DRIVE_WIRE,
  ...UI_WIRE,
  ...MEDIA_WIRE,
  ...QUEUE_WIRE,
  AllocateNtmsMedia: {
    repetition: "keyed",
    output: { logicalMedium: "text", side: "text", allocatedFrom: "text" },
  },
  DeallocateNtmsMedia: { repetition: "keyed", output: {} },
  MountNtmsMedia: {
    repetition: "keyed",
    output: { mounts: "list", requests: "list" },
  },
  DismountNtmsMedia: { repetition: "keyed", output: { requests: "list" } },
  InventoryNtmsLibrary: {
    repetition: "keyed",
    output: { request: "optionalText", report: "any" },
  },
  MapNtmsLibrary: { repetition: "harmless", output: { libraries: "list" } },
  SubmitNtmsOperatorRequest: {
    repetition: "keyed",
    output: { request: "text" },
  },
  WaitForNtmsOperatorRequest: { repetition: "harmless", output: {} },
  CancelNtmsOperatorRequest: { repetition: "keyed", output: {} },
  SatisfyNtmsOperatorRequest: { repetition: "keyed", output: {} },
  NoteNtmsOperatorRequest: { repetition: "keyed", output: {} },
  // A channel that nobody knows of ends with its session.
  OpenNtmsNotification: { repetition: "harmless", output: { channel: "text" } },
  WaitForNtmsNotification: {
    repetition: "harmless",
    output: { changes: "list" },
  },
  CloseNtmsNotification: { repetition: "ended", output: {} },
};

/** Whether `name` is the name of an operation. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(WIRE, name);
}

/** Writes the versions a side speaks, for the header. */
export function encodeVersions(versions: InterfaceVersions): string {
  const { oldest, newest } = versions;
  return oldest === newest ? `${newest}` : `${oldest}-${newest}`;
}

/** Reads the versions a side speaks; null where the text is malformed. */
export function parseVersions(text: string): InterfaceVersions | null {
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text);
  if (match === null) return null;
  const oldest = Number(match[1]);
  const newest = Number(match[2] ?? match[1]);
  return oldest <= newest ? { oldest, newest } : null;
}

/** The newest version that both sides speak; null where there is none. */
export function agreeVersion(
  one: InterfaceVersions,
  other: InterfaceVersions,
): number | null {
  const newest = Math.min(one.newest, other.newest);
  return newest >= Math.max(one.oldest, other.oldest) ? newest : null;
}
