/**
 * What a session can do with library requests that were made.
 *
 * @module
 */

import { type Guid, type LibraryRequestId, LIMITS } from "../model/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { SessionCall } from "./session_call.ts";

/** The queues of libraries, as a session sees them. List what is in them with `session.map()`. */
export class Queue {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /**
   * Cancels a request that is not finished. One that waits ends at once; a
   * mount or inventory that has begun ends after the step of the robot that is
   * under way, and what was moved goes back. Rejects with ERROR_ACCESS_DENIED
   * where it cannot be taken back any more.
   */
  async cancel(
    request: LibraryRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call("CancelNtmsLibraryRequest", { request }, options);
  }

  /** Order number of a request: the lower goes first among mounts of one priority; 0 for what is not a mount that waits. */
  async order(request: LibraryRequestId): Promise<number> {
    return (await this.#call("GetNtmsRequestOrder", { request })).order;
  }

  /** Gives a mount that waits another order number: 1 for the next, 0xFFFFFFFF for as late as possible. */
  async setOrder(
    request: LibraryRequestId,
    order: number,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call("SetNtmsRequestOrder", { request, order }, options);
  }

  /** Deletes finished requests; those that are not finished stay, and ids of none are passed over. */
  async deleteRequests(
    type: "libraryRequest" | "operatorRequest",
    requests: readonly Guid[],
  ): Promise<void> {
    const most = LIMITS.requestsInOneCall;
    for (let start = 0; start < requests.length; start += most) {
      const some = requests.slice(start, start + most);
      await this.#call("DeleteNtmsRequests", { type, requests: some });
    }
  }
}
