/**
 * What answers the operations on the queues of libraries.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { QueueName } from "../protocol/queue_operations.ts";

/** What a call in a session needs beside its input. */
export interface QueueCall {
  readonly manager: Manager;
  readonly caller: Caller;
}

type Work<Name extends OperationName> = (
  call: QueueCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** What each of these operations does. */
export const QUEUE_ANSWERS: { readonly [Name in QueueName]: Work<Name> } = {
  async CancelNtmsLibraryRequest({ manager, caller }, { request }) {
    await manager.queue.cancel(caller, request);
    return {};
  },
  async GetNtmsRequestOrder({ manager }, { request }) {
    return { order: await manager.queue.order(request) };
  },
  async SetNtmsRequestOrder({ manager, caller }, input) {
    await manager.queue.setOrder(caller, input);
    return {};
  },
  async DeleteNtmsRequests({ manager, caller }, input) {
    await manager.queue.deleteRequests(caller, input);
    return {};
  },
};
