/**
 * The operations on destinations of messages: their part of the table.
 *
 * @module
 */

import { z } from "zod";
import {
  LIMITS,
  UI_OPERATIONS as CHANGES,
  UI_TYPES,
  type UiChangeInput,
  type UiDestination,
  type UiListInput,
} from "../model/mod.ts";
import { guid, nameOf, optionalGuid } from "./fields.ts";
import { nothing } from "./inputs.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";
import type { UiOperations } from "./ui_wire.ts";

/** Names of the operations on destinations of messages. */
export type UiName = keyof UiOperations;

const list = { object: optionalGuid, type: nameOf(UI_TYPES) };
const destination = z.string().max(LIMITS.uiDestinationLength);

const listInput: z.ZodType<UiListInput> = z.strictObject(list);

const changeInput: z.ZodType<UiChangeInput> = z.strictObject({
  ...list,
  operation: nameOf(CHANGES),
  destination,
});

const testInput: z.ZodType<UiOperations["TestNtmsUIOptions"]["input"]> = z
  .strictObject({ destination });

const time = z.number();

const known: z.ZodType<UiDestination> = z.object({
  object: guid.nullable(),
  type: nameOf(UI_TYPES),
  destination: z.string(),
  kind: z.enum(["computer", "email", "webhook"]),
  waiting: z.int().min(0),
  delivered: time.nullable(),
  failure: z.object({ at: time, reason: z.string() }).nullable(),
});

/** The operations by name. */
export const UI_OPERATIONS: {
  readonly [Name in UiName]: Operation<Name>;
} = {
  GetNtmsUIOptions: {
    summary: "Lists where messages of one kind about an object go",
    since: 1,
    session: true,
    changes: false,
    input: listInput,
    output: z.object({ destinations: z.array(z.string()) }),
    errors: ["ERROR_OBJECT_NOT_FOUND"],
  },
  SetNtmsUIOptions: {
    summary: "Adds or removes a destination of messages",
    since: 1,
    session: true,
    changes: true,
    input: changeInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_ALREADY_EXISTS",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  ListNtmsUIOptions: {
    summary: "Lists all destinations of messages, and how it stands with each",
    since: 1,
    session: true,
    changes: false,
    input: nothing,
    output: z.object({ destinations: z.array(known) }),
    errors: [],
  },
  TestNtmsUIOptions: {
    summary: "Sends a message to try a destination",
    since: 1,
    session: true,
    changes: false,
    input: testInput,
    output: z.object({ delivered: z.boolean(), reason: z.string().nullable() }),
    errors: [],
  },
};
