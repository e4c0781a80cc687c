/**
 * Queries on libraries and their parts.
 *
 * @module
 */

import type { Insertable, Selectable, Updateable } from "kysely";
import type { DeviceClass, OperationalState } from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import { chunks, insertObjects, type NewObject } from "./objects.ts";
import { prepared, type Slots, updateRow } from "./prepared.ts";
import { remembered } from "./read_memory.ts";
import type {
  ChangerTable,
  DoorTable,
  DriveTable,
  LibraryTable,
  PortTable,
  SlotTable,
} from "./schema.ts";

/** A drive's row. */
export type DriveRow = Selectable<DriveTable>;

/** What a new part of a library is made of. */
export type NewPart<Table> = Omit<Insertable<Table>, "id"> & {
  readonly object: NewObject;
};

/** The library that a device is, by its identity. */
export async function findLibrary(
  db: Reader,
  identity: string,
): Promise<Selectable<LibraryTable> | null> {
  const row = await db.selectFrom("library").selectAll()
    .where("identity", "=", identity).executeTakeFirst();
  return row ?? null;
}

const libraryById = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("library").selectAll().where("id", "=", slot("id"))
);

/** A library by its id. */
export const findLibraryById: (
  db: Reader,
  id: string,
) => Promise<Selectable<LibraryTable>> = remembered(
  ["library"],
  async (db, id: string) => {
    const [row] = await libraryById(db, { id });
    if (row !== undefined) return row;
    throw new TypeError(`There is no library ${id}`);
  },
);

const namedLibraries = prepared((db) =>
  db.selectFrom("library")
    .innerJoin("object", "object.id", "library.id")
    .selectAll("library").select(["object.name", "object.operationalState"])
    .orderBy("object.position")
);

/** Every library, with its operational state. */
export function allLibraries(
  db: Reader,
): Promise<
  (Selectable<LibraryTable> & {
    name: string;
    operationalState: OperationalState;
  })[]
> {
  return namedLibraries(db, {});
}

const usableLibraries = prepared((db) =>
  db.selectFrom("library")
    .innerJoin("object", "object.id", "library.id").select("library.id")
    .where("kind", "!=", "offline").where("object.enabled", "=", 1)
    .where("object.operationalState", "=", "ready")
    .orderBy("object.position")
);

/** Ids of the libraries that can be used now. */
export async function onlineLibraries(db: Reader): Promise<string[]> {
  const rows = await usableLibraries(db, {});
  return rows.map(({ id }) => id);
}

/** The one offline library. */
export const offlineLibraryId: (db: Reader) => Promise<string> = remembered(
  ["library.kind"],
  async (db) => {
    const { id } = await db.selectFrom("library").select("id")
      .where("kind", "=", "offline").executeTakeFirstOrThrow();
    return id;
  },
);

/** Inserts a library and its common record. */
export async function insertLibrary(
  db: Writer,
  object: NewObject,
  row: Omit<Insertable<LibraryTable>, "id">,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("library").values({ ...row, id: object.id }).execute();
}

/** Changes a library. */
export async function updateLibrary(
  db: Writer,
  id: string,
  change: Updateable<LibraryTable>,
): Promise<void> {
  await db.updateTable("library").set(change).where("id", "=", id).execute();
}

/** The type object of a make and model; null where there is none yet. */
export async function findDeviceType(
  db: Reader,
  type: "changerType" | "driveType",
  vendor: string,
  product: string,
): Promise<string | null> {
  const row = await db.selectFrom("deviceType")
    .innerJoin("object", "object.id", "deviceType.id").select("deviceType.id")
    .where("object.type", "=", type).where("vendor", "=", vendor)
    .where("product", "=", product).executeTakeFirst();
  return row?.id ?? null;
}

/** Inserts a make and model. */
export async function insertDeviceType(
  db: Writer,
  object: NewObject,
  row: { vendor: string; product: string; deviceClass: DeviceClass },
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("deviceType").values({ ...row, id: object.id }).execute();
}

/** The changers of a library. */
export function changersOf(
  db: Reader,
  libraryId: string,
): Promise<Selectable<ChangerTable>[]> {
  return db.selectFrom("changer").selectAll()
    .where("libraryId", "=", libraryId).execute();
}

const drivesByLibrary = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("drive").selectAll()
    .where("libraryId", "=", slot("libraryId")).orderBy("number")
);

/** The drives of a library, by number. */
export const drivesOf: (
  db: Reader,
  libraryId: string,
) => Promise<DriveRow[]> = remembered(
  ["drive"],
  (db, libraryId: string) => drivesByLibrary(db, { libraryId }),
);

const productsByLibrary = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("drive")
    .innerJoin("deviceType", "deviceType.id", "drive.deviceTypeId")
    .innerJoin("object", "object.id", "drive.id")
    .select([
      "drive.id",
      "deviceType.product",
      "deviceType.deviceClass",
      "object.enabled",
      "object.operationalState",
    ]).where("libraryId", "=", slot("libraryId"))
);

/** Product name of each drive of a library, whether it is there and enabled, and whether it may be used, for which it has to be both. */
export const findDriveProducts: (
  db: Reader,
  libraryId: string,
) => Promise<
  Map<
    string,
    {
      product: string;
      deviceClass: DeviceClass;
      present: boolean;
      enabled: boolean;
      usable: boolean;
    }
  >
