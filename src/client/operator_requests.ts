/**
 * What a session can ask of people, and tell of what they did.
 *
 * @module
 */

import {
  type Guid,
  INFINITE,
  LIMITS,
  type OperatorCommand,
  type OperatorRequestId,
} from "../model/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { Cancellable, SessionCall } from "./session_call.ts";

/** What a person is to do. */
export interface SubmitOperatorOptions extends Repeatable {
  /** The kind of task. @default {"message"} */
  command?: Exclude<OperatorCommand, "unknown">;
  /** What the person reads. @default Words that fit the kind. */
  message?: string;
  /** newMedia: a media pool. cleaner: a library or slot. deviceService: a part of a library, or a cartridge. moveMedia: a cartridge. */
  about?: Guid;
  /** newMedia: the library, if it matters. moveMedia: the library it goes to. */
  library?: Guid;
}

/** How long to wait for a person. */
export interface WaitOperatorOptions extends Cancellable {
  /** Milliseconds; 0 does not wait. @default {INFINITE} */
  timeoutMs?: number;
}

/** The operator requests, as a session sees them. List them with `session.objects("operatorRequest")`. */
export class OperatorRequests {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /** Asks a person for something; returns at once. */
  async submit(options: SubmitOperatorOptions): Promise<OperatorRequestId> {
    const { idempotencyKey } = options;
    const { request } = await this.#call("SubmitNtmsOperatorRequest", {
      command: options.command ?? "message",
      message: options.message ?? null,
      argument1: options.about ?? null,
      argument2: options.library ?? null,
    }, { idempotencyKey });
    return request;
  }

  /** Waits until a request is done; rejects with ERROR_CANCELLED when it is refused, with ERROR_TIMEOUT when it is neither in time. */
  async wait(
    request: OperatorRequestId,
    { signal, timeoutMs = INFINITE }: WaitOperatorOptions = {},
  ): Promise<void> {
    await this.#call(
      "WaitForNtmsOperatorRequest",
      { request, timeoutMs },
      { signal },
    );
  }

  /** Marks a request as done: calls that wait for it look again. */
  async satisfy(
    request: OperatorRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call("SatisfyNtmsOperatorRequest", { request }, options);
  }

  /** Refuses a request: calls that wait for it fail. */
  async refuse(
    request: OperatorRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call("CancelNtmsOperatorRequest", { request }, options);
  }

  /** Tells that a person has seen requests: what was submitted is active from then on. */
  async show(requests: readonly OperatorRequestId[]): Promise<void> {
    const most = LIMITS.operatorRequestsInOneCall;
    for (let start = 0; start < requests.length; start += most) {
      const some = requests.slice(start, start + most);
      await this.#call("NoteNtmsOperatorRequest", {
        requests: some,
        note: "show",
      });
    }
  }

  /** Tells that a person takes a request on: it is in progress from then on. */
  async acknowledge(
    request: OperatorRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call(
      "NoteNtmsOperatorRequest",
      { requests: [request], note: "acknowledge" },
      options,
    );
  }
}
