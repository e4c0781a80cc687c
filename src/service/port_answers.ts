/**
 * What answers the operations on ports, doors and hands.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { PortName } from "../protocol/port_operations.ts";

/** What a call in a session needs beside its input. */
export interface PortCall {
  readonly manager: Manager;
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

type Work<Name extends OperationName> = (
  call: PortCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** What each of these operations does. */
export const PORT_ANSWERS: { readonly [Name in PortName]: Work<Name> } = {
  EjectNtmsMedia: ({ manager, caller }, input) =>
    manager.ports.eject(caller, input),
  InjectNtmsMedia: ({ manager, caller }, input) =>
    manager.ports.inject(caller, input),
  AccessNtmsLibraryDoor: ({ manager, caller }, input) =>
    manager.ports.accessDoor(caller, input),
  async WaitForNtmsLibraryRequest({ manager, signal }, input) {
    await manager.requestsEnded(input.requests, input.timeoutMs, signal);
    return {};
  },
  UseHandsOnLibrary: ({ manager, caller }, input) =>
    manager.ports.useHands(caller, input),
};
