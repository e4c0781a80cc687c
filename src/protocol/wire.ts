/**
 * What goes over the wire, as types and names: all that a client needs to
 * know of the protocol. Nothing here needs a schema library at run time.
 *
 * @module
 */

import type {
  AllocateInput,
  Allocation,
  CreatePoolInput,
  DismountInput,
  EnumerateInput,
  Guid,
  InventoryInput,
  InventoryResult,
  LibraryId,
  LibraryMap,
  LibraryRequestId,
  LogicalMediumId,
  MediaPoolId,
  MountInput,
  MountResult,
  NtmsObject,
} from "../model/mod.ts";

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
export interface Operations {
  OpenNtmsSession: { input: OpenInput; output: OpenOutput };
  RenewNtmsSession: { input: Nothing; output: { leaseSeconds: number } };
  CloseNtmsSession: { input: Nothing; output: Nothing };
  EnumerateNtmsObject: {
    input: EnumerateInput;
    output: { ids: readonly Guid[] };
  };
  ListNtmsObject: {
    input: EnumerateInput;
    output: { objects: readonly NtmsObject[] };
  };
  GetNtmsObjectInformation: {
    input: { readonly id: Guid };
    output: { object: NtmsObject };
  };
  CreateNtmsMediaPool: {
    input: CreatePoolInput;
    output: { pool: MediaPoolId; created: boolean };
  };
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
}

/** An object without members. */
export type Nothing = Readonly<Record<string, never>>;

/** Name of an operation. */
export type OperationName = keyof Operations;

/** What an operation takes. */
export type InputOf<Name extends OperationName> = Operations[Name]["input"];

/** What an operation gives. */
export type OutputOf<Name extends OperationName> = Operations[Name]["output"];

/** The kind of each member that an answer must have. */
type Shape<Output> = {
  readonly [Key in keyof Output]-?:
    | "text"
    | "optionalText"
    | "number"
    | "flag"
    | "list"
    | "any";
};

/**
 * What becomes of an operation that is sent again: doing it twice is as good
 * as once; the service does it once by its key; or the session has ended by
 * the first one.
 */
export type Repetition = "harmless" | "keyed" | "ended";

/** What a client has to know of an operation beside its types. */
export interface WireRow<Name extends OperationName> {
  /** What becomes of it when it is sent again, because no answer came. */
  readonly repetition: Repetition;
  /** The members an answer must have to be taken for one. */
  readonly output: Shape<OutputOf<Name>>;
}

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
  EnumerateNtmsObject: { repetition: "harmless", output: { ids: "list" } },
  ListNtmsObject: { repetition: "harmless", output: { objects: "list" } },
  GetNtmsObjectInformation: {
    repetition: "harmless",
    output: { object: "any" },
  },
  CreateNtmsMediaPool: {
    repetition: "keyed",
    output: { pool: "text", created: "flag" },
  },
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
