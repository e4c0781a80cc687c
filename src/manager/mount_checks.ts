/**
 * What is checked of a mount before anything is queued.
 *
 * @module
 */

import {
  allMediaTypes,
  findDrive,
  findDriveProducts,
  findLibraryById,
  findMedium,
  findObject,
  isCleanerType,
  mediaTypesOf,
  type Medium,
  onlineLibraries,
  type Reader,
} from "../database/mod.ts";
import { LIMITS, type MountInput, NtmsError } from "../model/mod.ts";
import type { MediaTypes, MediumUse } from "./media_types.ts";

const HIGHEST_PRIORITY = 15;

/** What a drive does for a mount. */
const VERBS = { read: "takes", write: "writes" } as const;

/** A mount that passed its checks. */
export interface CheckedMount {
  readonly libraryId: string;
  readonly media: readonly Medium[];
  readonly driveIds: readonly (string | null)[];
  readonly offline: readonly Medium[];
}

/**
 * Checks what can be told from the call alone.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER.
 */
export function checkShape(input: MountInput): void {
  const { media, drives, priority } = input;
  const bad = media.length === 0
    ? "no medium is named"
    : media.length > LIMITS.mediaInOneCall
    ? `more than ${LIMITS.mediaInOneCall} media are named`
    : drives !== undefined && drives.length !== media.length
    ? `${media.length} media and ${drives.length} drives are named`
    : !Number.isInteger(priority) || Math.abs(priority) > HIGHEST_PRIORITY
    ? `priority ${priority} is not a whole number from -15 to 15`
    : null;
  if (bad !== null) {
    throw new NtmsError("ERROR_INVALID_PARAMETER", `Cannot mount: ${bad}`);
  }
}

/** Checks a mount against the catalogue, and finds its library. */
export async function checkMount(
  db: Reader,
  input: MountInput,
  types: MediaTypes,
): Promise<CheckedMount> {
  const media = await findMedia(db, input.media, "mount");
  const offline: Medium[] = [];
  const libraries = new Set<string>();
  for (const medium of media) {
    requireMountable(medium, input);
    if (await isCleanerType(db, medium.cartridge.mediaTypeId)) {
      throw new NtmsError(
        "ERROR_INVALID_MEDIA",
        `Cannot mount cartridge ${medium.cartridge.name}: it is a cleaning cartridge; clean a drive with it ("rsm clean")`,
      );
    }
    const library = await findLibraryById(db, medium.cartridge.libraryId);
    if (library.kind !== "offline") libraries.add(library.id);
    else if (!input.errorIfOffline) offline.push(medium);
    else {
      throw new NtmsError(
        "ERROR_MEDIA_OFFLINE",
        `Cannot mount cartridge ${medium.cartridge.name}: it is in no library; put it back and take an inventory`,
      );
    }
  }
  if (libraries.size > 1) {
    throw new NtmsError(
      "ERROR_INVALID_LIBRARY",
      "Cannot mount media of several libraries in one call; mount them in calls of their own",
    );
  }
  const libraryId = [...libraries][0] ??
    await libraryOfDrive(db, input.drives) ?? await libraryFor(db, offline);
  await requireLibrary(db, libraryId);
  const driveIds = await checkDrives(db, input, types, libraryId, media);
  return { libraryId, media, driveIds, offline };
}

/** The media that ids name, none twice. */
export async function findMedia(
  db: Reader,
  ids: readonly string[],
  verb: string,
): Promise<Medium[]> {
  const media: Medium[] = [];
  for (const id of ids) {
    const medium = await findMedium(db, id);
    if (medium === null) {
      throw new NtmsError(
        "ERROR_INVALID_MEDIA",
        `Cannot ${verb} ${id}: no logical medium or side has this id`,
      );
    }
    if (media.some(({ cartridge }) => cartridge.id === medium.cartridge.id)) {
      throw new NtmsError(
        "ERROR_INVALID_MEDIA",
        `Cannot ${verb}: cartridge ${medium.cartridge.name} is named twice`,
      );
    }
    media.push(medium);
  }
  return media;
}

