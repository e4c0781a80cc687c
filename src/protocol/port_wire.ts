/**
 * The operations on ports, doors and hands: their part of the wire.
 *
 * @module
 */

import type {
  DoorInput,
  EjectInput,
  HandsInput,
  HandsResult,
  InjectInput,
  PortOperationStarted,
  WaitRequestsInput,
} from "../model/mod.ts";
import type { Nothing, Shape, WireRows } from "./wire_row.ts";

/** What goes in and what comes out. */
export interface PortOperations {
  EjectNtmsMedia: { input: EjectInput; output: PortOperationStarted };
  InjectNtmsMedia: { input: InjectInput; output: PortOperationStarted };
  AccessNtmsLibraryDoor: { input: DoorInput; output: PortOperationStarted };
  WaitForNtmsLibraryRequest: { input: WaitRequestsInput; output: Nothing };
  UseHandsOnLibrary: { input: HandsInput; output: HandsResult };
}

const STARTED: Shape<PortOperationStarted> = {
  operation: "text",
  requests: "list",
};

/** The operations by name. */
export const PORT_WIRE: WireRows<PortOperations> = {
  EjectNtmsMedia: { repetition: "keyed", output: STARTED },
  InjectNtmsMedia: { repetition: "keyed", output: STARTED },
  AccessNtmsLibraryDoor: { repetition: "keyed", output: STARTED },
  WaitForNtmsLibraryRequest: { repetition: "harmless", output: {} },
  UseHandsOnLibrary: {
    repetition: "keyed",
    output: { barCode: "optionalText", place: "optionalText" },
  },
};
