/**
 * Finds the library or drive that a word names.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import { type LibraryId, parseGuid } from "../model/ids.ts";
import type { DriveRecord, LibraryRecord } from "../model/objects.ts";
import { UsageError } from "./usage_error.ts";

/** What is asked of a session here. */
export type Lister = Pick<Session, "objects">;

function described(records: readonly { id: string; name: string }[]): string {
  return records.map(({ id, name }) => `  ${id}  ${name}`).join("\n");
}

/** The ways to name a library, the surest first; the first that fits any library counts. */
const NAMING: readonly ((library: LibraryRecord, word: string) => boolean)[] = [
  ({ name }, word) => name === word,
  ({ device }, word) => device === word,
  // A name has the serial number as one of its words.
  ({ name }, word) => name.split(" ").includes(word),
];

function librariesCalled(
  libraries: readonly LibraryRecord[],
  word: string,
): readonly LibraryRecord[] {
  const id = parseGuid(word);
  if (id !== null) return libraries.filter((each) => each.id === id);
  for (const fits of NAMING) {
    const found = libraries.filter((each) => fits(each, word));
    if (found.length > 0) return found;
  }
  return [];
}

/** The library that a word names, by id, name, a word of the name, or device. */
export async function resolveLibrary(
  session: Lister,
  word: string,
): Promise<LibraryRecord> {
  const libraries = await session.objects("library");
  const found = librariesCalled(libraries, word);
  const [first] = found;
  if (first === undefined) {
    throw new NtmsError(
      "ERROR_INVALID_LIBRARY",
      `No library is called "${word}"; there are:\n${described(libraries)}`,
    );
  }
  if (found.length > 1) {
    throw new UsageError(
      `Several libraries are called "${word}":\n${described(found)}`,
      "Name one by its id",
    );
  }
  return first;
}

/** The drive that a word names by id, number, name or device; `library` settles which where several fit. */
export async function resolveDrive(
  session: Lister,
  word: string,
  library: () => Promise<LibraryId>,
): Promise<DriveRecord> {
  const drives = await session.objects("drive");
  const id = parseGuid(word);
  let found = drives.filter((each) =>
    id === null
      ? String(each.number) === word || each.name === word ||
        each.device === word
      : each.id === id
  );
  if (found.length > 1) {
    const wanted = await library();
    found = found.filter((each) => each.library === wanted);
  }
  const [first] = found;
  if (first === undefined) {
    throw new NtmsError(
      "ERROR_INVALID_DRIVE",
      `No drive is called "${word}"; there are:\n${
        drives.map((each) => `  ${each.id}  ${each.number}  ${each.name}`)
          .join("\n")
      }`,
    );
  }
  if (found.length > 1) {
    throw new UsageError(
      `Several drives are called "${word}":\n${described(found)}`,
      "Name one by its id",
    );
  }
  return first;
}
