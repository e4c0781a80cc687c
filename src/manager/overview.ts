/**
 * A library as a person wants to see it.
 *
 * @module
 */

import {
  idsInContainer,
  loadRecords,
  mapCartridgeRows,
  mapSlotRows,
  mountsInLibrary,
  type Reader,
  unfinishedRequests,
} from "../database/mod.ts";
import {
  type LibraryMap,
  type MapCartridge,
  NtmsError,
  type NtmsObject,
  type ObjectType,
  type RecordOf,
} from "../model/mod.ts";

function isOf<Type extends ObjectType>(type: Type) {
  return (record: NtmsObject): record is RecordOf<Type> => record.type === type;
}

async function members<Type extends ObjectType>(
  db: Reader,
  type: Type,
  library: string,
): Promise<RecordOf<Type>[]> {
  const container = { id: library, type: "library" } as const;
  const ids = await idsInContainer(db, type, container) ?? [];
  return (await loadRecords(db, type, ids)).filter(isOf(type));
}

/** A cartridge to which sides are still added. */
interface Growing extends Omit<MapCartridge, "sides" | "mountedBy"> {
  sides: MapCartridge["sides"][number][];
  mountedBy: string;
}

async function mapCartridges(
  db: Reader,
  library: string,
): Promise<MapCartridge[]> {
  const owners = new Map(
    (await mountsInLibrary(db, library))
      .map((mount) => [mount.sideId, mount.application]),
  );
  const cartridges = new Map<string, Growing>();
  // One row a side, those of a cartridge together.
  for (const row of await mapCartridgeRows(db, library)) {
    const { sideId, sideState, logicalMediumId, enabled, ...rest } = row;
    const cartridge: Growing = cartridges.get(row.id) ??
      { ...rest, enabled: enabled === 1, sides: [], mountedBy: "" };
    cartridge.sides.push({
      id: sideId,
      state: sideState,
      logicalMedium: logicalMediumId,
    });
    cartridge.mountedBy ||= owners.get(sideId) ?? "";
    cartridges.set(row.id, cartridge);
  }
  return [...cartridges.values()];
}

/** The map of one library. */
export async function mapLibrary(
  db: Reader,
  library: string,
): Promise<LibraryMap> {
  const [record] = (await loadRecords(db, "library", [library]))
    .filter(isOf("library"));
  if (record === undefined) {
    throw new NtmsError(
      "ERROR_INVALID_LIBRARY",
      `There is no library ${library}`,
    );
  }
  const requests = await loadRecords(
    db,
    "libraryRequest",
    await unfinishedRequests(db, library),
  );
  const slots = await mapSlotRows(db, library);
  return {
    library: record,
    drives: await members(db, "drive", library),
    slots: slots.map((row) => ({ ...row, enabled: row.enabled === 1 })),
    ports: await members(db, "port", library),
    cartridges: await mapCartridges(db, library),
    requests: requests.filter(isOf("libraryRequest")),
  };
}
