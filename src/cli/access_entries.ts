/**
 * Lists of who may do what, as command lines change and show them.
 *
 * @module
 */

import {
  ACCESS_RIGHTS,
  type AccessEntry,
  type AccessRight,
  ALL_RIGHTS,
} from "../model/security.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";

function isRight(word: string): word is AccessRight {
  return Object.hasOwn(ACCESS_RIGHTS, word);
}

/** Rights that a word names, separated by commas; "all" for every one. */
export function readRights(text: string): readonly AccessRight[] {
  if (text === "all") return ALL_RIGHTS;
  return text.split(",").map((word) => {
    if (isRight(word)) return word;
    throw new UsageError(
      `There is no right "${word}"`,
      didYouMean(word, [...ALL_RIGHTS, "all"]) ||
        `They are ${ALL_RIGHTS.join(", ")}; separate several by commas`,
    );
  });
}

/** An entry as a word says it, such as `user:alice=use,control`; `!` before it denies. */
export function readEntry(text: string): AccessEntry {
  const allow = !text.startsWith("!");
  const word = allow ? text : text.slice(1);
  const end = word.lastIndexOf("=");
  if (end > 0) {
    const rights = readRights(word.slice(end + 1));
    return { who: word.slice(0, end), rights, allow };
  }
  throw new UsageError(
    `Cannot read the entry "${text}"`,
    "Write WHO=RIGHT,RIGHT, such as user:alice=use,control",
  );
}

/** What is denied comes first, and what is the object's own before what it inherited. */
function rank({ allow = true, inherited = false }: AccessEntry): number {
  return (inherited ? 2 : 0) + (allow ? 1 : 0);
}

/** Entries in the order in which each does what it seems to. */
export function inOrder(entries: readonly AccessEntry[]): AccessEntry[] {
  return entries.toSorted((one, other) => rank(one) - rank(other));
}

function without(
  entry: AccessEntry,
  who: string,
  rights: readonly AccessRight[],
): AccessEntry {
  if (entry.who !== who) return entry;
  const left = entry.rights.filter((right) => !rights.includes(right));
  return { ...entry, rights: left };
}

/** Takes rights of someone out of a list, whether it gives or denies them. */
export function revoked(
  entries: readonly AccessEntry[],
  who: string,
  rights: readonly AccessRight[] = ALL_RIGHTS,
): AccessEntry[] {
  return entries.map((entry) => without(entry, who, rights))
    .filter((entry) => entry.rights.length > 0);
}

/** Gives rights to someone, or denies them, whatever the list said of that before. */
export function granted(
  entries: readonly AccessEntry[],
  who: string,
  rights: readonly AccessRight[],
  allow: boolean,
): AccessEntry[] {
  const others = revoked(entries, who, rights);
  const own = others.find((entry) =>
    entry.who === who && (entry.allow ?? true) === allow &&
    (entry.inherited ?? false) === false
  );
  if (own === undefined) return inOrder([...others, { who, rights, allow }]);
  return inOrder(
    others.map((entry) =>
      entry === own ? { ...own, rights: [...own.rights, ...rights] } : entry
    ),
  );
}
