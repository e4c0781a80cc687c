/**
 * Reads objects as the records that sessions hand out: one loader a type.
 *
 * @module
 */

import type { NtmsObject, ObjectType } from "../model/mod.ts";
import type { Reader } from "./database.ts";
import {
  loadChangers,
  loadComputers,
  loadDeviceTypes,
  loadDoors,
  loadDrives,
  loadLibraries,
  loadPorts,
  loadSlots,
} from "./library_records.ts";
import {
  loadCartridges,
  loadLogicalMedia,
  loadMediaTypes,
  loadPools,
  loadSides,
} from "./media_records.ts";
import { LONGEST_LIST } from "./prepared_list.ts";
import type { Loader } from "./record_parts.ts";
import { loadLibraryRequests, loadOperatorRequests } from "./work_records.ts";

const LOADERS: Readonly<Record<ObjectType, Loader>> = {
  computer: loadComputers,
  library: loadLibraries,
  changer: loadChangers,
  changerType: loadDeviceTypes("changerType"),
  drive: loadDrives,
  driveType: loadDeviceTypes("driveType"),
  slot: loadSlots,
  door: loadDoors,
  port: loadPorts,
  cartridge: loadCartridges,
  side: loadSides,
  logicalMedium: loadLogicalMedia,
  mediaPool: loadPools,
  mediaType: loadMediaTypes,
  libraryRequest: loadLibraryRequests,
  operatorRequest: loadOperatorRequests,
  // Destinations are rows of other objects, never objects by themselves.
  uiDestination: () => Promise.resolve([]),
};

/** The records of objects of one type, in the order of their ids; ids that are gone are left out. */
export async function loadRecords(
  db: Reader,
  type: ObjectType,
  ids: readonly string[],
): Promise<NtmsObject[]> {
  const load = LOADERS[type];
  const found = new Map<string, NtmsObject>();
  for (let start = 0; start < ids.length; start += LONGEST_LIST) {
    const some = ids.slice(start, start + LONGEST_LIST);
    for (const record of await load(db, some)) {
      found.set(record.id, record);
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}
