import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  isSettled,
  nextOperatorState,
  OPERATOR_TRANSITIONS,
  type OperatorEvent,
} from "../../src/manager/operator_states.ts";
import { NtmsError, type OperatorState } from "../../src/model/mod.ts";

const EVENTS: readonly OperatorEvent[] = [
  "show",
  "acknowledge",
  "satisfy",
  "refuse",
];

/** The order of the documents; a request never goes back in it. */
const ORDER: readonly OperatorState[] = [
  "submitted",
  "active",
  "inProgress",
  "complete",
];

Deno.test("no sequence of events takes an operator request out of its documented life, or back in it", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
    let state: OperatorState = "submitted";
    for (const event of events) {
      if (isSettled(state)) {
        const before = state;
        const error = assertThrows(
          () => nextOperatorState(before, event),
          NtmsError,
        );
        assertEquals(error.code, "ERROR_INVALID_STATE");
        continue;
      }
      const next: OperatorState = nextOperatorState(state, event);
      assert(
        next === "refused" || ORDER.indexOf(next) >= ORDER.indexOf(state),
        `${state} ${event} ${next}`,
      );
      if (event === "satisfy") assertEquals(next, "complete");
      if (event === "refuse") assertEquals(next, "refused");
      if (event === "acknowledge") assertEquals(next, "inProgress");
      state = next;
    }
  }));
});

Deno.test("a settled operator request stays as it is", () => {
  for (const event of EVENTS) {
    for (const state of ["complete", "refused"] as const) {
      assertEquals(OPERATOR_TRANSITIONS[event][state], undefined);
    }
  }
});
