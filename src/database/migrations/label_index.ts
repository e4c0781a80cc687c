/**
 * The part of migration 0001 by which media are found by their labels.
 *
 * @module
 */

import { type Kysely, sql } from "kysely";

/** An index of the sides that have a label, of which a large library may have few. */
export async function indexLabels(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex("sideByLabel").on("side")
    .columns(["labelId", "labelType"]).where(sql.ref("labelId"), "!=", "")
    .execute();
}
