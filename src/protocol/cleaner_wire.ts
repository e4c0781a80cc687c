/**
 * The operations on cleaning: their part of the wire.
 *
 * @module
 */

import type {
  CleanDriveInput,
  CleanerRequest,
  EjectCleanerInput,
  InjectCleanerInput,
  LibraryId,
  PortOperationStarted,
  ReserveCleanerInput,
} from "../model/mod.ts";
import type { Shape, WireRows } from "./wire_row.ts";

/** What goes in and what comes out. */
export interface CleanerOperations {
  ReserveNtmsCleanerSlot: {
    input: ReserveCleanerInput;
    output: CleanerRequest;
  };
  ReleaseNtmsCleanerSlot: {
    input: { readonly library: LibraryId };
    output: CleanerRequest;
  };
  InjectNtmsCleaner: {
    input: InjectCleanerInput;
    output: PortOperationStarted;
  };
  EjectNtmsCleaner: { input: EjectCleanerInput; output: PortOperationStarted };
  CleanNtmsDrive: { input: CleanDriveInput; output: CleanerRequest };
}

const REQUEST: Shape<CleanerRequest> = { request: "text" };
const STARTED: Shape<PortOperationStarted> = {
  operation: "text",
  requests: "list",
};

/** The operations by name. */
export const CLEANER_WIRE: WireRows<CleanerOperations> = {
  ReserveNtmsCleanerSlot: { repetition: "keyed", output: REQUEST },
  ReleaseNtmsCleanerSlot: { repetition: "keyed", output: REQUEST },
  InjectNtmsCleaner: { repetition: "keyed", output: STARTED },
  EjectNtmsCleaner: { repetition: "keyed", output: STARTED },
  CleanNtmsDrive: { repetition: "keyed", output: REQUEST },
};
