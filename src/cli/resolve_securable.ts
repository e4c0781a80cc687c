/**
 * Finds the pool, library or computer that a word names.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import { parseGuid } from "../model/ids.ts";
import type { Operand } from "./grammar.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { resolvePool } from "./resolve_pool.ts";

/** The word of a command line that names an object with a list of its own. */
export const SECURABLE: Operand = {
  name: "OBJECT",
  summary:
    'A pool by path or name, "root" for the pool above all, "library:NAME", "computer", or an id',
};

/** What such a word names. */
export interface Securable {
  readonly id: string;
  /** What it is called, for people. */
  readonly name: string;
}

const LIBRARY = "library:";

/** The object that a word names. */
export async function resolveSecurable(
  session: Session,
  word: string,
): Promise<Securable> {
  if (parseGuid(word) !== null) return { id: word, name: word };
  if (word === "computer") return required(await session.objects("computer"));
  if (word === "root") {
    const options = { container: null, rootPool: true };
    const [root] = await session.enumerate("mediaPool", options);
    return required(root === undefined ? [] : [{ id: root, name: "\\" }]);
  }
  if (word.startsWith(LIBRARY)) {
    return await resolveLibrary(session, word.slice(LIBRARY.length));
  }
  const { id, path } = await resolvePool(session, word);
  return { id, name: path };
}

function required(objects: readonly Securable[]): Securable {
  const [first] = objects;
  if (first !== undefined) return first;
  throw new NtmsError("ERROR_OBJECT_NOT_FOUND", "There is no such object");
}
