/**
 * Finds the operator request that a word names.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";
import type { OperatorRequestRecord } from "../model/objects.ts";
import type { Operand } from "./grammar.ts";
import type { Lister } from "./resolve_library.ts";
import { UsageError } from "./usage_error.ts";

/** The word of a command line that names an operator request. */
export const REQUEST: Operand = {
  name: "REQUEST",
  summary:
    "Id of an operator request, the beginning of it, or words of its message",
};

/** The beginning of an id that may stand for the whole of it. */
const SHORTENED = /^[0-9a-f][0-9a-f-]{3,}$/i;

/** Whether nobody has settled a request. */
export function isOpen({ state }: OperatorRequestRecord): boolean {
  return state !== "complete" && state !== "refused";
}

/** The operator request that a word names; an open one before those that are settled. */
export async function resolveOperatorRequest(
  session: Lister,
  word: string,
): Promise<OperatorRequestRecord> {
  const requests = await session.objects("operatorRequest");
  const start = word.toLowerCase().replace(/^\{|\}$/g, "");
  const byId = SHORTENED.test(start)
    ? requests.filter(({ id }) => id.startsWith(start))
    : [];
  const found = byId.length > 0
    ? byId
    : requests.filter(({ message }) =>
      message.toLowerCase().includes(word.toLowerCase())
    );
  const open = found.filter(isOpen);
  const [first] = open.length > 0 ? open : found.slice(-1);
  if (first === undefined) {
    throw new NtmsError(
      "ERROR_OBJECT_NOT_FOUND",
      `No operator request is called "${word}"`,
    );
  }
  const several = open.length > 0 ? open : byId;
  if (several.length > 1) {
    throw new UsageError(
      `Several operator requests are called "${word}":\n${
        several.map(({ id, message }) => `  ${id}  ${message}`).join("\n")
      }`,
      "Name one by its id",
    );
  }
  return first;
}
