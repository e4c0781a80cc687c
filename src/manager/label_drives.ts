/**
 * Whether a library has a drive at all in which a label can be worked on.
 *
 * @module
 */

import {
  allMediaTypes,
  findDriveProducts,
  type Medium,
  type Reader,
} from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import type { MediaTypes } from "./media_types.ts";

/**
 * Work that no drive of the library could ever do would wait for ever.
 *
 * @throws {NtmsError} ERROR_RESOURCE_NOT_AVAILABLE.
 */
export async function requireDrive(
  db: Reader,
  mediaTypes: MediaTypes,
  { cartridge }: Medium,
  { verb, write }: { readonly verb: string; readonly write: boolean },
): Promise<void> {
  const types = await allMediaTypes(db);
  const type = types.find(({ id }) => id === cartridge.mediaTypeId);
  const drives = await findDriveProducts(db, cartridge.libraryId);
  const use = write ? "write" : "read";
  const takes = type !== undefined &&
    [...drives.values()].some((drive) => mediaTypes.takes(drive, type, use));
  if (takes) return;
  throw new NtmsError(
    "ERROR_RESOURCE_NOT_AVAILABLE",
    `${verb} is not for cartridge ${cartridge.name}: no drive of its library ${use}s its media type`,
  );
}
