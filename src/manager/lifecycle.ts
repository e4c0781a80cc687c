/**
 * The life of a side: which state follows which, and why.
 *
 * @module
 */

import { NtmsError, type SideState } from "../model/mod.ts";

/** What can happen to a side. */
export type SideEvent =
  | "allocate"
  | "reserve"
  | "release"
  | "deallocate"
  | "decommission";

/** From state and event to the next state; what is not here cannot happen. */
export const SIDE_TRANSITIONS: Readonly<
  Record<SideEvent, Readonly<Partial<Record<SideState, SideState>>>>
> = {
  allocate: {
    available: "allocated",
    reserved: "allocated",
    import: "allocated",
  },
  reserve: { available: "reserved" },
  release: { reserved: "available" },
  deallocate: { allocated: "available", complete: "available" },
  decommission: {
    available: "decommissioned",
    allocated: "decommissioned",
    complete: "decommissioned",
  },
};

/**
 * The state of a side after an event.
 *
 * @throws {NtmsError} ERROR_INVALID_STATE when the event cannot happen to a
 * side in this state.
 */
export function nextSideState(state: SideState, event: SideEvent): SideState {
  const next = SIDE_TRANSITIONS[event][state];
  if (next === undefined) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot ${event} a side that is ${state}`,
      { data: { state, event } },
    );
  }
  return next;
}
