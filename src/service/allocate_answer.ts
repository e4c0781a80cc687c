/**
 * What answers AllocateNtmsMedia.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { InputOf, OutputOf } from "../protocol/mod.ts";

/** Allocates, and takes it back where nobody waits for it any more. */
export async function allocate(
  { caller, manager, signal }: {
    readonly manager: Manager;
    readonly caller: Caller;
    readonly signal: AbortSignal;
  },
  input: InputOf<"AllocateNtmsMedia">,
): Promise<OutputOf<"AllocateNtmsMedia">> {
  const allocation = await manager.allocate(caller, input, signal);
  if (!signal.aborted) return allocation;
  // It came about just when nobody waited any more: nobody knows its id, and
  // without this nobody could ever give it back.
  await manager.withdraw(caller, allocation.logicalMedium);
  throw signal.reason;
}
