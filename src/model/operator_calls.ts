/**
 * What goes into the operations on operator requests.
 *
 * @module
 */

import type { Guid, IdOf } from "./ids.ts";
import type { OperatorCommand } from "./states.ts";

/** Id of an operator request. */
export type OperatorRequestId = IdOf<"operatorRequest">;

/** What a person is to do (SubmitNtmsOperatorRequest). */
export interface SubmitOperatorInput {
  /** The kind of task. */
  readonly command: OperatorCommand;
  /** What the person reads; null for words that fit the kind. */
  readonly message: string | null;
  /** newMedia: a media pool. cleaner: a library or slot. deviceService: a part of a library, or a cartridge. moveMedia: a cartridge. message: null. */
  readonly argument1: Guid | null;
  /** newMedia: the library, or null. moveMedia: the library it goes to. Others: null. */
  readonly argument2: Guid | null;
}

/** What is kept of operator requests (NtmsOpRequestFlags); the bits have a meaning in the service. */
export const OPERATOR_REQUEST_FLAGS = {
  /** Settled ones are kept for good. */
  noAutoPurge: 1,
  /** Refused ones are kept for good. */
  noFailedPurge: 2,
} as const;

/** What a person can do with a request before it is settled: see it, or take it on. */
export type OperatorNote = "show" | "acknowledge";

/** Which requests a person has seen, or takes on. */
export interface NoteOperatorInput {
  /** The requests. */
  readonly requests: readonly OperatorRequestId[];
  /** What the person did. */
  readonly note: OperatorNote;
}
