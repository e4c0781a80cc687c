/**
 * What goes into the operations on the queues of libraries.
 *
 * @module
 */

import type { Guid, LibraryRequestId } from "./ids.ts";

/** Order number of a mount until somebody orders it, and of one that is to go last. */
export const ORDER_LAST = 0xffff_ffff;

/** Which place a request is to have (SetNtmsRequestOrder). */
export interface SetOrderInput {
  /** The request. */
  readonly request: LibraryRequestId;
  /** 1 for the next, up to 0xFFFFFFFF for as late as possible. */
  readonly order: number;
}

/** Which finished requests to delete (DeleteNtmsRequests). */
export interface DeleteRequestsInput {
  /** What they are. */
  readonly type: "libraryRequest" | "operatorRequest";
  /** The requests; those that are not finished stay, and ids of none are passed over. */
  readonly requests: readonly Guid[];
}

/** What is kept of library requests (NtmsLibRequestFlags); the bits have a meaning in the service. */
export const LIBRARY_REQUEST_FLAGS = {
  /** Finished ones are kept for good. */
  noAutoPurge: 1,
  /** Failed ones are kept for good. */
  noFailedPurge: 2,
} as const;
