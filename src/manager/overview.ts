/**
 * A library as a person wants to see it.
 *
 * @module
 */

import {
  allPools,
  allSidesIn,
  idsInContainer,
  loadRecords,
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

async function mapCartridges(
  db: Reader,
  library: string,
): Promise<MapCartridge[]> {
  const paths = new Map((await allPools(db)).map(({ id, path }) => [id, path]));
  const owners = new Map(
    (await mountsInLibrary(db, library))
      .map((mount) => [mount.sideId, mount.application]),
  );
  const sides = Map.groupBy(
    await allSidesIn(db, library),
    ({ cartridgeId }) => cartridgeId,
  );
  return (await members(db, "cartridge", library)).map((cartridge) => {
    const own = sides.get(cartridge.id) ?? [];
    return {
      ...cartridge,
      poolPath: paths.get(cartridge.mediaPool) ?? "",
      sides: own.map(({ id, state, logicalMediumId }) => ({
        id,
        state,
        logicalMedium: logicalMediumId,
      })),
      mountedBy: own.map(({ id }) =>
        owners.get(id) ?? ""
      ).find((owner) => owner !== "") ?? "",
    };
  });
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
  return {
    library: record,
    drives: await members(db, "drive", library),
    slots: await members(db, "slot", library),
    ports: await members(db, "port", library),
    cartridges: await mapCartridges(db, library),
    requests: requests.filter(isOf("libraryRequest")),
  };
}
