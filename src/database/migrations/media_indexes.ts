/**
 * Part of migration 0001: what finds media, requests and names without going
 * through all of them.
 *
 * @module
 */

import { type Kysely, sql } from "kysely";
import { indexLabels } from "./label_index.ts";

/** Creates the indexes. */
export async function createMediaIndexes(db: Kysely<unknown>): Promise<void> {
  const indexes: readonly (readonly [string, string, string[]])[] = [
    ["cartridgeByLibrary", "cartridge", ["libraryId", "position"]],
    ["cartridgeByHomeSlot", "cartridge", ["homeSlotId"]],
    ["cartridgeByPool", "cartridge", ["poolId", "position"]],
    ["cartridgeByBarCode", "cartridge", ["barCode", "position"]],
    ["sideByCartridge", "side", ["cartridgeId"]],
    ["sideByPool", "side", ["poolId", "position"]],
    ["sideByUse", "side", [
      "poolId",
      "state",
      "allocateCount",
      "mountCount",
      "ordinal",
    ]],
    ["logicalMediumByPool", "logicalMedium", ["poolId", "position"]],
    ["mediaPoolByParent", "mediaPool", ["parentId"]],
    ["objectByName", "object", ["name", "type"]],
    ["libraryRequestByCartridge", "libraryRequest", ["cartridgeId"]],
    ["libraryRequestByLibrary", "libraryRequest", ["libraryId", "state"]],
    ["moveIntentByState", "moveIntent", ["state"]],
    ["operatorRequestByState", "operatorRequest", ["state", "completed"]],
    ["operatorRequestByArgument", "operatorRequest", ["argument1Id", "state"]],
  ];
  for (const [name, table, columns] of indexes) {
    await db.schema.createIndex(name).on(table).columns(columns).execute();
  }
  // Most sides are not allocated, and most cartridges in no drive: an index
  // that leaves those out costs them nothing.
  await db.schema.createIndex("sideByLogicalMedium").on("side")
    .column("logicalMediumId").where(sql.ref("logicalMediumId"), "is not", null)
    .execute();
  await db.schema.createIndex("cartridgeInDrive").on("cartridge")
    .column("poolId").where(sql.ref("placeType"), "=", sql.lit("drive"))
    .execute();
  await indexLabels(db);
}
