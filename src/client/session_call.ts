/**
 * How the parts of a session make its calls.
 *
 * @module
 */

import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";

/** Something that can be waited for, and given up. */
export interface Cancellable {
  /** Gives up waiting; the call then rejects with ERROR_CANCELLED. */
  signal?: AbortSignal;
}

/** How a call is sent. */
export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Makes a call in a session. */
export type SessionCall = <Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  options?: SendOptions,
) => Promise<OutputOf<Name>>;
