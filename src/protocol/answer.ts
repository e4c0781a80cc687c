/**
 * Reads the answer of an operation: checks its outline, gives dates back
 * their type. Records are believed to be what the service says they are;
 * what is not even an answer of RSM is refused.
 *
 * @module
 */

import { isObject } from "./plain.ts";
import {
  type OperationName,
  type OutputOf,
  WIRE,
  type WireRow,
} from "./wire.ts";

/** Members of records that are dates, written as ISO 8601 on the wire. */
const DATE_KEYS: ReadonlySet<string> = new Set([
  "created",
  "modified",
  "lastCleaned",
  "lastFailed",
  "lastRead",
  "queued",
  "completed",
  "submitted",
]);

const ISO_DATE = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Reads an answer.
 *
 * @throws {SyntaxError} When it is not JSON, or not an answer of this operation.
 */
export function decodeOutput<Name extends OperationName>(
  name: Name,
  text: string,
): OutputOf<Name> {
  const value: unknown = JSON.parse(text);
  reviveDates(value);
  if (!isOutput(name, value)) {
    throw new SyntaxError(`The answer is not one of ${name}`);
  }
  return value;
}

/** Whether a value has the outline of an operation's answer. */
function isOutput<Name extends OperationName>(
  name: Name,
  value: unknown,
): value is OutputOf<Name> {
  if (!isObject(value)) return false;
  const row: WireRow<Name> = WIRE[name];
  return Object.entries(row.output).every(([key, kind]) =>
    Object.hasOwn(value, key) && isKind(value[key], kind)
  );
}

function isKind(value: unknown, kind: unknown): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "optionalText":
      return value === null || typeof value === "string";
    case "number":
      return typeof value === "number";
    case "flag":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value);
    default:
      return typeof value === "object";
  }
}

/** Turns the dates in a value that JSON.parse made into `Date`s, in place. */
export function reviveDates(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) reviveDates(item);
  } else if (isObject(value)) {
    for (const key in value) {
      const member = value[key];
      if (typeof member === "object") reviveDates(member);
      else if (DATE_KEYS.has(key) && typeof member === "string") {
        value[key] = ISO_DATE.test(member) ? new Date(member) : member;
      }
    }
  }
}
