/**
 * How devices fare, and what drives tell of media.
 *
 * @module
 */

/** What is known of how often a device failed. */
export interface DeviceFailures {
  /** Failures since it last did what it was to do. */
  readonly inARow: number;
  /** When it failed last. */
  readonly lastFailed: Date;
  /** How it failed last. */
  readonly reason: string;
  /** Whether the service took it out of service for that. */
  readonly outOfService: boolean;
}

/** What a drive told of a cartridge when it was last mounted. */
export interface CartridgeMemory {
  /** Serial number of the medium; empty where it tells none. */
  readonly serialNumber: string;
  /** Who made the medium; empty where it does not tell. */
  readonly manufacturer: string;
  /** What kind of cartridge it says it is; null where it does not. */
  readonly kind: CartridgeKind | null;
  /** How often it was loaded in its life; null where it does not tell. */
  readonly loadCount: number | null;
  /** Bytes it holds; null where it does not tell. */
  readonly maximumBytes: number | null;
  /** Bytes that are left behind what is written; null where it does not tell. */
  readonly remainingBytes: number | null;
  /** Whether its switch keeps it from being written; null where the drive does not tell. */
  readonly writeProtected: boolean | null;
  /** When this was read. */
  readonly lastRead: Date;
}

/** What a cartridge says it is. */
export const CARTRIDGE_KINDS = {
  data: 0x00,
  cleaning: 0x01,
  worm: 0x80,
} as const;
/** Name of what a cartridge says it is. */
export type CartridgeKind = keyof typeof CARTRIDGE_KINDS;
