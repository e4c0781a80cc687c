/**
 * Answers of queries that are asked again and again, kept until a table that
 * they were read from is written to. All statements of a catalogue go through
 * one connection, so none can change a table unseen.
 *
 * @module
 */

import type { Kysely } from "kysely";
import { connectionOf } from "./connection.ts";
import type { Schema } from "./schema.ts";
import type { WriteCounts } from "./write_counts.ts";

/** How many answers of one query are kept, for as many different arguments. */
const ANSWERS_KEPT = 256;

/** What an answer may depend on: a table, or no more of one than a column and which rows there are. */
export type Source =
  | keyof Schema
  | {
    [Table in keyof Schema]: `${Table}.${keyof Schema[Table] & string}`;
  }[keyof Schema];

/** Runs queries outside of a transaction; null when anything but reads went on meanwhile, so that they may not all have seen the same. */
export async function undisturbed<Value>(
  db: Kysely<Schema>,
  work: (db: Kysely<Schema>) => Promise<Value>,
): Promise<{ readonly value: Value } | null> {
  const connection = connectionOf(db);
  if (connection === undefined || connection.isTaken) return null;
  const { counts } = connection;
  const { stirs } = counts;
  try {
    const value = await work(db);
    return counts.stirs === stirs ? { value } : null;
  } catch (error) {
    if (counts.stirs === stirs) throw error;
    return null;
  }
}

/** What a remembered query may be asked with. */
type Argument =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly string[];

/**
 * A query that is asked again only when one of its sources was written to. What
 * it gives belongs to all who ask: it is frozen.
 *
 * @param sources All that it reads.
 */
export function remembered<Arguments extends readonly Argument[], Value>(
  sources: readonly Source[],
  query: (db: Kysely<Schema>, ...values: Arguments) => Promise<Value>,
): (db: Kysely<Schema>, ...values: Arguments) => Promise<Value> {
  interface Answer {
    readonly count: number;
    readonly value: Promise<Value>;
  }
  const answersBy = new WeakMap<WriteCounts, Map<string, Answer>>();
  return (db, ...values) => {
    const counts = connectionOf(db)?.counts;
    // Who is not in the open transaction waits for its end, as for any query.
    const outside = counts?.inTransaction === true && !db.isTransaction;
    if (counts === undefined || outside) return query(db, ...values);
    const known = answersBy.get(counts);
    const answers = known ?? new Map<string, Answer>();
    if (known === undefined) answersBy.set(counts, answers);
    const key = keyOf(values);
    const answer = answers.get(key);
    const count = counts.writesTo(sources);
    if (answer?.count === count) return answer.value;
    const ask = async () => {
      const value = freeze(await query(db, ...values));
      if (counts.writesTo(sources) !== count) return value;
      if (answers.size >= ANSWERS_KEPT) answers.clear();
      answers.set(key, { count, value: Promise.resolve(value) });
      return value;
    };
    return ask();
  };
}

function keyOf(values: readonly Argument[]): string {
  const [only = ""] = values;
  return values.length < 2 && typeof only === "string"
    ? only
    : JSON.stringify(values);
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) {
    if (typeof part === "object") freeze(part);
  }
  return Object.freeze(value);
}
