/**
 * Lists that are read a page at a time. A page begins after a place in the
 * list, not after so many members: what comes and goes meanwhile moves nothing
 * to another page.
 *
 * @module
 */

/** A place in a list: of a number, or of several where one is not enough. */
export type ListPlace = readonly number[];

/** Which part of a list to read. */
export interface Page {
  /** Begins after this place; an empty one for the beginning. */
  readonly after: ListPlace;
  /** The most members. */
  readonly limit: number;
}

/** Ids of a part of a list. */
export interface Ids {
  readonly ids: string[];
  /** The place of the last one, where there are more after it; else null. */
  readonly next: ListPlace | null;
}

/** A member of a list. */
export interface Member {
  readonly id: string;
  readonly place: ListPlace;
}

/** A whole list. */
export const ALL: Page = { after: [], limit: 2 ** 40 };

/** Reads a part of a list; `find` is asked for one more, to know whether there are more. */
export async function pageOf(
  page: Page,
  find: (page: Page) => Promise<readonly Member[]>,
): Promise<Ids> {
  const found = await find({ ...page, limit: page.limit + 1 });
  const shown = found.slice(0, page.limit);
  return {
    ids: shown.map(({ id }) => id),
    next: found.length > page.limit ? shown.at(-1)?.place ?? null : null,
  };
}

/** A part of a list whose places are single numbers. */
export type PlainPage = { readonly after: number; readonly limit: number };

/** A member of such a list. */
export interface PlainMember {
  readonly id: string;
  readonly place: number;
}

/** Reads a part of such a list. */
export async function plainPageOf(
  page: Page,
  find: (page: PlainPage) => Promise<readonly PlainMember[]>,
): Promise<Ids> {
  return await pageOf(page, async ({ after: [after = -1], limit }) => {
    const members = await find({ after, limit });
    return members.map(({ id, place }) => ({ id, place: [place] }));
  });
}
