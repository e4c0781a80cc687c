/**
 * The OpenAPI document, made of the table of operations.
 *
 * @module
 */

import { z } from "zod";
import { ERROR_CODES, type NtmsErrorCode } from "../model/mod.ts";
import { COMMON_ERRORS, type Operation, OPERATIONS } from "./operations.ts";
import { PROBLEM_TYPE } from "./problem.ts";
import {
  HEADERS,
  INTERFACE_VERSION,
  OPERATION_PATH,
  type OperationName,
} from "./wire.ts";

type Json = Readonly<Record<string, unknown>>;

/** Makes the document. */
export function makeOpenApi(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Removable storage manager",
      version: `${INTERFACE_VERSION}`,
      description:
        "Sessions, media, pools, drives and libraries of one RSM service.",
    },
    paths: Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, operation]) => [
        `${OPERATION_PATH}${name}`,
        { post: describe(name, operation) },
      ]),
    ),
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "header", name: HEADERS.session },
        token: { type: "http", scheme: "bearer" },
      },
      schemas: { Problem: problem() },
    },
  };
}

function describe(name: string, operation: Operation<OperationName>): Json {
  return {
    operationId: name,
    summary: operation.summary,
    "x-since": operation.since,
    security: operation.session ? [{ session: [] }] : [{}, { token: [] }],
    ...(operation.changes ? { parameters: [idempotencyKey()] } : {}),
    requestBody: {
      required: true,
      content: {
        "application/json": { schema: toJson(operation.input, "input") },
      },
    },
    responses: {
      200: {
        description: "It is done",
        content: {
          "application/json": { schema: toJson(operation.output, "output") },
        },
      },
      ...failures([...COMMON_ERRORS, ...operation.errors]),
    },
  };
}

/** The header by which a call that changes something is done once. */
function idempotencyKey(): Json {
  return {
    name: HEADERS.key,
    in: "header",
    description:
      "A GUID made for this call. Sent again with the same input, within an hour, by the same user, application and computer, it gets the answer of the first time and changes nothing. A call that failed is done again; one that is under way is waited for. With other input it is ERROR_INVALID_PARAMETER.",
    schema: { type: "string", format: "uuid" },
  };
}

/** Answers by HTTP status, each with the codes that have it. */
function failures(codes: readonly NtmsErrorCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].http);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [status, {
      description: group.map((code) => `${code}: ${ERROR_CODES[code].meaning}`)
        .join("\n\n"),
      content: {
        [PROBLEM_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } },
      },
    }]),
  );
}

function problem(): Json {
  return {
    type: "object",
    required: ["type", "status", "code", "win32", "message", "retry"],
    properties: {
      type: { type: "string" },
      title: { type: "string" },
      status: { type: "integer" },
      code: { enum: Object.keys(ERROR_CODES) },
      win32: { type: "integer" },
      message: { type: "string" },
      retry: { enum: ["never", "after", "operator"] },
      data: { type: "object" },
    },
  };
}

function toJson(schema: z.ZodType, io: "input" | "output"): unknown {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      // The one type that JSON lacks: dates travel as text.
      if (zodSchema._zod.def.type !== "date") return;
      jsonSchema.type = "string";
      jsonSchema.format = "date-time";
    },
  });
}
