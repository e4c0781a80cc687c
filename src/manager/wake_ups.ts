/**
 * Which commits may let go on what waits.
 *
 * @module
 */

import type { Table } from "../database/mod.ts";

/** The tables that tell which work of a library can start. */
export const WORK_STARTS_BY: readonly Table[] = [
  "cartridge",
  "deviceType",
  "drive",
  "library",
  "mediaType",
  "mount",
  "object",
];

/** The tables that tell which medium an allocation gets. */
export const MEDIA_ARE_CHOSEN_BY: readonly Table[] = [
  "cartridge",
  "library",
  "logicalMedium",
  "mediaPool",
  "object",
  "side",
];
