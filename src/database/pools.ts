/**
 * Queries on media pools and media types.
 *
 * @module
 */

import type { Insertable, Selectable, Updateable } from "kysely";
import type { PoolKind } from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import { insertObjects, type NewObject } from "./objects.ts";
import { prepared, type Slots } from "./prepared.ts";
import { remembered } from "./read_memory.ts";
import type { MediaPoolTable, MediaTypeTable } from "./schema.ts";

/** A pool's row. */
export type PoolRow = Selectable<MediaPoolTable>;

const poolById = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("mediaPool").selectAll().where("id", "=", slot("id"))
);

/** A pool by its id. */
export const findPool: (
  db: Reader,
  id: string,
) => Promise<PoolRow | null> = remembered(
  ["mediaPool"],
  async (db, id: string) => (await poolById(db, { id }))[0] ?? null,
);

const poolByPath = prepared((db, slot: Slots<{ path: string }>) =>
  db.selectFrom("mediaPool").selectAll().where("path", "=", slot("path"))
);

/** A pool by its path. */
export async function findPoolByPath(
  db: Reader,
  path: string,
): Promise<PoolRow | null> {
  return (await poolByPath(db, { path }))[0] ?? null;
}

type SystemPoolKind = Exclude<PoolKind, "application" | "root">;

const poolsOfKind = prepared((
  db,
  slot: Slots<{ kind: SystemPoolKind; mediaTypeId: string }>,
) =>
  db.selectFrom("mediaPool").selectAll().where("kind", "=", slot("kind"))
    .where("mediaTypeId", "=", slot("mediaTypeId"))
);

/** The system pool of a kind for a media type. */
export const findSystemPool: (
  db: Reader,
  kind: SystemPoolKind,
  mediaTypeId: string,
) => Promise<PoolRow | null> = remembered(
  ["mediaPool"],
  async (db, kind: SystemPoolKind, mediaTypeId: string) =>
    (await poolsOfKind(db, { kind, mediaTypeId }))[0] ?? null,
);

/** Inserts a pool. */
export async function insertPool(
  db: Writer,
  object: NewObject,
  row: Omit<Insertable<MediaPoolTable>, "id">,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("mediaPool").values({ ...row, id: object.id }).execute();
}

/** The root pool. */
export async function rootPoolId(db: Reader): Promise<string> {
  const { id } = await db.selectFrom("mediaPool").select("id")
    .where("kind", "=", "root").executeTakeFirstOrThrow();
  return id;
}

/** Every pool. */
export function allPools(db: Reader): Promise<PoolRow[]> {
  return db.selectFrom("mediaPool").selectAll().execute();
}

const namedMediaTypes = prepared((db) =>
  db.selectFrom("mediaType")
    .innerJoin("object", "object.id", "mediaType.id").selectAll("mediaType")
    .select("object.name")
);

/** Every media type with its name, in no order: to sort them by creation would read every object. */
export const allMediaTypes: (
  db: Reader,
) => Promise<(Selectable<MediaTypeTable> & { name: string })[]> = remembered(
  ["mediaType", "object.name"],
  (db) => namedMediaTypes(db, {}),
);

/** Inserts a media type. */
export async function insertMediaType(
  db: Writer,
  object: NewObject,
  row: Omit<Insertable<MediaTypeTable>, "id">,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("mediaType").values({ ...row, id: object.id }).execute();
}

/** Changes a media type. */
export async function updateMediaType(
  db: Writer,
  id: string,
  change: Updateable<MediaTypeTable>,
): Promise<void> {
  await db.updateTable("mediaType").set(change).where("id", "=", id).execute();
}
