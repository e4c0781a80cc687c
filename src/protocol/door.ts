/**
 * The way into a service, whatever it is made of: a socket, or a service of
 * this very process.
 *
 * @module
 */

import type { InputOf, OperationName, OutputOf } from "./wire.ts";

/** What shows that a call belongs to a session. */
export interface SessionKey {
  readonly id: string;
  readonly secret: string;
}

/** How a call is made. */
export interface CallOptions {
  /** The session it belongs to; none for OpenNtmsSession. */
  readonly session?: SessionKey;
  /** Tells a repetition of a call that changes something: a GUID, made for each call. */
  readonly key?: string | undefined;
  /** Gives up waiting: the service is told, and the call ends with ERROR_CANCELLED. */
  readonly signal?: AbortSignal | undefined;
  /** How long an answer may take before the service is taken for dead, ms; else for ever. */
  readonly answerWithinMs?: number;
}

/** A way into a service. */
export interface Door {
  /** Calls an operation. Rejects with an `NtmsError`. */
  call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    options?: CallOptions,
  ): Promise<OutputOf<Name>>;
  /** Lets go of what the door holds open. */
  close(): void;
}
