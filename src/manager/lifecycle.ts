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
  | "complete"
  | "deallocate"
  | "wear out"
  | "decommission"
  | "free"
  | "label"
  | "find import"
  | "find foreign"
  | "find free";

/**
 * From state and event to the next state; what is not here cannot happen.
 * "free" is the way into a free pool, "label" the free label that makes the
 * side available there; "wear out" is the last deallocation. "find..." is what
 * the label of a medium that nobody owns says: a known format, none, or ours.
 */
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
  complete: { allocated: "complete" },
  deallocate: { allocated: "available", complete: "available" },
  "wear out": { allocated: "decommissioned", complete: "decommissioned" },
  decommission: { available: "decommissioned" },
  free: {
    foreign: "unprepared",
    import: "unprepared",
    available: "unprepared",
    unprepared: "unprepared",
  },
  label: { unprepared: "available" },
  "find import": {
    unknown: "import",
    foreign: "import",
    import: "import",
    available: "import",
    unprepared: "import",
  },
  "find foreign": {
    unknown: "foreign",
    foreign: "foreign",
    import: "foreign",
    available: "foreign",
    unprepared: "foreign",
  },
  "find free": {
    unknown: "available",
    foreign: "available",
    import: "available",
    available: "available",
    unprepared: "available",
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
