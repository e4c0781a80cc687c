/**
 * The audit: what is done is noted in the transaction that does it, what is
 * refused or fails in one of its own, that all share who wait for it.
 *
 * @module
 */

import {
  type Database,
  findAudit,
  insertAudit,
  purgeAudit,
  type Writer,
} from "../database/mod.ts";
import {
  type AuditNote,
  type AuditQuery,
  type AuditRecord,
  LIMITS,
  type NtmsErrorCode,
} from "../model/mod.ts";
import type { AuditManager } from "./access_calls.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";

/** How many records come between two purges. */
const PURGED_EVERY = 1_000;
const USUAL_LIMIT = 100;

/** How many records a catalogue got since it was purged; none yet: since it was opened. */
const unpurged = new WeakMap<Database, number>();

interface Row {
  readonly note: AuditNote;
  readonly outcome: NtmsErrorCode;
}

/** Adds a record, in the transaction of what it tells. */
export async function addRecord(
  db: Writer,
  { clock, database, limits }: Pick<Context, "clock" | "database" | "limits">,
  { note, outcome }: Row,
): Promise<void> {
  const time = clock.now();
  const { application, computer, object, operation, pid, token, uid, user } =
    note;
  await insertAudit(db, {
    time,
    user,
    uid,
    pid,
    token,
    application,
    computer,
    operation,
    object,
    detail: cut(note.detail),
    reason: cut(note.reason),
    outcome,
  });
  const count = unpurged.get(database) ?? PURGED_EVERY;
  unpurged.set(database, count + 1);
  if (count < PURGED_EVERY) return;
  unpurged.set(database, 1);
  const since = time - limits.auditKeptMs;
  await purgeAudit(db, { since, most: limits.auditRecords });
}

function cut(text: string): string {
  const most = LIMITS.auditTextLength;
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

interface Batch {
  readonly rows: Row[];
  readonly written: Promise<void>;
}

/** The audit of one catalogue. */
export class Audit implements AuditManager {
  readonly #context: () => Context;
  /** What comes while another batch is being written waits here. */
  #next: Batch | null = null;
  #last: Promise<void> = Promise.resolve();

  /** `context` throws while the manager is not ready. */
  constructor(context: () => Context) {
    this.#context = context;
  }

  async note(note: AuditNote, outcome: NtmsErrorCode): Promise<void> {
    let context: Context;
    try {
      context = this.#context();
    } catch {
      // The service stops: there is nothing left to write to.
      return;
    }
    const batch = this.#next ??= this.#begin(context);
    batch.rows.push({ note, outcome });
    await batch.written;
  }

  async read(query: AuditQuery): Promise<readonly AuditRecord[]> {
    const { limit = USUAL_LIMIT } = query;
    return await this.#context().database.read((db) =>
      findAudit(db, { ...query, limit })
    );
  }

  /** Its promise never rejects: a caller gets the error of his call, whatever becomes of its record. */
  #begin(context: Context): Batch {
    const rows: Row[] = [];
    const written = this.#last.then(async () => {
      this.#next = null;
      try {
        await commit(context, "audit", async (db) => {
          for (const row of rows) await addRecord(db, context, row);
        });
      } catch (error) {
        context.log.error("Cannot write the audit", {
          records: rows.length,
          error: error instanceof Error ? error.message : String(error),
        });
      }
    });
    this.#last = written;
    context.background.run("write the audit", written);
    return { rows, written };
  }
}
