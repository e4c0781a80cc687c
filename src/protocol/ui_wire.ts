/**
 * The operations on destinations of messages: their part of the wire.
 *
 * @module
 */

import type {
  UiChangeInput,
  UiDestination,
  UiListInput,
  UiTestResult,
} from "../model/mod.ts";
import type { Nothing, WireRows } from "./wire_row.ts";

/** What goes in and what comes out. */
export interface UiOperations {
  GetNtmsUIOptions: {
    input: UiListInput;
    output: { destinations: readonly string[] };
  };
  SetNtmsUIOptions: { input: UiChangeInput; output: Nothing };
  ListNtmsUIOptions: {
    input: Nothing;
    output: { destinations: readonly UiDestination[] };
  };
  TestNtmsUIOptions: {
    input: { readonly destination: string };
    output: UiTestResult;
  };
}

/** The operations by name. */
export const UI_WIRE: WireRows<UiOperations> = {
  GetNtmsUIOptions: {
    repetition: "harmless",
    output: { destinations: "list" },
  },
  SetNtmsUIOptions: { repetition: "keyed", output: {} },
  ListNtmsUIOptions: {
    repetition: "harmless",
    output: { destinations: "list" },
  },
  TestNtmsUIOptions: {
    repetition: "harmless",
    output: { delivered: "flag", reason: "optionalText" },
  },
};
