/**
 * What answers the operations on operator requests and notifications.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { OperatorName } from "../protocol/operator_operations.ts";

/** What a call in a session needs beside its input. */
export interface OperatorCall {
  readonly manager: Manager;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** The session of the call. */
  readonly entry: {
    /** Whether the manager has to be told of its end. */
    leavesTraces: boolean;
  };
}

type Work<Name extends OperationName> = (
  call: OperatorCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** What each of these operations does. */
export const OPERATOR_ANSWERS: {
  readonly [Name in OperatorName]: Work<Name>;
} = {
  async SubmitNtmsOperatorRequest({ manager, caller }, input) {
    return { request: await manager.operators.submit(caller, input) };
  },
  async WaitForNtmsOperatorRequest({ manager, signal }, input) {
    await manager.operators.wait(input.request, input.timeoutMs, signal);
    return {};
  },
  async CancelNtmsOperatorRequest({ manager, caller }, { request }) {
    await manager.operators.refuse(caller, request);
    return {};
  },
  async SatisfyNtmsOperatorRequest({ manager, caller }, { request }) {
    await manager.operators.satisfy(caller, request);
    return {};
  },
  async NoteNtmsOperatorRequest({ manager, caller }, input) {
    await manager.operators.note(caller, input);
    return {};
  },
  OpenNtmsNotification({ manager, caller, entry }, { type }) {
    const channel = manager.notifications.open(caller, type);
    // The channel ends with the session.
    entry.leavesTraces = true;
    return Promise.resolve({ channel });
  },
  async WaitForNtmsNotification({ manager, caller, signal }, input) {
    const { notifications } = manager;
    return { changes: await notifications.wait(caller, input, signal) };
  },
  CloseNtmsNotification({ manager, caller }, { channel, force }) {
    manager.notifications.close(caller, channel, force);
    return Promise.resolve({});
  },
};
