/**
 * The record that every object has, and the few settings of the system.
 *
 * @module
 */

import { type Insertable, sql } from "kysely";
import type { ObjectType, OperationalState } from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import { insertRow, prepared, type Slots, updateRow } from "./prepared.ts";
import type { ObjectTable } from "./schema.ts";

/** How many rows one INSERT holds. */
const ROWS_AT_ONCE = 200;

/** A new object. */
export interface NewObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly name: string;
  readonly description?: string;
}

/** Splits rows so that no statement has too many parameters. */
export function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    yield rows.slice(start, start + ROWS_AT_ONCE);
  }
}

/** Inserts the common records of new objects. */
export async function insertObjects(
  db: Writer,
  objects: readonly NewObject[],
  now: number,
): Promise<void> {
  const [only] = objects;
  if (only !== undefined && objects.length === 1) {
    return void await insertRow(db, "object", commonRow(only, now));
  }
  for (const some of chunks(objects)) {
    await db.insertInto("object")
      .values(some.map((object) => commonRow(object, now))).execute();
  }
}

function commonRow(
  { description = "", id, name, type }: NewObject,
  now: number,
): Insertable<ObjectTable> {
  return {
    id,
    type,
    name,
    description,
    enabled: 1,
    operationalState: "ready",
    created: now,
    modified: now,
  };
}

/** How long finished requests are kept when nobody set it: three days. */
const PURGE_SECONDS = 259_200;

/** Inserts the computer object, with the documented defaults. */
export async function insertComputer(
  db: Writer,
  object: NewObject,
  now: number,
): Promise<void> {
  await insertObjects(db, [object], now);
  await db.insertInto("computer").values({
    id: object.id,
    libraryRequestPurgeSeconds: PURGE_SECONDS,
    operatorRequestPurgeSeconds: PURGE_SECONDS,
    libraryRequestFlags: 0,
    operatorRequestFlags: 0,
    mediaPoolPolicy: 0,
  }).execute();
}

/** Changes the common record of an object. */
export async function updateObject(
  db: Writer,
  id: string,
  change: { operationalState?: OperationalState; name?: string },
  now: number,
): Promise<void> {
  await updateRow(db, "object", id, { ...change, modified: now });
}

const deleteById = prepared((db, slot: Slots<{ id: string }>) =>
  db.deleteFrom("object").where("id", "=", slot("id"))
);

const deleteByType = {
  libraryRequest: deletion("libraryRequest"),
  operatorRequest: deletion("operatorRequest"),
  logicalMedium: deletion("logicalMedium"),
} as const;

/** Its text names the type: that tells what may go with the object. */
function deletion(type: ObjectType) {
  return prepared((db, slot: Slots<{ id: string }>) =>
    db.deleteFrom("object").where("id", "=", slot("id"))
      .where("type", "=", sql.lit(type))
  );
}

/** Deletes a request or an allocation, which leaves what is known of other objects as it is. */
export async function deleteAlone(
  db: Writer,
  type: keyof typeof deleteByType,
  id: string,
): Promise<void> {
  await deleteByType[type](db, { id });
}

/** Deletes an object and all that goes with it. */
export async function deleteObject(db: Writer, id: string): Promise<void> {
  await deleteById(db, { id });
}

const objectById = prepared((db, slot: Slots<{ id: string }>) =>
  db.selectFrom("object").select(["id", "type", "enabled", "operationalState"])
    .where("id", "=", slot("id"))
);

/** The type of an object and whether it is usable; null where there is none of this id. */
export async function findObject(
  db: Reader,
  id: string,
): Promise<
  Pick<ObjectTable, "id" | "type" | "enabled" | "operationalState"> | null
> {
  const [row] = await objectById(db, { id });
  return row ?? null;
}

const settingByName = prepared((db, slot: Slots<{ name: string }>) =>
  db.selectFrom("setting").select("value").where("name", "=", slot("name"))
);

/** A setting; null where it was never set. */
export async function getSetting(
  db: Reader,
  name: string,
): Promise<string | null> {
  const [row] = await settingByName(db, { name });
  return row?.value ?? null;
}

/** Sets a setting. */
export async function setSetting(
  db: Writer,
  name: string,
  value: string,
): Promise<void> {
  await db.insertInto("setting").values({ name, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}

/** Takes settings back. */
export async function deleteSettings(
  db: Writer,
  ...names: string[]
): Promise<void> {
  await db.deleteFrom("setting").where("name", "in", names).execute();
}

/** Adds to a counter that lives in a setting; the number before. */
export async function countUp(
  db: Writer,
  name: string,
  by = 1,
): Promise<number> {
  const before = Number(await getSetting(db, name) ?? "0");
  await setSetting(db, name, String(before + by));
  return before;
}
