/**
 * What a drive tells of the medium in it, as what is above sees it.
 *
 * @module
 */

import type { CartridgeKind } from "../model/mod.ts";

/** What a drive tells of the medium in it; null for what it does not tell. */
export interface MediumFacts {
  /** SCSI medium type code. */
  readonly mediumTypeCode: number | null;
  /** SCSI density code. */
  readonly densityCode: number | null;
  /** Whether its switch keeps it from being written. */
  readonly writeProtected: boolean | null;
  /** Serial number of the medium. */
  readonly serialNumber: string | null;
  /** Who made the medium. */
  readonly manufacturer: string | null;
  /** What kind of cartridge it is. */
  readonly kind: CartridgeKind | null;
  /** How often it was loaded. */
  readonly loadCount: number | null;
  /** Bytes it holds. */
  readonly maximumBytes: number | null;
  /** Bytes that are left behind what is written. */
  readonly remainingBytes: number | null;
}

/** Asks a drive, which has to be ready, about its medium. */
export interface MediumTeller {
  /**
   * Gives compression and density the drive's own defaults, whatever the last
   * program set, and reads what the drive tells. A drive that knows nothing of
   * this is left as it is, and tells nothing.
   */
  prepare(): Promise<MediumFacts>;
}
