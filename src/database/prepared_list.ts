/**
 * Queries about several ids that are built and compiled once, as those of
 * `prepared.ts` are: for a few lengths of list, of which the next longer one
 * is filled up.
 *
 * @module
 */

import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** Lengths of lists that queries are compiled for; SQLite allows 32,766 parameters. */
const LENGTHS = [1, 10, 100, 200] as const;

/** The most ids that one such query takes. */
export const LONGEST_LIST: number = LENGTHS[LENGTHS.length - 1] ?? 0;

/** Begins what stands in a query for a value of the list; no id begins so. */
const MARK = "\0";

function lengthFor(count: number): number {
  const length = LENGTHS.find((length) => length >= count);
  if (length !== undefined) return length;
  throw new RangeError(`A query takes ${LONGEST_LIST} ids, not ${count}`);
}

/**
 * A query of which only a list of ids differs from run to run.
 *
 * @param build Builds it; an id that stands twice in the list must change
 * nothing.
 */
export function preparedList<Row>(
  build: (db: Kysely<Schema>, ids: string[]) => Compilable<Row>,
): (db: Kysely<Schema>, ids: readonly string[]) => Promise<Row[]> {
  const compiled = new Map<number, CompiledQuery<Row>>();
  return async (db, ids) => {
    const last = ids.at(-1);
    if (last === undefined) return [];
    const length = lengthFor(ids.length);
    const marks = () => Array.from({ length }, (_, at) => `${MARK}${at}`);
    const query = compiled.get(length) ?? build(db, marks()).compile();
    compiled.set(length, query);
    const parameters = query.parameters.map((value) =>
      typeof value === "string" && value.startsWith(MARK)
        ? ids[Number(value.slice(MARK.length))] ?? last
        : value
    );
    const bound: CompiledQuery<Row> = { ...query, parameters };
    return (await db.getExecutor().executeQuery(bound)).rows;
  };
}
