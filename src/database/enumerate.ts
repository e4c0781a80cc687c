/**
 * Which objects are in which: the containment table of EnumerateNtmsObject,
 * read in pages. Each page is found by an index, however much comes before it.
 *
 * @module
 */

import type { ObjectType } from "../model/mod.ts";
import type { Reader } from "./database.ts";
import {
  ALL,
  type Ids,
  type Member,
  type Page,
  pageOf,
  type PlainMember,
  type PlainPage,
  plainPageOf,
} from "./pages.ts";
import { prepared, type Slots } from "./prepared.ts";

type Part = "changer" | "drive" | "door" | "port" | "slot";

/** The part of the list of a container to find. */
type Finding = PlainPage & { readonly container: string };

type Finder = (db: Reader, finding: Finding) => Promise<PlainMember[]>;
type Slot = Slots<Finding>;

/** Parts go by number. */
function partsOfLibrary(table: Part): Finder {
  return prepared((db, slot: Slot) =>
    db.selectFrom(table).select(["id", "number as place"])
      .where("libraryId", "=", slot("container"))
      .where("number", ">", slot("after")).orderBy("number")
      .limit(slot("limit"))
  );
}

const PARTS: Readonly<Record<Part, Finder>> = {
  changer: partsOfLibrary("changer"),
  drive: partsOfLibrary("drive"),
  door: partsOfLibrary("door"),
  port: partsOfLibrary("port"),
  slot: partsOfLibrary("slot"),
};

/** Media go in the order in which they were made. */
function mediaOfPool(table: "cartridge" | "side" | "logicalMedium"): Finder {
  return prepared((db, slot: Slot) =>
    db.selectFrom(table).select(["id", "position as place"])
      .where("poolId", "=", slot("container"))
      .where("position", ">", slot("after")).orderBy("position")
      .limit(slot("limit"))
  );
}

const cartridgesOfLibrary: Finder = prepared((db, slot: Slot) =>
  db.selectFrom("cartridge").select(["id", "position as place"])
    .where("libraryId", "=", slot("container"))
    .where("position", ">", slot("after")).orderBy("position")
    .limit(slot("limit"))
);

/** Sides go by number. */
function sidesOf(owner: "cartridgeId" | "logicalMediumId"): Finder {
  return prepared((db, slot: Slot) =>
    db.selectFrom("side").select(["id", "sideNumber as place"])
      .where(owner, "=", slot("container"))
      .where("sideNumber", ">", slot("after")).orderBy("sideNumber")
      .limit(slot("limit"))
  );
}

const requestsOfLibrary: Finder = prepared((db, slot: Slot) =>
  db.selectFrom("libraryRequest")
    .innerJoin("object", "object.id", "libraryRequest.id")
    .select(["object.id", "object.position as place"])
    .where("libraryId", "=", slot("container"))
    .where("object.position", ">", slot("after")).orderBy("object.position")
    .limit(slot("limit"))
);

const mediaTypesOfLibrary: Finder = prepared((db, slot: Slot) =>
  db.selectFrom("libraryMediaType")
    .innerJoin("object", "object.id", "libraryMediaType.mediaTypeId")
    .select(["object.id", "object.position as place"])
    .where("libraryId", "=", slot("container"))
    .where("object.position", ">", slot("after")).orderBy("object.position")
    .limit(slot("limit"))
);

const mediumOfSide: Finder = prepared((db, slot: Slot) =>
  db.selectFrom("side")
    .innerJoin("logicalMedium", "logicalMedium.id", "side.logicalMediumId")
    .select(["logicalMedium.id", "logicalMedium.position as place"])
    .where("side.id", "=", slot("container"))
    .where("logicalMedium.position", ">", slot("after"))
    .limit(slot("limit"))
);

const poolsOfPool: Finder = prepared((db, slot: Slot) =>
  db.selectFrom("mediaPool").innerJoin("object", "object.id", "mediaPool.id")
    .select(["object.id", "object.position as place"])
    .where("parentId", "=", slot("container"))
    .where("object.position", ">", slot("after")).orderBy("object.position")
    .limit(slot("limit"))
);

const topPools = prepared((
  db,
  slot: Slots<PlainPage>,
) =>
  db.selectFrom("mediaPool").innerJoin("object", "object.id", "mediaPool.id")
    .select(["object.id", "object.position as place"])
    .where("parentId", "is", null).where("kind", "!=", "root")
    .where("object.position", ">", slot("after")).orderBy("object.position")
    .limit(slot("limit"))
);

