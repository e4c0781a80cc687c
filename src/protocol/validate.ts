/**
 * Checks what comes in against the table of operations.
 *
 * @module
 */

import type { z } from "zod";
import { NtmsError } from "../model/mod.ts";
import { OPERATIONS } from "./operations.ts";
import type { InputOf, OperationName } from "./wire.ts";

/** Mistakes that one message tells of; more are left out. */
const MOST_MISTAKES = 5;

/**
 * Checks the input of an operation.
 *
 * @returns The input, with ids in the one spelling used inside.
 * @throws {NtmsError} ERROR_INVALID_PARAMETER naming each bad member.
 */
export function checkInput<Name extends OperationName>(
  name: Name,
  value: unknown,
): InputOf<Name> {
  const result = OPERATIONS[name].input.safeParse(value);
  if (result.success) return result.data;
  const mistakes = result.error.issues.slice(0, MOST_MISTAKES).map((issue) => ({
    path: pathOf(issue),
    reason: issue.message,
  }));
  throw new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `${name} was given what it cannot take: ${
      mistakes.map((it) => `${it.path} (${it.reason})`).join("; ")
    }`,
    { data: { mistakes } },
  );
}

/** Where a mistake is, such as `media[3]`; a member nobody knows is named itself. */
function pathOf(issue: z.core.$ZodIssue): string {
  const stranger = issue.code === "unrecognized_keys"
    ? issue.keys[0]
    : undefined;
  const steps = stranger === undefined ? issue.path : [...issue.path, stranger];
  return steps.reduce<string>(
    (path, step) =>
      typeof step === "number"
        ? `${path}[${step}]`
        : `${path}${path === "" ? "" : "."}${String(step).slice(0, 64)}`,
    "",
  ) || "the whole body";
}
