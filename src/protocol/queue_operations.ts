/**
 * The operations on the queues of libraries: their part of the table.
 *
 * @module
 */

import { z } from "zod";
import {
  type DeleteRequestsInput,
  LIMITS,
  type SetOrderInput,
} from "../model/mod.ts";
import { dword, guid } from "./fields.ts";
import { nothing } from "./inputs.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";
import type { QueueOperations } from "./queue_wire.ts";

/** Names of the operations on queues. */
export type QueueName = keyof QueueOperations;

const requestInput: z.ZodType<
  QueueOperations["CancelNtmsLibraryRequest"]["input"]
> = z.strictObject({ request: guid });

const orderInput: z.ZodType<SetOrderInput> = z.strictObject({
  request: guid,
  order: dword,
});

const deleteInput: z.ZodType<DeleteRequestsInput> = z.strictObject({
  type: z.enum(["libraryRequest", "operatorRequest"]),
  requests: z.array(guid).max(LIMITS.requestsInOneCall),
});

/** The operations by name. */
export const QUEUE_OPERATIONS: {
  readonly [Name in QueueName]: Operation<Name>;
} = {
  CancelNtmsLibraryRequest: {
    summary: "Cancels a library request that is not finished",
    since: 1,
    session: true,
    changes: true,
    input: requestInput,
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_OBJECT_NOT_FOUND"],
  },
  GetNtmsRequestOrder: {
    summary: "Reads the order number of a library request",
    since: 1,
    session: true,
    changes: false,
    input: requestInput,
    output: z.object({ order: z.int().min(0) }),
    errors: ["ERROR_DATABASE_FAILURE", "ERROR_OBJECT_NOT_FOUND"],
  },
  SetNtmsRequestOrder: {
    summary: "Gives a mount that waits another order number",
    since: 1,
    session: true,
    changes: true,
    input: orderInput,
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_OBJECT_NOT_FOUND"],
  },
  DeleteNtmsRequests: {
    summary: "Deletes finished library or operator requests",
    since: 1,
    session: true,
    changes: true,
    input: deleteInput,
    output: nothing,
    errors: CATALOGUE_ERRORS,
  },
};
