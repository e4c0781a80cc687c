/**
 * Calls that are done once, however often they are repeated: the answer is
 * kept in the transaction that makes the change, so that after any crash there
 * are both or neither.
 *
 * @module
 */

import {
  type AnswerOwner,
  deleteAnswer,
  findAnswer,
  findAnswerOfSession,
  insertAnswer,
  updateAnswer,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type CallKey,
  type Guid,
  NtmsError,
} from "../model/mod.ts";
import { addRecord } from "./audit.ts";
import type { Context } from "./context.ts";

function ownerOf(
  { application, callKey, computer, user }: Caller,
): AnswerOwner | null {
  return callKey === undefined
    ? null
    : { key: callKey.key, user, application, computer };
}

/** Keeps the answer of a call, and notes the call in the audit with the object that it made, in the transaction of what it changes. */
export async function keepAnswer(
  db: Writer,
  context: Context,
  caller: Caller,
  answer: unknown,
  made: Guid | null = null,
): Promise<void> {
  const { clock, limits } = context;
  const { audit, callKey } = caller;
  if (audit !== undefined) {
    const note = { ...audit, object: made ?? audit.object };
    await addRecord(db, context, { note, outcome: "ERROR_SUCCESS" });
  }
  const owner = ownerOf(caller);
  if (callKey === undefined || owner === null) return;
  if (await findAnswer(db, owner) !== null) {
    // Done by an earlier call that had been given up, and came through.
    throw new NtmsError(
      "ERROR_BUSY",
      `Call ${callKey.key} is just being done already; repeat it to get its answer`,
    );
  }
  const { fingerprint, sessionHash } = callKey;
  const now = clock.now();
  await insertAnswer(db, {
    ...owner,
    fingerprint,
    sessionHash,
    answer: JSON.stringify(answer),
    kept: now,
  }, { since: now - limits.answersKeptMs, most: limits.answersKept });
}

/** Completes an answer that was kept before all of it was known. */
export async function completeAnswer(
  db: Writer,
  caller: Caller,
  answer: unknown,
): Promise<void> {
  const owner = ownerOf(caller);
  if (owner === null) return;
  await updateAnswer(db, owner, JSON.stringify(answer));
}

/** Forgets the answer of a call, in the transaction that undoes its change. */
export async function forgetAnswer(db: Writer, caller: Caller): Promise<void> {
  const owner = ownerOf(caller);
  if (owner !== null) await deleteAnswer(db, owner);
}

/**
 * The answer, as JSON, that a call of this key got before; null where there
 * was none.
 *
 * @param caller Who repeats it; null where its session has ended, and the hash
 * of that session has to do.
 * @throws {NtmsError} ERROR_INVALID_PARAMETER when that was another call.
 */
export async function recallAnswer(
  { clock, database, limits }: Context,
  callKey: CallKey,
  caller: Caller | null,
): Promise<string | null> {
  const { fingerprint, key, sessionHash } = callKey;
  const owner = caller === null ? null : ownerOf({ ...caller, callKey });
  const row = await database.read((db) =>
    owner === null
      ? findAnswerOfSession(db, key, sessionHash)
      : findAnswer(db, owner)
  );
  const tooOld = row !== null && row.kept < clock.now() - limits.answersKeptMs;
  if (row === null || tooOld) return null;
  if (row.fingerprint !== fingerprint) throw otherCall(key);
  return row.answer;
}

/** The error of a key that another call has. */
export function otherCall(key: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Key ${key} belongs to another call: make a new key for each call, and keep it only to repeat that very call`,
    { data: { key } },
  );
}
