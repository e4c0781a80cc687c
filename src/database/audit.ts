/**
 * Queries on the audit.
 *
 * @module
 */

import type { Insertable, Selectable } from "kysely";
import type { AuditQuery } from "../model/mod.ts";
import type { AuditTable } from "./access_schema.ts";
import type { Reader, Writer } from "./database.ts";
import { insertRow } from "./prepared.ts";

/** A record's row. */
export type AuditRow = Selectable<AuditTable>;

/** Adds a record. */
export async function insertAudit(
  db: Writer,
  row: Insertable<AuditTable>,
): Promise<void> {
  await insertRow(db, "audit", row);
}

/** What of the audit may stay. */
export interface AuditBounds {
  /** Records of this time or later. */
  readonly since: number;
  /** The newest of them. */
  readonly most: number;
}

/** Purges what is too old or too much, from the old end. */
export async function purgeAudit(
  db: Writer,
  { most, since }: AuditBounds,
): Promise<void> {
  const newest = await db.selectFrom("audit").select("number")
    .orderBy("number", "desc").limit(1).executeTakeFirst();
  if (newest === undefined) return;
  // Times may go back with the clock: it is the order that counts.
  const young = await db.selectFrom("audit").select("number")
    .where("time", ">=", since).orderBy("number").limit(1).executeTakeFirst();
  const before = Math.max(
    young?.number ?? newest.number + 1,
    newest.number - most + 1,
  );
  await db.updateTable("auditPurge").set({ before })
    .where("before", "<", before).execute();
  await db.deleteFrom("audit").where("number", "<", before).execute();
}

/** Records, the newest first. */
export async function findAudit(
  db: Reader,
  { before, limit, object, operation, since, who }:
    & AuditQuery
    & { readonly limit: number },
): Promise<readonly AuditRow[]> {
  let query = db.selectFrom("audit").selectAll();
  if (before !== undefined) query = query.where("number", "<", before);
  if (object !== undefined) query = query.where("object", "=", object);
  if (operation !== undefined) query = query.where("operation", "=", operation);
  if (since !== undefined) query = query.where("time", ">=", since);
  if (who !== undefined) {
    query = query.where((row) =>
      row.or([row("user", "=", who), row("token", "=", who)])
    );
  }
  return await query.orderBy("number", "desc").limit(limit).execute();
}
