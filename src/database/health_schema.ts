/**
 * The tables of what is known of the health of devices and media.
 *
 * @module
 */

import type { CartridgeKind } from "../model/mod.ts";

/** How often a drive or library failed in a row; those that never failed have no row. */
export interface DeviceFailureTable {
  objectId: string;
  /** Failures since it last did what it was to do. */
  inARow: number;
  /** When it failed last. */
  last: number;
  /** How it failed last, for people. */
  reason: string;
  /** Whether the service disabled it for that. */
  outOfService: 0 | 1;
}

/** What the drive told of a cartridge at its last mount; those that nobody could tell anything of have no row. */
export interface CartridgeMemoryTable {
  objectId: string;
  serialNumber: string;
  manufacturer: string;
  kind: CartridgeKind | null;
  loadCount: number | null;
  maximumBytes: number | null;
  remainingBytes: number | null;
  writeProtected: 0 | 1 | null;
  /** When it was read. */
  told: number;
}
