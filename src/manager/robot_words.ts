/**
 * How the work of a robot names cartridges, and what it cannot reach.
 *
 * @module
 */

import type { CartridgeRow } from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";

/** The bar code of a cartridge, or its number where it has none. */
export function label(cartridge: CartridgeRow): string {
  return cartridge.barCode || cartridge.sequenceNumber;
}

/** The error of a drive that this computer does not reach. */
export function unreachable(what: string): NtmsError {
  return new NtmsError(
    "ERROR_DEVICE_NOT_AVAILABLE",
    `This computer does not reach ${what}; see what "rsm doctor" says of it`,
  );
}

/** The error of a drive whose media nobody can read. */
export function unreadable(what: string): NtmsError {
  return new NtmsError(
    "ERROR_NOT_SUPPORTED",
    `The media in ${what} have bar codes only: it is the drive of a model`,
  );
}
