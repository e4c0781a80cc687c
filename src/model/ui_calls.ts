/**
 * What goes into and comes out of the operations on destinations of messages,
 * and what a message says.
 *
 * @module
 */

import type { Guid } from "./ids.ts";
import type { ObjectType } from "./states.ts";

/** Kinds of messages (NtmsUITypes). */
export const UI_TYPES = {
  /** Progress of library requests. */
  info: 1,
  /** Operator requests about media. */
  request: 2,
  /** Operator requests about faults. */
  error: 3,
} as const;
/** Kind of a message. */
export type UiType = keyof typeof UI_TYPES;

/** What can be done to a list of destinations (NtmsUIOperations). */
export const UI_OPERATIONS = { add: 1, delete: 2, deleteAll: 3 } as const;
/** What is done to a list of destinations. */
export type UiOperation = keyof typeof UI_OPERATIONS;

/** What a destination is: a computer with a console, an e-mail address, or a URL that is posted to. */
export type UiDestinationKind = "computer" | "email" | "webhook";

/** What a destination is, by how it is written. */
export function uiDestinationKind(destination: string): UiDestinationKind {
  if (/^https?:\/\//i.test(destination)) return "webhook";
  return destination.includes("@") ? "email" : "computer";
}

/** Which list of destinations (GetNtmsUIOptions). */
export interface UiListInput {
  /** The computer or a library; null for the application of the session. */
  readonly object: Guid | null;
  /** Which messages go there. */
  readonly type: UiType;
}

/** What to do to a list of destinations (SetNtmsUIOptions). */
export interface UiChangeInput extends UiListInput {
  /** Add one, take one out, or take all out. */
  readonly operation: UiOperation;
  /** Name of a computer, empty for the caller's; or an e-mail address or URL that the administrator configured. Without meaning for `deleteAll`. */
  readonly destination: string;
}

/** A destination, and how it stands with what is sent there. */
export interface UiDestination extends UiListInput {
  /** As it was added. */
  readonly destination: string;
  /** What it is. */
  readonly kind: UiDestinationKind;
  /** Messages that wait to be sent there. */
  readonly waiting: number;
  /** When a message was last taken there, ms since 1970 UTC; null for not since the service started. */
  readonly delivered: number | null;
  /** The last try, where it failed. */
  readonly failure: UiFailure | null;
}

/** Why a message did not arrive. */
export interface UiFailure {
  /** When it was tried, ms since 1970 UTC. */
  readonly at: number;
  /** What went wrong, for people. */
  readonly reason: string;
}

/** How the try of a destination went. */
export interface UiTestResult {
  /** Whether the message was taken. */
  readonly delivered: boolean;
  /** What went wrong; null where nothing did. */
  readonly reason: string | null;
}

/** What is sent to a destination. */
export interface UiMessage {
  /** Tells a message again that is sent twice, because nobody knows whether it arrived. */
  readonly id: Guid;
  /** Its kind; "test" for one that an administrator sends to try a destination. */
  readonly type: UiType | "test";
  /** When its reason came about, ms since 1970 UTC. */
  readonly time: number;
  /** The computer that the service runs on. */
  readonly host: string;
  /** What a person reads. */
  readonly text: string;
  /** Whom it is for: application. */
  readonly application: string;
  /** User of the application; empty for the service. */
  readonly user: string;
  /** Computer of the application; empty for the service. */
  readonly computer: string;
  /** The request that it tells of; null for a test. */
  readonly request: UiRequest | null;
}

/** The request that a message tells of. */
export interface UiRequest {
  /** An operator request, or the library request whose progress it is. */
  readonly type: "operatorRequest" | "libraryRequest";
  /** Its id. */
  readonly id: Guid;
  /** What is asked for, such as "newMedia" or "mount". */
  readonly kind: string;
  /** Its state. */
  readonly state: string;
  /** The objects it is about. */
  readonly objects: readonly { readonly type: ObjectType; readonly id: Guid }[];
}
