/**
 * Queries on the labels of sides.
 *
 * @module
 */

import type { SideState } from "../model/mod.ts";
import type { Reader, Writer } from "./database.ts";
import type { SideRow } from "./media.ts";
import { updateRow } from "./prepared.ts";

/** The sides of which a label is known, by type and id of the label. */
export function sidesOfLabel(
  db: Reader,
  label: { readonly type: string; readonly id: string },
): Promise<SideRow[]> {
  // The first condition is that of the index.
  return db.selectFrom("side").selectAll().where("labelId", "!=", "")
    .where("labelId", "=", label.id).where("labelType", "=", label.type)
    .execute();
}

/** A cartridge, as an identification needs it. */
export interface CartridgeToRead {
  readonly id: string;
  /** Whether somebody uses it. */
  readonly mounted: boolean;
}

/**
 * The cartridges of a library that stand in slots and drives and may be read,
 * by place. `uncertain`: only those that nobody owns and no label tells.
 *
 * @param options Media of the type `cleanerCode` only wear the drives.
 */
export async function cartridgesToRead(
  db: Reader,
  libraryId: string,
  { cleanerCode, uncertain }: {
    readonly uncertain: boolean;
    readonly cleanerCode: number;
  },
): Promise<CartridgeToRead[]> {
  let query = db.selectFrom("cartridge")
    .innerJoin("object", "object.id", "cartridge.id")
    .innerJoin("mediaType", "mediaType.id", "cartridge.mediaTypeId")
    .innerJoin("side", "side.cartridgeId", "cartridge.id")
    .leftJoin("mount", "mount.sideId", "side.id")
    .select(["cartridge.id", "mount.sideId as mounted"])
    .where("cartridge.libraryId", "=", libraryId)
    .where("cartridge.placeType", "in", ["slot", "drive"])
    .where("cartridge.placeId", "is not", null)
    .where("object.enabled", "=", 1)
    .where("mediaType.deviceClass", "=", "tape")
    .where("mediaType.code", "!=", cleanerCode)
    .where("side.sideNumber", "=", 0)
    .where("side.state", "!=", "incompatible")
    .orderBy("cartridge.placeType").orderBy("object.position");
  if (uncertain) {
    query = query.where("side.labelType", "=", "")
      .where("side.state", "in", UNOWNED);
  }
  const rows = await query.execute();
  return rows.map(({ id, mounted }) => ({ id, mounted: mounted !== null }));
}

/** States of sides that a label decides about. */
const UNOWNED: readonly SideState[] = ["unknown", "foreign", "import"];

/** Sides in the free pools of a library that wait for a free label. */
export async function cartridgesToPrepare(
  db: Reader,
  libraryId: string,
): Promise<string[]> {
  const rows = await db.selectFrom("side")
    .innerJoin("cartridge", "cartridge.id", "side.cartridgeId")
    .innerJoin("mediaPool", "mediaPool.id", "side.poolId")
    .select("cartridge.id").distinct()
    .where("side.state", "=", "unprepared")
    .where("mediaPool.kind", "=", "free")
    .where("cartridge.libraryId", "=", libraryId)
    .where("cartridge.placeType", "in", ["slot", "drive"])
    .where("cartridge.placeId", "is not", null).execute();
  return rows.map(({ id }) => id);
}

/** The library of a slot; null where there is no such slot. */
export async function libraryOfSlot(
  db: Reader,
  slotId: string,
): Promise<string | null> {
  const row = await db.selectFrom("slot").select("libraryId")
    .where("id", "=", slotId).executeTakeFirst();
  return row?.libraryId ?? null;
}

/** Takes an object out of use, as DisableNtmsObject does. */
export async function disableRow(
  db: Writer,
  id: string,
  now: number,
): Promise<void> {
  await updateRow(db, "object", id, { enabled: 0, modified: now });
}
