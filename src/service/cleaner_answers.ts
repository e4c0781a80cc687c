/**
 * What answers the operations on cleaning.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { CleanerName } from "../protocol/cleaner_operations.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";

/** What a call in a session needs beside its input. */
interface CleanerCall {
  readonly manager: Manager;
  readonly caller: Caller;
}

type Work<Name extends OperationName> = (
  call: CleanerCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** What each of these operations does. */
export const CLEANER_ANSWERS: { readonly [Name in CleanerName]: Work<Name> } = {
  ReserveNtmsCleanerSlot: ({ manager, caller }, input) =>
    manager.cleaners.reserve(caller, input),
  ReleaseNtmsCleanerSlot: ({ manager, caller }, input) =>
    manager.cleaners.release(caller, input),
  InjectNtmsCleaner: ({ manager, caller }, input) =>
    manager.cleaners.inject(caller, input),
  EjectNtmsCleaner: ({ manager, caller }, input) =>
    manager.cleaners.eject(caller, input),
  CleanNtmsDrive: ({ manager, caller }, input) =>
    manager.cleaners.clean(caller, input),
};
