/**
 * What answers the operations on destinations of messages.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { UiName } from "../protocol/ui_operations.ts";

/** What a call in a session needs beside its input. */
export interface UiCall {
  readonly manager: Manager;
  readonly caller: Caller;
}

type Work<Name extends OperationName> = (
  call: UiCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** What each of these operations does. */
export const UI_ANSWERS: { readonly [Name in UiName]: Work<Name> } = {
  async GetNtmsUIOptions({ manager, caller }, input) {
    return { destinations: await manager.ui.get(caller, input) };
  },
  async SetNtmsUIOptions({ manager, caller }, input) {
    await manager.ui.set(caller, input);
    return {};
  },
  async ListNtmsUIOptions({ manager, caller }) {
    return { destinations: await manager.ui.list(caller) };
  },
  TestNtmsUIOptions({ manager, caller }, { destination }) {
    return manager.ui.test(caller, destination);
  },
};
