/**
 * Queries on the answers that are kept for repetitions of calls.
 *
 * @module
 */

import type {
  Expression,
  ExpressionBuilder,
  Insertable,
  Selectable,
  SqlBool,
} from "kysely";
import type { Reader, Writer } from "./database.ts";
import type { KeptAnswerTable, Schema } from "./schema.ts";

/** A kept answer's row. */
export type KeptAnswerRow = Selectable<KeptAnswerTable>;

/** Whose call it was, and the key the client made for it. */
export type AnswerOwner = Pick<
  KeptAnswerRow,
  "key" | "user" | "application" | "computer"
>;

/** What of the kept answers may stay. */
export interface AnswerBounds {
  /** Those kept at this time or later. */
  readonly since: number;
  /** The newest of them. */
  readonly most: number;
}

/** Keeps an answer, and forgets those that are too old or too many. */
export async function insertAnswer(
  db: Writer,
  row: Insertable<KeptAnswerTable>,
  { most, since }: AnswerBounds,
): Promise<void> {
  const { position } = await db.insertInto("keptAnswer").values(row)
    .returning("position").executeTakeFirstOrThrow();
  await db.deleteFrom("keptAnswer").where((row) =>
    row.or([
      row("position", "<=", position - most),
      row("kept", "<", since),
    ])
  ).execute();
}

function isOf({ application, computer, key, user }: AnswerOwner) {
  return (
    row: ExpressionBuilder<Schema, "keptAnswer">,
  ): Expression<SqlBool> => row.and({ key, user, application, computer });
}

/** The answer to a caller's call of this key. */
export async function findAnswer(
  db: Reader,
  owner: AnswerOwner,
): Promise<KeptAnswerRow | null> {
  const row = await db.selectFrom("keptAnswer").selectAll()
    .where(isOf(owner))
    .executeTakeFirst();
  return row ?? null;
}

/** The answer to the call of this key that was made in a session. */
export async function findAnswerOfSession(
  db: Reader,
  key: string,
  sessionHash: string,
): Promise<KeptAnswerRow | null> {
  const row = await db.selectFrom("keptAnswer").selectAll()
    .where("key", "=", key).where("sessionHash", "=", sessionHash)
    .executeTakeFirst();
  return row ?? null;
}

/** Says something else in an answer that is kept. */
export async function updateAnswer(
  db: Writer,
  owner: AnswerOwner,
  answer: string,
): Promise<void> {
  await db.updateTable("keptAnswer").set({ answer })
    .where(isOf(owner))
    .execute();
}

/** Forgets an answer whose effect was undone. */
export async function deleteAnswer(
  db: Writer,
  owner: AnswerOwner,
): Promise<void> {
  await db.deleteFrom("keptAnswer")
    .where(isOf(owner))
    .execute();
}
