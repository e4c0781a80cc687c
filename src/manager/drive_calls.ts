/**
 * Calls on drives: whatever medium is in one is put away, or let go of where
 * the drive stands alone.
 *
 * @module
 */

import { mountPointOf } from "../changer/mod.ts";
import {
  cartridgeAt,
  findDrive,
  findMedium,
  findMount,
  findObject,
  type Medium,
  type MountRow,
  type Reader,
  sidesOf,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type DismountDriveInput,
  type DriveId,
  type DriveVolumes,
  type DriveWork,
  type EjectDiskInput,
  INFINITE,
  type LibraryRequestId,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { endMount } from "./dismounting.ts";
import { endMounts, requireMedium } from "./ejection_checks.ts";
import { keepAnswer } from "./kept_answers.ts";
import { requireOnline } from "./label_calls.ts";
import { leaveInDrive } from "./leave_in_drive.ts";
import type { Libraries } from "./libraries.ts";
import type { Library } from "./library.ts";
import { SERVICE } from "./operators.ts";
import { enterRequest } from "./requests.ts";
import { within } from "./waiting.ts";

/** Calls on drives, as the service sees them. */
export interface DriveManager {
  /** Puts away what is in a drive (DismountNtmsDrive). */
  dismount(
    caller: Caller,
    input: DismountDriveInput,
    signal?: AbortSignal,
  ): Promise<DriveWork>;
  /** Has a stand-alone drive let go of its medium (EjectDiskFromSADrive). */
  eject(
    caller: Caller,
    input: EjectDiskInput,
    signal?: AbortSignal,
  ): Promise<DriveWork>;
  /** What programs reach the medium in a drive by (GetVolumesFromDrive). */
  volumes(drive: DriveId): Promise<DriveVolumes>;
}

interface Ready {
  readonly context: Context;
  readonly libraries: Libraries;
}

/** What is in a drive, and who has it mounted. */
interface InDrive {
  readonly medium: Medium;
  readonly mount: MountRow | null;
}

/** Calls on the drives of one catalogue. */
export class DriveCalls implements DriveManager {
  readonly #ready: () => Ready;

  /** `ready` rejects calls that come before the manager is ready. */
  constructor(ready: () => Ready) {
    this.#ready = ready;
  }

  async dismount(
    caller: Caller,
    { drive, wait = false }: DismountDriveInput,
    signal?: AbortSignal,
  ): Promise<DriveWork> {
    const { context } = this.#ready();
    const library = await this.#libraryOf(drive);
    const { medium, moves, request } = await commit(
      context,
      "dismount",
      async (db) => {
        const inDrive = await requireOwn(db, caller, drive);
        library.requireRoom();
        const ended = await putAway(db, context, caller, drive, inDrive);
        const { request } = ended;
        await keepAnswer(db, context, caller, { request });
        return { ...ended, medium: inDrive.medium };
      },
    );
    if (moves) {
      const { done } = await library.dismount(caller, request, medium, drive);
      if (wait) await this.#ended(done, "The dismount", signal);
    }
    return { request };
  }

  async eject(
    caller: Caller,
    { drive, force = false, wait = false }: EjectDiskInput,
    signal?: AbortSignal,
  ): Promise<DriveWork> {
    const { context } = this.#ready();
    const library = await this.#libraryOf(drive);
    const { standAlone } = library;
    if (standAlone === null) {
      throw new NtmsError(
        "ERROR_NOT_SUPPORTED",
        `Drive ${drive} stands in library ${library.name}: eject the cartridge instead ("rsm eject")`,
      );
    }
    await this.#lookAgain(library, drive);
    const leaving = await commit(context, "portRequest", async (db) => {
      const cartridge = await cartridgeAt(db, drive);
      const left = cartridge === null
        ? null
        : await enterEjection(db, context, caller, cartridge.id, force);
      const request = left?.request ?? null;
      await keepAnswer(db, context, caller, { request });
      return left;
    });
    if (leaving === null) return { request: null };
    const { medium, request } = leaving;
    const { done } = await standAlone.eject(caller, request, medium, drive);
    if (wait) await this.#ended(done, "The ejection", signal);
    return { request };
  }

  async volumes(id: DriveId): Promise<DriveVolumes> {
    const { context } = this.#ready();
    const drive = await context.database.read((db) => findDrive(db, id));
    if (drive === null) throw noDrive(id);
    const { device } = drive;
    if (device === "") {
      throw new NtmsError(
        "ERROR_DEVICE_NOT_AVAILABLE",
        `This computer does not reach drive ${id}; see what "rsm doctor" says of it`,
      );
    }
    const mountPoint = await mountPointOf(device);
    return { drive: id, volume: device, mountPoint };
  }

  /** A person may have put something in since the drive was looked at last. */
  async #lookAgain(library: Library, drive: DriveId): Promise<void> {
    const { database } = this.#ready().context;
    if (await database.read((db) => cartridgeAt(db, drive)) !== null) return;
    const { done } = await library.inventory(SERVICE);
    await done;
  }

  /** The library at work that an enabled drive is in. */
  async #libraryOf(id: DriveId): Promise<Library> {
    const { context, libraries } = this.#ready();
    const { drive, object } = await context.database.read(async (db) => ({
      drive: await findDrive(db, id),
      object: await findObject(db, id),
    }));
    if (drive === null) throw noDrive(id);
    const library = await requireOnline(libraries, drive.libraryId);
    const obstacle = object?.enabled === 0
      ? "it is disabled"
      : object?.operationalState === "notPresent"
      ? "it is not connected"
      : null;
    if (obstacle === null) return library;
    throw new NtmsError(
      "ERROR_DEVICE_NOT_AVAILABLE",
      `Cannot empty drive ${id}: ${obstacle}`,
    );
  }

  #ended(
    done: Promise<void>,
    what: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { clock } = this.#ready().context;
    return within(done, { clock, timeoutMs: INFINITE, signal, what });
  }
}

