/**
 * Loaders of the records of media, pools and media types.
 *
 * @module
 */

import type { CartridgeMemory } from "../model/mod.ts";
import { type CartridgeMemoryRow, memoriesOf } from "./health.ts";
import { preparedList } from "./prepared_list.ts";
import { COMMON, common, counter, type Loader } from "./record_parts.ts";

const cartridgeRows = preparedList((db, ids) =>
  db.selectFrom("cartridge")
    .innerJoin("object", "object.id", "cartridge.id")
    .selectAll("cartridge").select(COMMON).where("cartridge.id", "in", ids)
);

const sidesOfCartridges = preparedList((db, ids) =>
  db.selectFrom("side")
    .leftJoin("mount", "mount.sideId", "side.id")
    .select(["side.id", "side.cartridgeId", "mount.driveId"])
    .where("side.cartridgeId", "in", ids)
);

function memoryOf(row: CartridgeMemoryRow | undefined): CartridgeMemory | null {
  if (row === undefined) return null;
  return {
    serialNumber: row.serialNumber,
    manufacturer: row.manufacturer,
    kind: row.kind,
    loadCount: row.loadCount,
    maximumBytes: row.maximumBytes,
    remainingBytes: row.remainingBytes,
    writeProtected: row.writeProtected === null
      ? null
      : row.writeProtected === 1,
    lastRead: new Date(row.told),
  };
}

/** Loads cartridges. */
export const loadCartridges: Loader = async (db, ids) => {
  const rows = await cartridgeRows(db, ids);
  const sides = await sidesOfCartridges(db, ids);
  const memories = await memoriesOf(db, ids);
  const count = new Map<string, number>();
  const mounted = new Map<string, string>();
  for (const side of sides) {
    count.set(side.cartridgeId, (count.get(side.cartridgeId) ?? 0) + 1);
    if (side.driveId !== null) mounted.set(side.cartridgeId, side.id);
  }
  return rows.map((row) => ({
    ...common("cartridge", row),
    library: row.libraryId,
    mediaPool: row.poolId,
    location: row.placeId,
    locationType: row.placeType,
    mediaType: row.mediaTypeId,
    homeSlot: row.homeSlotId,
    barCode: row.barCode,
    barCodeState: row.barCodeState,
    sequenceNumber: row.sequenceNumber,
    state: row.state,
    sideCount: count.get(row.id) ?? 0,
    mediumTypeCode: row.mediumTypeCode,
    densityCode: row.densityCode,
    mountedSide: mounted.get(row.id) ?? null,
    memory: memoryOf(memories.get(row.id)),
  }));
};

const sideRows = preparedList((db, ids) =>
  db.selectFrom("side").innerJoin("object", "object.id", "side.id")
    .selectAll("side").select(COMMON).where("side.id", "in", ids)
);

/** Loads sides. */
export const loadSides: Loader = async (db, ids) => {
  const rows = await sideRows(db, ids);
  return rows.map((row) => ({
    ...common("side", row),
    cartridge: row.cartridgeId,
    logicalMedium: row.logicalMediumId,
    state: row.state,
    sideNumber: row.sideNumber,
    label: { type: row.labelType, id: row.labelId, info: row.labelInfo },
    mountCount: row.mountCount,
    allocateCount: row.allocateCount,
    capacityBytes: row.capacityBytes,
  }));
};

const logicalMediumRows = preparedList((db, ids) =>
  db.selectFrom("logicalMedium")
    .innerJoin("object", "object.id", "logicalMedium.id")
    .selectAll("logicalMedium").select(COMMON)
    .where("logicalMedium.id", "in", ids)
);

const sidesOfLogicalMedia = preparedList((db, ids) =>
  db.selectFrom("side").where("logicalMediumId", "in", ids)
    .select((e) => [
      "logicalMediumId as owner",
      e.fn.countAll<number>().as("count"),
    ]).groupBy("logicalMediumId")
);

/** Loads logical media. */
export const loadLogicalMedia: Loader = async (db, ids) => {
  const rows = await logicalMediumRows(db, ids);
  const sides = counter(await sidesOfLogicalMedia(db, ids));
  return rows.map((row) => ({
    ...common("logicalMedium", row),
    mediaPool: row.poolId,
    sideCount: sides(row.id),
  }));
};

/** Loads media pools. */
export const loadPools: Loader = async (db, ids) => {
  const rows = await db.selectFrom("mediaPool")
    .innerJoin("object", "object.id", "mediaPool.id")
    .selectAll("mediaPool").select(COMMON).where("object.id", "in", ids)
    .execute();
  const cartridges = counter(
    await db.selectFrom("cartridge").where("poolId", "in", ids)
      .select((e) => ["poolId as owner", e.fn.countAll<number>().as("count")])
      .groupBy("poolId").execute(),
  );
  const logicalMedia = counter(
    await db.selectFrom("logicalMedium").where("poolId", "in", ids)
      .select((e) => ["poolId as owner", e.fn.countAll<number>().as("count")])
      .groupBy("poolId").execute(),
  );
  const pools = counter(
    await db.selectFrom("mediaPool").where("parentId", "in", ids)
      .select((e) => ["parentId as owner", e.fn.countAll<number>().as("count")])
      .groupBy("parentId").execute(),
  );
  return rows.map((row) => ({
    ...common("mediaPool", row),
    kind: row.kind,
    mediaType: row.mediaTypeId,
    parent: row.parentId,
    path: row.path,
    drawFromFree: row.drawFromFree === 1,
    returnToFree: row.returnToFree === 1,
    maxAllocates: row.maxAllocates,
    checkLabels: row.checkLabels === 1,
    cartridgeCount: cartridges(row.id),
    logicalMediumCount: logicalMedia(row.id),
    poolCount: pools(row.id),
  }));
};

/** Loads media types. */
export const loadMediaTypes: Loader = async (db, ids) => {
  const rows = await db.selectFrom("mediaType")
    .innerJoin("object", "object.id", "mediaType.id")
    .selectAll("mediaType").select(COMMON).where("object.id", "in", ids)
    .execute();
  return rows.map((row) => ({
    ...common("mediaType", row),
    code: row.code,
    sideCount: row.sideCount,
    writability: row.writability,
    deviceClass: row.deviceClass,
  }));
};
