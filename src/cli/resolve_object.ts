/**
 * Finds the object that a type and a word name.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import { parseGuid } from "../model/ids.ts";
import type { NtmsObject } from "../model/objects.ts";
import type { Operand } from "./grammar.ts";
import { resolveDrive, resolveLibrary } from "./resolve_library.ts";
import { resolvePool } from "./resolve_pool.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";
import { VIEW_TYPES, viewTypeOf, type ViewTypeRow } from "./view_types.ts";

/** The words of a command line that name an object. */
export const OBJECT: readonly [Operand, Operand] = [
  { name: "TYPE", summary: 'A type of object; "rsm view" lists them' },
  { name: "OBJECT", summary: "Its id, name, bar code, number or path" },
];

/** What is asked of a session here. */
export type ObjectFinder = Pick<Session, "objects" | "object">;

/** The type that a word of the command line means. */
export function typeOfWord(word: string): ViewTypeRow {
  const row = viewTypeOf(word);
  if (row !== undefined) return row;
  throw new UsageError(
    `No type of object is called "${word}"`,
    didYouMean(word, VIEW_TYPES.map((each) => each.word)) ||
      'List the types with "rsm view"',
  );
}

/** The object of a type that a word names. */
export async function resolveObject(
  session: ObjectFinder,
  row: ViewTypeRow,
  word: string,
): Promise<NtmsObject> {
  switch (row.type) {
    case "library":
      return await resolveLibrary(session, word);
    case "mediaPool":
      return await resolvePool(session, word);
    case "drive":
      return await resolveDrive(session, word, () => {
        throw new UsageError(
          `Several libraries have a drive "${word}"`,
          "Name the drive by its id",
        );
      });
    default:
      return await byName(session, row, word);
  }
}

/** The objects of a type that have an id, a name, or a bar code. */
async function called(
  session: ObjectFinder,
  { type }: ViewTypeRow,
  word: string,
): Promise<readonly NtmsObject[]> {
  const id = parseGuid(word);
  if (id !== null) {
    const record = await session.object(id);
    return record.type === type ? [record] : [];
  }
  const named: readonly NtmsObject[] = await session.objects(type, {
    name: word,
  });
  if (type !== "cartridge") return named;
  const labelled = await session.objects("cartridge", { barCode: word });
  return [
    ...named,
    ...labelled.filter((one) => named.every(({ id }) => id !== one.id)),
  ];
}

async function byName(
  session: ObjectFinder,
  row: ViewTypeRow,
  word: string,
): Promise<NtmsObject> {
  const found = await called(session, row, word);
  const [first] = found;
  if (first === undefined) {
    throw new NtmsError(
      "ERROR_OBJECT_NOT_FOUND",
      `No ${row.word} is called "${word}"; list them with "rsm view ${row.word}"`,
    );
  }
  if (found.length === 1) return first;
  throw new UsageError(
    `Several objects of type ${row.word} are called "${word}":\n${
      found.map((record) => `  ${record.id}  ${record.name}`).join("\n")
    }`,
    "Name one by its id",
  );
}
