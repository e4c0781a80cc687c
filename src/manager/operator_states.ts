/**
 * The life of an operator request: which state follows which, and why.
 *
 * @module
 */

import { NtmsError, type OperatorState } from "../model/mod.ts";

/** What can happen to an operator request. */
export type OperatorEvent = "show" | "acknowledge" | "satisfy" | "refuse";

/** From event and state to the next state; what is not here cannot happen. */
export const OPERATOR_TRANSITIONS: Readonly<
  Record<OperatorEvent, Readonly<Partial<Record<OperatorState, OperatorState>>>>
> = {
  show: { submitted: "active" },
  acknowledge: { submitted: "inProgress", active: "inProgress" },
  satisfy: {
    submitted: "complete",
    active: "complete",
    inProgress: "complete",
  },
  refuse: { submitted: "refused", active: "refused", inProgress: "refused" },
};

/** Whether a request in this state has come to its end. */
export function isSettled(state: OperatorState): boolean {
  return state === "complete" || state === "refused";
}

/**
 * The state of a request after an event; the same where a person did before
 * what was done again.
 *
 * @throws {NtmsError} ERROR_INVALID_STATE when the request is settled.
 */
export function nextOperatorState(
  state: OperatorState,
  event: OperatorEvent,
): OperatorState {
  if (isSettled(state)) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot ${event} an operator request that is ${state}: it has come to its end`,
      { data: { state, event } },
    );
  }
  return OPERATOR_TRANSITIONS[event][state] ?? state;
}
