/**
 * Enabling and disabling libraries, drives and cartridges.
 *
 * @module
 */

import {
  drivesOf,
  findMedium,
  findMount,
  findObject,
  loadRecords,
  type Medium,
  type Reader,
  updateObjectRow,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type CartridgeRecord,
  type DriveRecord,
  type Guid,
  type LibraryOperation,
  type LibraryRecord,
  type LibraryRequestId,
  NtmsError,
  type SwitchableType,
  type SwitchInput,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { takeBackIntoService } from "./device_failures.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { Library, LibraryFinder } from "./library.ts";
import { SERVICE } from "./operators.ts";
import { enterRequest, passRequests } from "./requests.ts";

type Switchable = LibraryRecord | DriveRecord | CartridgeRecord;

const OPERATIONS: Readonly<
  Record<
    SwitchableType,
    { enable: LibraryOperation; disable: LibraryOperation }
  >
> = {
  library: { enable: "enableLibrary", disable: "disableLibrary" },
  drive: { enable: "enableDrive", disable: "disableDrive" },
  cartridge: { enable: "enableMedia", disable: "disableMedia" },
};

/** A medium to be put away from a drive that is no longer used. */
interface Leaving {
  readonly library: Library;
  readonly medium: Medium;
  readonly driveId: string;
  readonly request: LibraryRequestId;
}

/**
 * Enables or disables an object; the library request that did it. Mounts that
 * want what is disabled fail, also those that run; what disabled drives were
 * left with is put away.
 */
export async function switchObject(
  context: Context,
  find: LibraryFinder,
  caller: Caller,
  input: SwitchInput,
  enabled: boolean,
): Promise<LibraryRequestId> {
  const { leaving, record, request } = await commit(
    context,
    "switched",
    async (db) => {
      const record = await findSwitchable(db, input);
      if (record.enabled === enabled) {
        throw new NtmsError(
          "ERROR_INVALID_STATE",
          `The ${record.type} ${record.name} is ${
            enabled ? "enabled" : "disabled"
          } already`,
        );
      }
      const verb = enabled ? "enable" : "disable";
      const request = await enterRequest(db, context, caller, {
        libraryId: record.type === "library" ? record.id : record.library,
        operation: OPERATIONS[record.type][verb],
        name: `${verb} ${record.name}`,
        ...subjectOf(record),
      });
      const now = context.clock.now();
      if (enabled) await takeBackIntoService(db, context, record.id);
      await updateObjectRow(db, record.id, { enabled: enabled ? 1 : 0 }, now);
      await passRequests(db, context, [request]);
      await keepAnswer(db, context, caller, { request });
      const leaving = enabled ? [] : await leaveAll(db, context, find, record);
      return { leaving, record, request };
    },
  );
  if (!enabled) refuseRunning(find, record);
  for (const { driveId, library, medium, request } of leaving) {
    await library.dismount(SERVICE, request, medium, driveId);
  }
  return request;
}

/** Gives up the mounts that run and want what has been disabled. */
function refuseRunning(find: LibraryFinder, record: Switchable): void {
  const { id, name, type } = record;
  const library = atWork(find, type === "library" ? id : record.library);
  library?.abandonMountsThat(
    ({ media }) =>
      type === "library" ||
      media.some(({ cartridgeId, driveId }) =>
        (type === "drive" ? driveId : cartridgeId) === id
      ),
    new NtmsError(
      "ERROR_RESOURCE_DISABLED",
      `Cannot mount: ${type} ${name} was disabled`,
    ),
  );
}

/** Enters the dismounts of what was left in drives that are disabled now. */
async function leaveAll(
  db: Writer,
  context: Context,
  find: LibraryFinder,
  record: Switchable,
): Promise<Leaving[]> {
  if (record.type === "cartridge") return [];
  const ids = record.type === "drive"
    ? [record.id]
    : (await drivesOf(db, record.id)).map(({ id }) => id);
  const all: Leaving[] = [];
  for (const drive of await loadRecords(db, "drive", ids)) {
    const leaving = drive.type === "drive"
      ? await leave(db, context, find, drive)
      : null;
    if (leaving !== null) all.push(leaving);
  }
  return all;
}

function subjectOf(record: Switchable) {
  switch (record.type) {
    case "library":
      return {};
    case "drive":
      return { driveId: record.id };
    case "cartridge":
      return { cartridgeId: record.id };
  }
}

async function findSwitchable(
  db: Reader,
  { id, type }: SwitchInput,
): Promise<Switchable> {
  const object = await findObject(db, id);
  const [record] = object === null || (type ?? object.type) !== object.type
    ? []
    : await loadRecords(db, object.type, [id]);
  switch (record?.type) {
    case "library":
      if (record.kind !== "offline") return record;
      throw new NtmsError(
        "ERROR_LIBRARY_OFFLINE",
        "The offline library has no device to enable or disable",
      );
    case "drive":
    case "cartridge":
      return record;
    default:
      throw notFound(id, type);
  }
}

function notFound(id: Guid, type: SwitchableType | null): NtmsError {
  return new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    `There is no ${type ?? "library, drive or cartridge"} ${id}`,
  );
}

/** Enters the dismount of what a deferred dismount left in a drive, where that can be done. */
async function leave(
  db: Writer,
  context: Context,
  find: LibraryFinder,
  drive: DriveRecord,
): Promise<Leaving | null> {
  const medium = drive.side === null ? null : await findMedium(db, drive.side);
  const isLeft = drive.state === "dismountable" || drive.state === "unloaded";
  if (medium === null || !isLeft) return null;
  if (await findMount(db, medium.side.id) !== null) return null;
  const library = atWork(find, drive.library);
  if (library === null) return null;
  const request = await enterRequest(db, context, SERVICE, {
    libraryId: drive.library,
    operation: "dismount",
    sideId: medium.side.id,
    cartridgeId: medium.cartridge.id,
    driveId: drive.id,
    slotId: medium.cartridge.homeSlotId,
    name: `Dismount ${medium.cartridge.name}`,
  });
  return { library, medium, driveId: drive.id, request };
}

/** A library that is at work; null where it is not connected. */
export function atWork(find: LibraryFinder, id: string): Library | null {
  try {
    return find(id);
  } catch (error) {
    const absent = error instanceof NtmsError &&
      error.code === "ERROR_DEVICE_NOT_AVAILABLE";
    if (absent) return null;
    throw error;
  }
}
