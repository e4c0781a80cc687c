/**
 * What has to be so before a cartridge is let out of its library.
 *
 * @module
 */

import {
  deleteMount,
  findCartridge,
  findLibraryById,
  findMedium,
  findMount,
  findObject,
  isBeingEjected,
  type Medium,
  portsOf,
  type Reader,
  sidesOf,
  type Writer,
} from "../database/mod.ts";
import { type CartridgeId, NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { leaveInDrive } from "./leave_in_drive.ts";
import type { Libraries } from "./libraries.ts";
import type { Library } from "./library.ts";

/** A cartridge by its first side; what a mount is about is one. */
export async function requireMedium(
  db: Reader,
  id: CartridgeId,
): Promise<Medium> {
  const cartridge = await findCartridge(db, id);
  const [side] = cartridge === null ? [] : await sidesOf(db, id);
  const medium = side === undefined ? null : await findMedium(db, side.id);
  if (medium === null) {
    throw new NtmsError("ERROR_INVALID_MEDIA", `There is no cartridge ${id}`);
  }
  const { enabled, name } = medium.cartridge;
  if (!enabled) {
    throw new NtmsError(
      "ERROR_MEDIA_NOT_AVAILABLE",
      `Cannot eject cartridge ${name}: it is disabled`,
    );
  }
  if (await isBeingEjected(db, id)) {
    throw new NtmsError(
      "ERROR_BUSY",
      `Cannot eject cartridge ${name}: it is being ejected already, or queued for that`,
    );
  }
  return medium;
}

/** The library at work that a cartridge is in. */
export async function requireLibrary(
  db: Reader,
  libraries: Libraries,
  { cartridge }: Medium,
): Promise<Library> {
  const library = await findLibraryById(db, cartridge.libraryId);
  if (library.kind === "offline") {
    throw new NtmsError(
      "ERROR_LIBRARY_OFFLINE",
      `Cannot eject cartridge ${cartridge.name}: it is in no library`,
    );
  }
  const object = await findObject(db, library.id);
  if (object?.enabled === 0) {
    throw new NtmsError(
      "ERROR_RESOURCE_DISABLED",
      `Cannot eject cartridge ${cartridge.name}: its library is disabled`,
    );
  }
  return libraries.find(library.id);
}

/** Refuses what only a library with ports can do. */
export async function requirePorts(
  db: Reader,
  library: Library,
): Promise<void> {
  if ((await portsOf(db, library.id)).length > 0) return;
  throw new NtmsError(
    "ERROR_NOT_SUPPORTED",
    `Library ${library.name} has no ports; let somebody at its door instead ("rsm door")`,
  );
}

/** How many sides of a cartridge are mounted; ends the mounts when forced. */
export async function endMounts(
  db: Writer,
  context: Context,
  medium: Medium,
  force: boolean,
): Promise<number> {
  let count = 0;
  for (const side of await sidesOf(db, medium.cartridge.id)) {
    const mount = await findMount(db, side.id);
    if (mount === null) continue;
    count++;
    if (!force) continue;
    await deleteMount(db, side.id);
    const mounted = { ...medium, side };
    await leaveInDrive(db, mounted, mount.driveId, context.clock.now(), 0);
  }
  return count;
}
