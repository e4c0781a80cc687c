/**
 * The operations on operator requests and notifications: their part of the
 * table.
 *
 * @module
 */

import { z } from "zod";
import {
  CHANGE_OPERATIONS,
  LIMITS,
  type NoteOperatorInput,
  OBJECT_TYPES,
  type ObjectNotification,
  OPERATOR_COMMANDS,
  type SubmitOperatorInput,
  type TakeInput,
} from "../model/mod.ts";
import { guid, nameOf, optionalGuid, timeoutMs } from "./fields.ts";
import { nothing } from "./inputs.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";
import type { InputOf } from "./wire.ts";

/** Names of the operations on operator requests and notifications. */
export type OperatorName =
  | "SubmitNtmsOperatorRequest"
  | "WaitForNtmsOperatorRequest"
  | "CancelNtmsOperatorRequest"
  | "SatisfyNtmsOperatorRequest"
  | "NoteNtmsOperatorRequest"
  | "OpenNtmsNotification"
  | "WaitForNtmsNotification"
  | "CloseNtmsNotification";

const submitInput: z.ZodType<SubmitOperatorInput> = z.strictObject({
  command: nameOf(OPERATOR_COMMANDS),
  message: z.string().max(LIMITS.messageLength).nullable(),
  argument1: optionalGuid,
  argument2: optionalGuid,
});

const requestInput: z.ZodType<InputOf<"CancelNtmsOperatorRequest">> = z
  .strictObject({ request: guid });

const waitInput: z.ZodType<InputOf<"WaitForNtmsOperatorRequest">> = z
  .strictObject({ request: guid, timeoutMs });

const noteInput: z.ZodType<NoteOperatorInput> = z.strictObject({
  requests: z.array(guid).min(1).max(LIMITS.operatorRequestsInOneCall),
  note: z.enum(["show", "acknowledge"]),
});

const openInput: z.ZodType<InputOf<"OpenNtmsNotification">> = z.strictObject({
  type: nameOf(OBJECT_TYPES).nullable(),
});

const takeInput: z.ZodType<TakeInput> = z.strictObject({
  channel: guid,
  take: guid,
  most: z.int().min(1).max(LIMITS.changesInOneAnswer),
  timeoutMs,
});

const closeInput: z.ZodType<InputOf<"CloseNtmsNotification">> = z.strictObject({
  channel: guid,
  force: z.boolean(),
});

const notification: z.ZodType<ObjectNotification> = z.object({
  number: z.int().min(1),
  operation: nameOf(CHANGE_OPERATIONS),
  type: nameOf(OBJECT_TYPES),
  id: guid,
});

/** The operations by name. */
export const OPERATOR_OPERATIONS: {
  readonly [Name in OperatorName]: Operation<Name>;
} = {
  SubmitNtmsOperatorRequest: {
    summary: "Asks a person for something",
    since: 1,
    session: true,
    changes: true,
    input: submitInput,
    output: z.object({ request: guid }),
    errors: [...CATALOGUE_ERRORS, "ERROR_OBJECT_NOT_FOUND"],
  },
  WaitForNtmsOperatorRequest: {
    summary: "Waits until an operator request is done or refused",
    since: 1,
    session: true,
    changes: false,
    input: waitInput,
    output: nothing,
    errors: ["ERROR_CANCELLED", "ERROR_OBJECT_NOT_FOUND", "ERROR_TIMEOUT"],
  },
  CancelNtmsOperatorRequest: {
    summary: "Refuses an operator request; calls that wait for it are told",
    since: 1,
    session: true,
    changes: true,
    input: requestInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_STATE",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  SatisfyNtmsOperatorRequest: {
    summary:
      "Marks an operator request as done; calls that wait for it look again",
    since: 1,
    session: true,
    changes: true,
    input: requestInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_STATE",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  NoteNtmsOperatorRequest: {
    summary: "Notes that a person has seen operator requests, or takes them on",
    since: 1,
    session: true,
    changes: true,
    input: noteInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_STATE",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  OpenNtmsNotification: {
    summary:
      "Opens a channel that tells each change of objects of one type, or of all",
    since: 1,
    session: true,
    changes: false,
    input: openInput,
    output: z.object({ channel: guid }),
    errors: [],
  },
  WaitForNtmsNotification: {
    summary: "Takes the next changes of a channel, waiting for the first",
    since: 1,
    session: true,
    changes: false,
    input: takeInput,
    output: z.object({ changes: z.array(notification) }),
    errors: ["ERROR_CANCELLED", "ERROR_NO_DATA", "ERROR_TIMEOUT"],
  },
  CloseNtmsNotification: {
    summary: "Closes a channel",
    since: 1,
    session: true,
    changes: false,
    input: closeInput,
    output: nothing,
    errors: [],
  },
};
