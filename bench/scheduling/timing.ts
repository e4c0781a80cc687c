/**
 * How long the parts of a mount take in the library of the benchmark, and where
 * its places are along the way of the arms.
 *
 * @module
 */

/** Times of the library. */
export const TIMING = {
  pickMs: 4_000,
  placeMs: 4_000,
  /** Load and thread. */
  loadMs: 15_000,
  /** Rewind and unload. */
  unloadMs: 20_000,
  /** To start and stop, whatever the way is. */
  travelLeastMs: 500,
  /** From the first slot to the last one. */
  travelWholeMs: 8_000,
} as const;

/** How many slots and drives it has; every slot has its cartridge. */
export const SIZE = { slots: 5_000, drives: 12 } as const;

/** Where a slot is, from 0 to 1. */
export function slotPosition(slot: number): number {
  return slot / (SIZE.slots - 1);
}

/** Where a drive is: the drives stand in one column in the middle. */
export function drivePosition(): number {
  return 0.5;
}

/** How long an arm needs from one place to another. */
export function travelMs(from: number, to: number): number {
  if (from === to) return 0;
  return TIMING.travelLeastMs + Math.abs(from - to) * TIMING.travelWholeMs;
}