function requireMountable(medium: Medium, input: MountInput): void {
  const { side, cartridge } = medium;
  if (!cartridge.enabled) {
    throw new NtmsError(
      "ERROR_RESOURCE_DISABLED",
      `Cannot mount cartridge ${cartridge.name}: it is disabled`,
    );
  }
  if (side.state === "incompatible") {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot mount cartridge ${cartridge.name}: it does not fit the drives of its library`,
    );
  }
  if (input.write && side.state === "complete") {
    throw new NtmsError(
      "ERROR_WRITE_PROTECT",
      `Cannot mount cartridge ${cartridge.name} for writing: the side is complete; mount it for reading`,
    );
  }
}

/** Where the operator brings a medium that is wanted in a drive; null where that is not said. */
async function libraryOfDrive(
  db: Reader,
  drives: MountInput["drives"],
): Promise<string | null> {
  const drive = await findDrive(db, drives?.[0] ?? "");
  return drive?.libraryId ?? null;
}

/** Where the operator brings a medium: a library that handles its type. */
async function libraryFor(
  db: Reader,
  offline: readonly Medium[],
): Promise<string> {
  const [medium] = offline;
  for (const id of await onlineLibraries(db)) {
    const types = await mediaTypesOf(db, id);
    if (medium !== undefined && types.includes(medium.cartridge.mediaTypeId)) {
      return id;
    }
  }
  throw new NtmsError(
    "ERROR_MEDIA_OFFLINE",
    `Cannot mount cartridge ${
      medium?.cartridge.name ?? ""
    }: it is in no library, and no library takes it`,
  );
}

async function requireLibrary(db: Reader, id: string): Promise<void> {
  const library = await findObject(db, id);
  if (library?.enabled === 0) {
    throw new NtmsError(
      "ERROR_RESOURCE_DISABLED",
      `Cannot mount: library ${id} is disabled`,
    );
  }
  if (library?.operationalState === "notPresent") {
    throw new NtmsError(
      "ERROR_DEVICE_NOT_AVAILABLE",
      `Cannot mount: library ${id} is not connected; "rsm doctor" tells why`,
    );
  }
}

async function checkDrives(
  db: Reader,
  input: MountInput,
  types: MediaTypes,
  libraryId: string,
  media: readonly Medium[],
): Promise<(string | null)[]> {
  const products = await findDriveProducts(db, libraryId);
  const catalogue = new Map(
    (await allMediaTypes(db)).map((row) => [row.id, row]),
  );
  const use: MediumUse = input.write === true ? "write" : "read";
  const fits = (driveId: string, medium: Medium) => {
    const type = catalogue.get(medium.cartridge.mediaTypeId);
    const drive = products.get(driveId);
    return drive !== undefined && type !== undefined &&
      types.takes(drive, type, use);
  };
  if (use === "write") {
    for (const { cartridge } of media) {
      const type = catalogue.get(cartridge.mediaTypeId);
      if (type?.writability === "readOnly") throw notWritable(cartridge, type);
    }
  }
  if (input.drives !== undefined) {
    return await checkSpecificDrives(
      db,
      input.drives,
      media,
      products,
      fits,
      use,
    );
  }
  const usable = [...products].filter(([, drive]) => drive.usable)
    .map(([id]) => id);
  for (const medium of media) {
    if (usable.some((id) => fits(id, medium))) continue;
    throw new NtmsError(
      "ERROR_RESOURCE_NOT_AVAILABLE",
      `Cannot mount cartridge ${medium.cartridge.name}${
        use === "write" ? " for writing" : ""
      }: no drive in use ${VERBS[use]} its media type`,
    );
  }
  if (media.length > usable.length) {
    throw new NtmsError(
      "ERROR_RESOURCE_NOT_AVAILABLE",
      `Cannot mount ${media.length} media at once: the library has ${usable.length} usable drives`,
    );
  }
  return media.map(() => null);
}

function notWritable(
  cartridge: { readonly name: string },
  type: { readonly name: string },
): NtmsError {
  return new NtmsError(
    "ERROR_WRITE_PROTECT",
    `Cannot mount cartridge ${cartridge.name} for writing: media of type ${type.name} are not written; mount it for reading`,
  );
}

async function checkSpecificDrives(
  db: Reader,
  drives: readonly string[],
  media: readonly Medium[],
  products: ReadonlyMap<string, { usable: boolean }>,
  fits: (driveId: string, medium: Medium) => boolean,
  use: MediumUse,
): Promise<string[]> {
  for (const [index, driveId] of drives.entries()) {
    const object = await findObject(db, driveId);
    const medium = media[index];
    if (object?.type !== "drive" || drives.indexOf(driveId) !== index) {
      throw new NtmsError(
        "ERROR_INVALID_DRIVE",
        `Cannot mount in drive ${driveId}: ${
          object?.type === "drive"
            ? "it is named twice"
            : "there is no such drive"
        }`,
      );
    }
    const drive = products.get(driveId);
    if (drive === undefined || medium === undefined || !fits(driveId, medium)) {
      throw new NtmsError(
        "ERROR_DRIVE_MEDIA_MISMATCH",
        `Cannot mount cartridge ${
          medium?.cartridge.name ?? ""
        } in drive ${driveId}: ${
          drive === undefined
            ? "they are in different libraries"
            : `the drive is none that ${VERBS[use]} its media type`
        }`,
      );
    }
    if (!drive.usable) {
      throw new NtmsError(
        "ERROR_RESOURCE_DISABLED",
        `Cannot mount in drive ${driveId}: it is disabled or not connected`,
      );
    }
  }
  return [...drives];
}