/** The root pool holds those of the top level. */
const poolsIn: Finder = async (db, finding) => {
  const { kind } = await db.selectFrom("mediaPool").select("kind")
    .where("id", "=", finding.container).executeTakeFirstOrThrow();
  return kind === "root"
    ? await topPools(db, finding)
    : await poolsOfPool(db, finding);
};

const CONTAINERS: Readonly<
  Record<ObjectType, Readonly<Partial<Record<ObjectType, Finder>>>>
> = {
  changer: { library: PARTS.changer },
  drive: { library: PARTS.drive },
  door: { library: PARTS.door },
  port: { library: PARTS.port },
  slot: { library: PARTS.slot },
  libraryRequest: { library: requestsOfLibrary },
  mediaType: { library: mediaTypesOfLibrary },
  cartridge: {
    library: cartridgesOfLibrary,
    mediaPool: mediaOfPool("cartridge"),
  },
  side: {
    cartridge: sidesOf("cartridgeId"),
    logicalMedium: sidesOf("logicalMediumId"),
    mediaPool: mediaOfPool("side"),
  },
  logicalMedium: {
    mediaPool: mediaOfPool("logicalMedium"),
    side: mediumOfSide,
  },
  mediaPool: { mediaPool: poolsIn },
  library: {},
  computer: {},
  changerType: {},
  driveType: {},
  operatorRequest: {},
  uiDestination: {},
};

const objectsOfType = prepared((
  db,
  slot: Slots<PlainPage & { type: ObjectType }>,
) =>
  db.selectFrom("object").select(["id", "position as place"])
    .where("type", "=", slot("type")).where("position", ">", slot("after"))
    .orderBy("position").limit(slot("limit"))
);

/** Parts of all libraries: library by library. */
async function partsInSystem(
  db: Reader,
  type: Part,
  { after: [library, after], limit }: Page,
): Promise<Member[]> {
  const libraries = await objectsOfType(db, {
    type: "library",
    after: (library ?? 0) - 1,
    limit: ALL.limit,
  });
  const found: Member[] = [];
  for (const { id: container, place } of libraries) {
    const room = limit - found.length;
    if (room <= 0) break;
    const parts = await PARTS[type](db, {
      container,
      after: place === library ? after ?? -1 : -1,
      limit: room,
    });
    for (const part of parts) {
      found.push({ id: part.id, place: [place, part.place] });
    }
  }
  return found;
}

function isPart(type: ObjectType): type is Part {
  return Object.hasOwn(PARTS, type);
}

/** Ids of all objects of a type; of pools only the top level. */
export async function idsInSystem(
  db: Reader,
  type: ObjectType,
  page: Page = ALL,
): Promise<Ids> {
  if (isPart(type)) {
    return await pageOf(page, (page) => partsInSystem(db, type, page));
  }
  return await plainPageOf(
    page,
    (page) =>
      type === "mediaPool"
        ? topPools(db, page)
        : objectsOfType(db, { ...page, type }),
  );
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
  page: Page = ALL,
): Promise<Ids | null> {
  const find = CONTAINERS[type][container.type];
  if (find === undefined) return null;
  return await plainPageOf(
    page,
    (page) => find(db, { ...page, container: container.id }),
  );
}

const objectsByName = prepared((
  db,
  slot: Slots<PlainPage & { type: ObjectType; name: string }>,
) =>
  db.selectFrom("object").select(["id", "position as place"])
    .where("name", "=", slot("name")).where("type", "=", slot("type"))
    .where("position", ">", slot("after")).orderBy("position")
    .limit(slot("limit"))
);

/** Ids of all objects of a type that have a name. */
export async function idsByName(
  db: Reader,
  type: ObjectType,
  name: string,
  page: Page = ALL,
): Promise<Ids> {
  return await plainPageOf(
    page,
    (page) => objectsByName(db, { ...page, type, name }),
  );
}

const cartridgesByBarCode = prepared((
  db,
  slot: Slots<PlainPage & { barCode: string }>,
) =>
  db.selectFrom("cartridge").select(["id", "position as place"])
    .where("barCode", "=", slot("barCode"))
    .where("position", ">", slot("after")).orderBy("position")
    .limit(slot("limit"))
);

/** Ids of the cartridges that have a bar code. */
export async function idsByBarCode(
  db: Reader,
  barCode: string,
  page: Page = ALL,
): Promise<Ids> {
  return await plainPageOf(
    page,
    (page) => cartridgesByBarCode(db, { ...page, barCode }),
  );
}
