/**
 * Calls on the queues of libraries: requests are taken out, put in another
 * place, and forgotten.
 *
 * @module
 */

import {
  deleteFinishedRequests,
  findRequests,
  type RequestRow,
  UNFINISHED,
  updateRequests,
} from "../database/mod.ts";
import {
  type Caller,
  type DeleteRequestsInput,
  type LibraryRequestId,
  NtmsError,
  type SetOrderInput,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { Library, LibraryFinder } from "./library.ts";
import {
  type Cancelled,
  enterRequest,
  failRequests,
  passRequests,
} from "./requests.ts";

/** Calls on queues, as the service sees them. */
export interface QueueManager {
  /** Cancels a request that is not finished (CancelNtmsLibraryRequest). */
  cancel(caller: Caller, request: LibraryRequestId): Promise<void>;
  /** Order number of a request; 0 where it has none (GetNtmsRequestOrder). */
  order(request: LibraryRequestId): Promise<number>;
  /** Gives a mount that waits another order number (SetNtmsRequestOrder). */
  setOrder(caller: Caller, input: SetOrderInput): Promise<void>;
  /** Deletes finished requests (DeleteNtmsRequests). */
  deleteRequests(caller: Caller, input: DeleteRequestsInput): Promise<void>;
}

/** What these calls work with. */
interface QueueParts {
  readonly context: Context;
  readonly libraries: { readonly find: LibraryFinder };
}

/** The queues of one manager. */
export class QueueCalls implements QueueManager {
  readonly #ready: () => QueueParts;

  /** `ready` throws while the manager is not ready. */
  constructor(ready: () => QueueParts) {
    this.#ready = ready;
  }

  async cancel(caller: Caller, request: LibraryRequestId): Promise<void> {
    const { context } = this.#ready();
    const row = await this.#find(request);
    if (!UNFINISHED.includes(row.state)) throw notThere(request);
    const error = new NtmsError(
      "ERROR_CANCELLED",
      `Library request ${request} was cancelled by ${
        caller.user || caller.application
      }`,
    );
    const cancelled = await this.#cancel(row, error);
    if (cancelled === null) {
      throw new NtmsError(
        "ERROR_ACCESS_DENIED",
        `Library request ${request} is being executed, and cannot be taken back any more`,
      );
    }
    const { ended } = cancelled;
    const remove = await commit(context, "settings", async (db) => {
      await keepAnswer(db, context, caller, {});
      return ended === null ? null : await enterRequest(db, context, caller, {
        libraryId: row.libraryId,
        operation: "remove",
        workItemId: request,
        name: `Cancel ${row.operation}`,
      });
    });
    if (remove === null || ended === null) return;
    context.background.run(
      "note that a request was cancelled",
      this.#follow(context, remove, ended),
    );
  }

  async order(request: LibraryRequestId): Promise<number> {
    return orderOf(await this.#find(request));
  }

  async setOrder(caller: Caller, input: SetOrderInput): Promise<void> {
    const { context, libraries } = this.#ready();
    const { order, request } = input;
    const row = await this.#find(request);
    if (order < 1) {
      throw invalid("order numbers begin with 1");
    }
    const job = orderOf(row) === 0
      ? null
      : atWork(libraries.find, row.libraryId)?.waitingMount(request) ?? null;
    if (job === null) {
      throw invalid(
        `only mounts that wait are ordered, and request ${request} is a ${row.operation} that is ${row.state}`,
      );
    }
    await commit(context, "settings", async (db) => {
      // All media of a call go together.
      await updateRequests(db, job.requestIds, { orderNumber: order });
      await keepAnswer(db, context, caller, {});
    });
    job.reorder(order);
  }

  async deleteRequests(
    caller: Caller,
    { requests, type }: DeleteRequestsInput,
  ): Promise<void> {
    const { context } = this.#ready();
    await commit(context, "settings", async (db) => {
      await deleteFinishedRequests(db, type, requests);
      await keepAnswer(db, context, caller, {});
    });
  }

  async #cancel(row: RequestRow, error: NtmsError): Promise<Cancelled | null> {
    const { context, libraries } = this.#ready();
    const library = atWork(libraries.find, row.libraryId);
    if (library !== null) return await library.cancel(row.id, error);
    await failRequests(context, [row.id], error);
    return { ended: null };
  }

  /** Notes the end of a cancellation when its victim has ended. */
  async #follow(
    context: Context,
    remove: string,
    ended: Promise<unknown>,
  ): Promise<void> {
    await ended;
    const { background } = context;
    await background.insist(
      "note that a request was cancelled",
      () =>
        commit(
          context,
          "putAway",
          (db) => passRequests(db, context, [remove]),
        ),
    );
  }

  async #find(request: LibraryRequestId): Promise<RequestRow> {
    const { database } = this.#ready().context;
    const [row] = await database.read((db) => findRequests(db, [request]));
    if (row === undefined) throw notThere(request);
    return row;
  }
}

/** Order number of a request that can be ordered, else 0. */
function orderOf({ operation, orderNumber, state }: RequestRow): number {
  const waits = state === "queued" || state === "waiting";
  return operation === "mount" && waits ? orderNumber : 0;
}

/** A library that is at work; null where it is not connected. */
function atWork(find: LibraryFinder, id: string): Library | null {
  try {
    return find(id);
  } catch (error) {
    const absent = error instanceof NtmsError &&
      error.code === "ERROR_DEVICE_NOT_AVAILABLE";
    if (absent) return null;
    throw error;
  }
}

function notThere(request: string): NtmsError {
  return new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    `There is no unfinished library request ${request}; it may have ended`,
  );
}

function invalid(reason: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot order this request: ${reason}`,
  );
}
