/**
 * What answers the operations on labels.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import {
  decodeBase64,
  type InputOf,
  type OperationName,
  type OutputOf,
} from "../protocol/mod.ts";
import type { LabelName } from "../protocol/label_operations.ts";

/** What a call in a session needs beside its input. */
export interface LabelCall {
  readonly manager: Manager;
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

type Work<Name extends OperationName> = (
  call: LabelCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** What each of these operations does. */
export const LABEL_ANSWERS: { readonly [Name in LabelName]: Work<Name> } = {
  async IdentifyNtmsSlot({ manager, caller, signal }, input) {
    return {
      request: await manager.labels.identifySlot(caller, input, signal),
    };
  },
  async PrepareNtmsMedia({ manager, caller, signal }, input) {
    return { request: await manager.labels.prepare(caller, input, signal) };
  },
  async UpdateNtmsOmidInfo({ manager, caller }, input) {
    const { logicalMedium } = input;
    await manager.labels.updateOmid(
      caller,
      input.labelType === "raw"
        ? { logicalMedium, raw: decodeBase64(input.raw) }
        : { logicalMedium, fileSystem: input.fileSystem },
    );
    return {};
  },
};