/** What is in a drive, unless another application has it. */
async function requireOwn(
  db: Reader,
  caller: Caller,
  drive: DriveId,
): Promise<InDrive> {
  const cartridge = await cartridgeAt(db, drive);
  const sides = cartridge === null ? [] : await sidesOf(db, cartridge.id);
  for (const side of sides) {
    const mount = await findMount(db, side.id);
    if (mount === null) continue;
    const own = mount.application === caller.application &&
      mount.computer === caller.computer;
    if (!own) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `Cannot dismount drive ${drive}: application "${mount.application}" on ${mount.computer} has its medium open`,
      );
    }
    const medium = await findMedium(db, side.id);
    if (medium !== null) return { medium, mount };
  }
  const [side] = sides;
  const medium = side === undefined ? null : await findMedium(db, side.id);
  if (medium !== null) return { medium, mount: null };
  throw new NtmsError(
    "ERROR_INVALID_STATE",
    `Cannot dismount drive ${drive}: it is empty`,
  );
}

/** Enters that a medium goes, and ends its mount. */
async function putAway(
  db: Writer,
  context: Context,
  caller: Caller,
  driveId: DriveId,
  { medium, mount }: InDrive,
): Promise<{ request: LibraryRequestId; moves: boolean }> {
  if (mount !== null) {
    return await endMount(db, context, caller, { medium, mount }, {});
  }
  await leaveInDrive(db, medium, driveId, context.clock.now(), 0);
  const { cartridge, side } = medium;
  const request = await enterRequest(db, context, caller, {
    libraryId: cartridge.libraryId,
    operation: "dismount",
    sideId: side.id,
    cartridgeId: cartridge.id,
    driveId,
    slotId: cartridge.homeSlotId,
    name: `Dismount ${cartridge.name}`,
  });
  return { request, moves: true };
}

/** Enters that a medium leaves; a mounted one only by force, which ends its mounts. */
async function enterEjection(
  db: Writer,
  context: Context,
  caller: Caller,
  cartridgeId: string,
  force: boolean,
): Promise<{ request: LibraryRequestId; medium: Medium }> {
  const medium = await requireMedium(db, cartridgeId);
  const { cartridge, side } = medium;
  const mounts = await endMounts(db, context, medium, force);
  if (!force && mounts > 0) {
    throw new NtmsError(
      "ERROR_BUSY",
      `Cannot eject cartridge ${cartridge.name}: it is mounted; dismount it, or force the ejection`,
    );
  }
  const request = await enterRequest(db, context, caller, {
    libraryId: cartridge.libraryId,
    operation: "eject",
    sideId: side.id,
    cartridgeId,
    driveId: cartridge.placeId,
    name: `Eject ${cartridge.name}`,
  });
  return { request, medium };
}

function noDrive(id: string): NtmsError {
  return new NtmsError("ERROR_INVALID_DRIVE", `There is no drive ${id}`);
}
