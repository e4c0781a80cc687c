/**
 * Queries on media pools and media types.
 *
 * @module
 */

import type { Insertable, Selectable } from "kysely";
import type { PoolKind } from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import { insertObjects, type NewObject } from "./objects.ts";
import type { MediaPoolTable, MediaTypeTable } from "./schema.ts";

/** A pool's row. */
export type PoolRow = Selectable<MediaPoolTable>;

/** A pool by its id. */
export async function findPool(
  db: Reader,
  id: string,
): Promise<PoolRow | null> {
  const row = await db.selectFrom("mediaPool").selectAll().where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** A pool by its path. */
export async function findPoolByPath(
  db: Reader,
  path: string,
): Promise<PoolRow | null> {
  const row = await db.selectFrom("mediaPool").selectAll()
    .where("path", "=", path).executeTakeFirst();
  return row ?? null;
}

/** The system pool of a kind for a media type. */
export async function findSystemPool(
  db: Reader,
  kind: Exclude<PoolKind, "application" | "root">,
  mediaTypeId: string,
): Promise<PoolRow | null> {
  const row = await db.selectFrom("mediaPool").selectAll()
    .where("kind", "=", kind).where("mediaTypeId", "=", mediaTypeId)
    .executeTakeFirst();
  return row ?? null;
}

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

/** Every media type with its name, in no order: to sort them by creation would read every object. */
export function allMediaTypes(
  db: Reader,
): Promise<(Selectable<MediaTypeTable> & { name: string })[]> {
  return db.selectFrom("mediaType")
    .innerJoin("object", "object.id", "mediaType.id").selectAll("mediaType")
    .select("object.name").execute();
}

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
