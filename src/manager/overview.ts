/**
 * Libraries as a person wants to see them.
 *
 * @module
 */

import {
  allLibraries,
  type Database,
  idsInContainer,
  loadRecords,
  mapCartridgeRows,
  mapSlotRows,
  mountsInLibrary,
  type Reader,
  type Table,
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
  const { ids = [] } = await idsInContainer(db, type, container) ?? {};
  return (await loadRecords(db, type, ids)).filter(isOf(type));
}

/** A cartridge to which sides are still added. */
interface Growing extends Omit<MapCartridge, "sides" | "mountedBy"> {
  sides: MapCartridge["sides"][number][];
  mountedBy: string;
}

/** Member by member: to spread ten thousand rows takes as long as to read them. */
function withoutSides(
  row: Omit<MapCartridge, "sides" | "mountedBy" | "enabled"> & {
    readonly enabled: number;
  },
): Growing {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled === 1,
    barCode: row.barCode,
    barCodeState: row.barCodeState,
    location: row.location,
    locationType: row.locationType,
    homeSlot: row.homeSlot,
    state: row.state,
    poolPath: row.poolPath,
    sides: [],
    mountedBy: "",
  };
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
    let cartridge = cartridges.get(row.id);
    if (cartridge === undefined) {
      cartridge = withoutSides(row);
      cartridges.set(row.id, cartridge);
    }
    cartridge.sides.push({
      id: row.sideId,
      state: row.sideState,
      logicalMedium: row.logicalMediumId,
    });
    cartridge.mountedBy ||= owners.get(row.sideId) ?? "";
  }
  return [...cartridges.values()];
}

/** The map of one library. */
async function mapLibrary(
  db: Reader,
  library: string,
  obstacle: string | null,
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
    obstacle,
    drives: await members(db, "drive", library),
    slots: slots.map(({ id, number, elementAddress, state, enabled }) => ({
      id,
      number,
      elementAddress,
      state,
      enabled: enabled === 1,
    })),
    ports: await members(db, "port", library),
    cartridges: await mapCartridges(db, library),
    requests: requests.filter(isOf("libraryRequest")),
  };
}

/** The tables that a map shows something of. */
export const MAPS_SHOW: readonly Table[] = [
  "object",
  "library",
  "changer",
  "drive",
  "deviceFailure",
  "slot",
  "port",
  "door",
  "libraryMediaType",
  "mediaPool",
  "cartridge",
  "side",
  "mount",
  "libraryRequest",
];

/**
 * Maps of libraries. Each is made once for all who ask for it until the
 * catalogue changes: one of a large library takes long to make, and as much
 * memory as all else. So it is kept only for as long as somebody has it.
 */
export class Maps {
  readonly #database: Database;
  readonly #obstacleOf: (library: string) => string | null;
  /** By the library that was asked for; the empty string for all. */
  readonly #making = new Map<string, Promise<readonly LibraryMap[]>>();
  readonly #made = new Map<string, WeakRef<readonly LibraryMap[]>>();

  /** None yet. */
  constructor(
    database: Database,
    obstacleOf: (library: string) => string | null,
  ) {
    this.#database = database;
    this.#obstacleOf = obstacleOf;
  }

  /** The catalogue has changed. */
  forget(): void {
    this.#making.clear();
    this.#made.clear();
  }

  /** The map of one library, or of all that have a device; the same array as long as nothing changes. */
  async of(library: string | null): Promise<readonly LibraryMap[]> {
    const key = library ?? "";
    const made = this.#made.get(key)?.deref();
    if (made !== undefined) return made;
    const making = this.#making.get(key) ?? this.#make(library);
    this.#making.set(key, making);
    try {
      const maps = await making;
      // What has changed meanwhile is for those who asked before.
      if (this.#making.get(key) === making) {
        this.#made.set(key, new WeakRef(maps));
      }
      return maps;
    } finally {
      if (this.#making.get(key) === making) this.#making.delete(key);
    }
  }

  #make(library: string | null): Promise<readonly LibraryMap[]> {
    return this.#database.read(async (db) => {
      const ids = library !== null
        ? [library]
        : (await allLibraries(db)).filter(({ kind }) => kind !== "offline")
          .map(({ id }) => id);
      const maps: LibraryMap[] = [];
      for (const id of ids) {
        maps.push(await mapLibrary(db, id, this.#obstacleOf(id)));
      }
      return maps;
    });
  }
}
