/**
 * The objects that always are: the computer, the offline library, the media
 * types and the system pools.
 *
 * @module
 */

import {
  allMediaTypes,
  countUp,
  type Database,
  deleteOperatorRequestsOfCalls,
  findPoolByPath,
  findSystemPool,
  insertComputer,
  insertLibrary,
  insertMediaType,
  insertPool,
  unfinishedRequests,
  updateMediaType,
  updateRequests,
  type Writer,
} from "../database/mod.ts";
import { type Clock, ERROR_CODES, type Random } from "../model/mod.ts";
import { commit, type Crash } from "./crash_points.ts";
import type { MediaTypes } from "./media_types.ts";

/** NTMS_LIBRARYFLAG_FIXEDOFFLINE. */
const FIXED_OFFLINE = 1;

/** The pools at the top that hold one pool for each media type. */
const SYSTEM_POOLS = [
  ["free", "Free"],
  ["import", "Import"],
  ["unrecognized", "Unrecognized"],
] as const;

async function createSystem(
  db: Writer,
  random: Random,
  now: number,
  computerName: string,
): Promise<void> {
  await insertComputer(db, {
    id: random.guid(),
    type: "computer",
    name: computerName,
  }, now);
  await insertLibrary(
    db,
    {
      id: random.guid(),
      type: "library",
      name: "Off-line media",
      description: "Cartridges that are in no library",
    },
    {
      kind: "offline",
      identity: "offline",
      device: "",
      cleanerSlotId: null,
      cleanerSlotDefaultId: null,
      supportsDriveCleaning: 0,
      barCodeReader: 0,
      trustBarCodes: 0,
      inventoryMethod: "none",
      cleanerUsesRemaining: 0,
      autoRecovery: 0,
      flags: FIXED_OFFLINE,
    },
    now,
  );
  await insertPool(
    db,
    { id: random.guid(), type: "mediaPool", name: "Root" },
    poolRow("root", "\\", null, null),
    now,
  );
  for (const [kind, name] of SYSTEM_POOLS) {
    await insertPool(
      db,
      { id: random.guid(), type: "mediaPool", name },
      poolRow(kind, `\\${name}`, null, null),
      now,
    );
  }
}

function poolRow(
  kind: "root" | "free" | "import" | "unrecognized",
  path: string,
  parentId: string | null,
  mediaTypeId: string | null,
) {
  return {
    kind,
    path,
    parentId,
    mediaTypeId,
    drawFromFree: 0,
    returnToFree: 0,
    maxAllocates: 0,
  } as const;
}

/** Adds the media types that the catalogue does not know, and corrects those of which it knows other facts. */
async function enterMediaTypes(
  db: Writer,
  types: MediaTypes,
  random: Random,
  now: number,
): Promise<void> {
  const known = new Map(
    (await allMediaTypes(db)).map((row) => [row.name, row]),
  );
  for (const type of types.rows) {
    const { name, code, sideCount, writability, deviceClass } = type;
    const facts = { code, sideCount, writability, deviceClass };
    const row = known.get(name);
    if (row === undefined) {
      const object = { id: random.guid(), type: "mediaType", name } as const;
      await insertMediaType(db, object, facts, now);
    } else if (
      row.code !== code || row.sideCount !== sideCount ||
      row.writability !== writability || row.deviceClass !== deviceClass
    ) await updateMediaType(db, row.id, facts);
  }
}

/** Makes the system pools of a media type that a library has come to handle. */
export async function addSystemPools(
  db: Writer,
  mediaType: { readonly id: string; readonly name: string },
  random: Random,
  now: number,
): Promise<void> {
  for (const [kind, name] of SYSTEM_POOLS) {
    if (await findSystemPool(db, kind, mediaType.id) !== null) continue;
    const parent = await findPoolByPath(db, `\\${name}`);
    await insertPool(
      db,
      { id: random.guid(), type: "mediaPool", name: mediaType.name },
      poolRow(
        kind,
        `\\${name}\\${mediaType.name}`,
        parent?.id ?? null,
        mediaType.id,
      ),
      now,
    );
  }
}

/**
 * Prepares the catalogue for a start of the service: makes what must be
 * there, ends the requests that the last one left, and counts the start.
 *
 * @returns The epoch.
 */
export function beginEpoch(
  ports: {
    readonly database: Database;
    readonly crash: Crash;
    readonly mediaTypes: MediaTypes;
  },
  clock: Clock,
  random: Random,
  computerName: string,
): Promise<number> {
  return commit(ports, "start", async (db) => {
    const now = clock.now();
    const epoch = await countUp(db, "epoch") + 1;
    if (epoch === 1) await createSystem(db, random, now, computerName);
    await enterMediaTypes(db, ports.mediaTypes, random, now);
    await updateRequests(db, await unfinishedRequests(db, null), {
      state: "cancelled",
      completed: now,
      errorCode: ERROR_CODES.ERROR_CANCELLED.win32,
      message: "the service stopped before it was done",
    });
    await deleteOperatorRequestsOfCalls(db);
    return epoch;
  });
}
