/**
 * The operations on the queues of libraries: their part of the wire.
 *
 * @module
 */

import type {
  DeleteRequestsInput,
  LibraryRequestId,
  SetOrderInput,
} from "../model/mod.ts";
import type { Nothing, WireRows } from "./wire_row.ts";

/** What goes in and what comes out. */
export interface QueueOperations {
  CancelNtmsLibraryRequest: {
    input: { readonly request: LibraryRequestId };
    output: Nothing;
  };
  GetNtmsRequestOrder: {
    input: { readonly request: LibraryRequestId };
    output: { order: number };
  };
  SetNtmsRequestOrder: { input: SetOrderInput; output: Nothing };
  DeleteNtmsRequests: { input: DeleteRequestsInput; output: Nothing };
}

/** The operations by name. */
export const QUEUE_WIRE: WireRows<QueueOperations> = {
  CancelNtmsLibraryRequest: { repetition: "keyed", output: {} },
  GetNtmsRequestOrder: { repetition: "harmless", output: { order: "number" } },
  SetNtmsRequestOrder: { repetition: "keyed", output: {} },
  DeleteNtmsRequests: { repetition: "keyed", output: {} },
};
