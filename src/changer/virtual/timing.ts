/**
 * How long the virtual library takes: like a small tape library, some times
 * faster, or no time at all.
 *
 * @module
 */

/** Times of the robot and the drives, in milliseconds. */
export interface Timing {
  /** Taking a cartridge out of an element, or putting one in. */
  readonly gripMs: number;
  /** Travel from one end of the addresses to the other. */
  readonly crossingMs: number;
  /** From a cartridge's arrival in a drive until it can be read. */
  readonly loadMs: number;
  /** Rewinding and letting go of a cartridge. */
  readonly unloadMs: number;
  /** Looking at one element in an initialization. */
  readonly scanMs: number;
  /** Cleaning a drive, from the arrival of the cleaning cartridge on. */
  readonly cleanMs: number;
}

const NO_TIME: Timing = {
  gripMs: 0,
  crossingMs: 0,
  loadMs: 0,
  unloadMs: 0,
  scanMs: 0,
  cleanMs: 0,
};

const REAL_TIME: Timing = {
  gripMs: 4_000,
  crossingMs: 6_000,
  loadMs: 15_000,
  unloadMs: 20_000,
  scanMs: 500,
  cleanMs: 120_000,
};

/** How fast a virtual library is: at once, like a real one, or that many times faster. */
export type Speed = "none" | "real" | number;

/** The times at a speed. */
export function timingOf(speed: Speed): Timing {
  if (speed === "none") return NO_TIME;
  if (speed === "real") return REAL_TIME;
  return {
    gripMs: REAL_TIME.gripMs / speed,
    crossingMs: REAL_TIME.crossingMs / speed,
    loadMs: REAL_TIME.loadMs / speed,
    unloadMs: REAL_TIME.unloadMs / speed,
    scanMs: REAL_TIME.scanMs / speed,
    cleanMs: REAL_TIME.cleanMs / speed,
  };
}

/**
 * Travel over a part of the way, given in fractions of it: places stand in the
 * order of their addresses, whatever gaps those have.
 */
export function travelMs(timing: Timing, from: number, to: number): number {
  return timing.crossingMs * Math.abs(to - from);
}
