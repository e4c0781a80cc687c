/**
 * Which objects are in which: the containment table of EnumerateNtmsObject.
 *
 * @module
 */

import type { ObjectType } from "../model/mod.ts";
import type { Reader } from "./database.ts";

type Part = "changer" | "drive" | "door" | "port" | "slot";
type Finder = (db: Reader, container: string) => Promise<{ id: string }[]>;

/** Parts go by number. */
function partsOfLibrary(table: Part): Finder {
  return (db, library) =>
    db.selectFrom(table).select("id").where("libraryId", "=", library)
      .orderBy("number").execute();
}

const CONTAINERS: Readonly<
  Record<ObjectType, Readonly<Partial<Record<ObjectType, Finder>>>>
> = {
  changer: { library: partsOfLibrary("changer") },
  drive: { library: partsOfLibrary("drive") },
  door: { library: partsOfLibrary("door") },
  port: { library: partsOfLibrary("port") },
  slot: { library: partsOfLibrary("slot") },
  libraryRequest: {
    library: (db, library) =>
      db.selectFrom("libraryRequest")
        .innerJoin("object", "object.id", "libraryRequest.id")
        .select("object.id").where("libraryId", "=", library)
        .orderBy("object.position").execute(),
  },
  mediaType: {
    library: (db, library) =>
      db.selectFrom("libraryMediaType")
        .innerJoin("object", "object.id", "libraryMediaType.mediaTypeId")
        .select("object.id").where("libraryId", "=", library)
        .orderBy("object.position").execute(),
  },
  cartridge: {
    library: (db, library) =>
      db.selectFrom("cartridge")
        .innerJoin("object", "object.id", "cartridge.id")
        .select("object.id").where("libraryId", "=", library)
        .orderBy("object.position").execute(),
    mediaPool: (db, pool) =>
      db.selectFrom("cartridge")
        .innerJoin("object", "object.id", "cartridge.id")
        .select("object.id").where("poolId", "=", pool)
        .orderBy("object.position").execute(),
  },
  side: {
    cartridge: (db, cartridge) =>
      db.selectFrom("side").select("id").where("cartridgeId", "=", cartridge)
        .orderBy("sideNumber").execute(),
    logicalMedium: (db, medium) =>
      db.selectFrom("side").select("id").where("logicalMediumId", "=", medium)
        .orderBy("sideNumber").execute(),
    mediaPool: (db, pool) =>
      db.selectFrom("side").innerJoin("object", "object.id", "side.id")
        .select("object.id").where("poolId", "=", pool)
        .orderBy("object.position").execute(),
  },
  logicalMedium: {
    mediaPool: (db, pool) =>
      db.selectFrom("logicalMedium")
        .innerJoin("object", "object.id", "logicalMedium.id")
        .select("object.id").where("poolId", "=", pool)
        .orderBy("object.position").execute(),
    side: (db, side) =>
      db.selectFrom("side")
        .innerJoin("logicalMedium", "logicalMedium.id", "side.logicalMediumId")
        .select("logicalMedium.id").where("side.id", "=", side).execute(),
  },
  mediaPool: {
    mediaPool: async (db, pool) => {
      const { kind } = await db.selectFrom("mediaPool").select("kind")
        .where("id", "=", pool).executeTakeFirstOrThrow();
      return kind === "root" ? await topPools(db) : await db
        .selectFrom("mediaPool")
        .innerJoin("object", "object.id", "mediaPool.id")
        .select("object.id").where("parentId", "=", pool)
        .orderBy("object.position").execute();
    },
  },
  library: {},
  computer: {},
  changerType: {},
  driveType: {},
  operatorRequest: {},
  uiDestination: {},
};

function topPools(db: Reader): Promise<{ id: string }[]> {
  return db.selectFrom("mediaPool")
    .innerJoin("object", "object.id", "mediaPool.id").select("object.id")
    .where("parentId", "is", null).where("kind", "!=", "root")
    .orderBy("object.position").execute();
}

const PARTS: ReadonlySet<ObjectType> = new Set<Part>([
  "changer",
  "drive",
  "door",
  "port",
  "slot",
]);

function isPart(type: ObjectType): type is Part {
  return PARTS.has(type);
}

/** Ids of all objects of a type; of pools only the top level. */
export async function idsInSystem(
  db: Reader,
  type: ObjectType,
): Promise<string[]> {
  if (type === "mediaPool") return (await topPools(db)).map(({ id }) => id);
  if (isPart(type)) {
    const rows = await db.selectFrom(type)
      .innerJoin("object as library", "library.id", "libraryId")
      .select(`${type}.id`).orderBy("library.position").orderBy("number")
      .execute();
    return rows.map(({ id }) => id);
  }
  const rows = await db.selectFrom("object").select("id")
    .where("type", "=", type).orderBy("position").execute();
  return rows.map(({ id }) => id);
}

/**
 * Ids of the objects of a type in a container.
 *
 * @returns `null` where objects of this type are never in such a container.
 */
export async function idsInContainer(
  db: Reader,
  type: ObjectType,
  container: { readonly id: string; readonly type: ObjectType },
): Promise<string[] | null> {
  const find = CONTAINERS[type][container.type];
  if (find === undefined) return null;
  return (await find(db, container.id)).map(({ id }) => id);
}