> = remembered(
  [
    "drive.libraryId",
    "drive.deviceTypeId",
    "deviceType",
    "object.enabled",
    "object.operationalState",
  ],
  async (db, libraryId: string) => {
    const rows = await productsByLibrary(db, { libraryId });
    return new Map(rows.map((row) => [row.id, {
      product: row.product,
      deviceClass: row.deviceClass,
      present: row.operationalState === "ready",
      enabled: row.enabled === 1,
      usable: row.enabled === 1 && row.operationalState === "ready",
    }]));
  },
);

/** The slots of a library, by number. */
export function slotsOf(
  db: Reader,
  libraryId: string,
): Promise<Selectable<SlotTable>[]> {
  return db.selectFrom("slot").selectAll()
    .where("libraryId", "=", libraryId).orderBy("number").execute();
}

const slotStates = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("slot").select(["id", "state"])
    .where("libraryId", "=", slot("libraryId"))
);
const portContents = prepared((db, slot: Slots<{ libraryId: string }>) =>
  db.selectFrom("port").select(["id", "content"])
    .where("libraryId", "=", slot("libraryId"))
);

/** What of each slot and port of a library is known to be in it, by its id. */
export async function fullnessOf(
  db: Reader,
  libraryId: string,
): Promise<Map<string, string>> {
  const slots = await slotStates(db, { libraryId });
  const ports = await portContents(db, { libraryId });
  const known = new Map<string, string>();
  for (const { id, state } of slots) known.set(id, state);
  for (const { content, id } of ports) known.set(id, content);
  return known;
}

/** Inserts changers. */
export async function insertChanger(
  db: Writer,
  { object, ...row }: NewPart<ChangerTable>,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("changer").values({ ...row, id: object.id }).execute();
}

/** Changes a changer. */
export async function updateChanger(
  db: Writer,
  id: string,
  change: Updateable<ChangerTable>,
): Promise<void> {
  await db.updateTable("changer").set(change).where("id", "=", id).execute();
}

/** Inserts a drive. */
export async function insertDrive(
  db: Writer,
  { object, ...row }: NewPart<DriveTable>,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("drive").values({ ...row, id: object.id }).execute();
}

/** Changes a drive. */
export async function updateDrive(
  db: Writer,
  id: string,
  change: Updateable<DriveTable>,
): Promise<void> {
  await updateRow(db, "drive", id, change);
}

/** Notes that a side is loaded in a drive, and counts the mount. */
export async function countDriveMount(
  db: Writer,
  id: string,
  sideId: string,
): Promise<void> {
  await db.updateTable("drive").set((e) => ({
    state: "loaded",
    sideId,
    dismountableSince: null,
    mountCount: e("mountCount", "+", 1),
  })).where("id", "=", id).execute();
}

/** Inserts slots, thousands if need be. */
export async function insertSlots(
  db: Writer,
  parts: readonly NewPart<SlotTable>[],
  now: number,
): Promise<void> {
  await insertObjects(db, parts.map(({ object }) => object), now);
  for (const some of chunks(parts)) {
    await db.insertInto("slot")
      .values(some.map(({ object, ...row }) => ({ ...row, id: object.id })))
      .execute();
  }
}

/** Inserts ports. */
export async function insertPorts(
  db: Writer,
  parts: readonly NewPart<PortTable>[],
  now: number,
): Promise<void> {
  await insertObjects(db, parts.map(({ object }) => object), now);
  for (const some of chunks(parts)) {
    await db.insertInto("port")
      .values(some.map(({ object, ...row }) => ({ ...row, id: object.id })))
      .execute();
  }
}

/** Inserts a door. */
export async function insertDoor(
  db: Writer,
  { object, ...row }: NewPart<DoorTable>,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("door").values({ ...row, id: object.id }).execute();
}

/** Notes which slots and ports of a library are full and which empty; others are left alone. */
export async function setFullness(
  db: Writer,
  full: readonly string[],
  empty: readonly string[],
): Promise<void> {
  for (const [ids, state] of [[full, "full"], [empty, "empty"]] as const) {
    for (const some of chunks(ids)) {
      await db.updateTable("slot").set({ state }).where("id", "in", some)
        .execute();
      await db.updateTable("port").set({ content: state })
        .where("id", "in", some).execute();
    }
  }
}

/** Notes that slots are no longer part of their library. */
export async function setSlotsNotPresent(
  db: Writer,
  ids: readonly string[],
): Promise<void> {
  for (const some of chunks(ids)) {
    await db.updateTable("slot").set({ state: "notPresent" })
      .where("id", "in", some).execute();
  }
}

/** Ids of the media types a library handles. */
export async function mediaTypesOf(
  db: Reader,
  libraryId: string,
): Promise<string[]> {
  const rows = await db.selectFrom("libraryMediaType").select("mediaTypeId")
    .where("libraryId", "=", libraryId).execute();
  return rows.map(({ mediaTypeId }) => mediaTypeId);
}

/** Tells that a library handles a media type. */
export async function addMediaType(
  db: Writer,
  libraryId: string,
  mediaTypeId: string,
): Promise<void> {
  await db.insertInto("libraryMediaType").values({ libraryId, mediaTypeId })
    .onConflict((conflict) => conflict.doNothing()).execute();
}
