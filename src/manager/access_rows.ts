/**
 * Lists of who may do what, as rows of the catalogue.
 *
 * @module
 */

import type { Descriptor } from "../model/mod.ts";

/** A list's row. */
export interface ListRow {
  readonly objectId: string;
  readonly owner: string;
  readonly group: string;
  readonly entries: string;
}

/** The row of an object's list. */
export function rowOf(
  objectId: string,
  { entries, group, owner }: Descriptor,
): ListRow {
  return { objectId, owner, group, entries: JSON.stringify(entries) };
}

/** The list of a row. */
export function descriptorOf({ entries, group, owner }: ListRow): Descriptor {
  return { owner, group, entries: JSON.parse(entries) };
}
