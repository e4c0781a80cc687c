/**
 * What no way to schedule a trace can go below.
 *
 * @module
 */
import {
  drivePosition,
  SIZE,
  slotPosition,
  TIMING,
  travelMs,
} from "./timing.ts";
import type { TracedMount } from "./trace.ts";

/** The least work in a trace, shared out evenly, with nothing ever waiting. */
export interface Bound {
  /** The larger of arm work and drive work, where no mount waits for too long. */
  readonly withLimitMs: number;
  /** The same, where mounts may wait as long as it takes. */
  readonly withoutLimitMs: number;
}

/** Work of all arms and of all drives. */
interface Effort {
  armMs: number;
  driveMs: number;
}

/** What comes between two mounts of a cartridge: it goes home and comes back, or its drive is kept for it. */
interface Between {
  readonly reload: Effort;
  readonly keptMs: number;
}

/** What a drive is busy with when one cartridge leaves it and another one comes. */
const CHANGE_MS = TIMING.unloadMs + TIMING.pickMs + TIMING.placeMs +
  TIMING.loadMs;

/** To bring a cartridge to a drive, by an arm that was there already. */
function bringMs(slot: number): number {
  return TIMING.pickMs + travelMs(slotPosition(slot), drivePosition()) +
    TIMING.placeMs;
}

function byCartridge(
  trace: readonly TracedMount[],
): ReadonlyMap<number, TracedMount[]> {
  const groups = new Map<number, TracedMount[]>();
  for (const mount of trace) {
    const group = groups.get(mount.cartridge) ?? [];
    group.push(mount);
    groups.set(mount.cartridge, group);
  }
  return groups;
}

/**
 * Two mounts of a cartridge that came far apart cannot both be had without a
 * reload, but by a drive that is kept from when the first one ended, at the
 * latest, to when the second one came.
 */
function gapsOf(
  slot: number,
  mounts: readonly TracedMount[],
  limitMs: number,
): Between[] {
  const longestMs = Math.max(...mounts.map(({ holdMs }) => holdMs));
  return mounts.slice(1).map(({ submittedMs }, index) => {
    const before = mounts[index]?.submittedMs ?? 0;
    return {
      reload: { armMs: 2 * bringMs(slot), driveMs: CHANGE_MS },
      keptMs: Math.max(0, submittedMs - before - limitMs - longestMs),
    };
  });
}

/**
 * Counts what has to be done whatever is known beforehand: each cartridge that
 * is asked for is brought to a drive, all but the last ones leave it again,
 * each mount holds its drive, and between two mounts of a cartridge the less of
 * what can be is done.
 *
 * The larger of arm work and drive work is no less than any mean of the two, so
 * that each gap can be weighed by itself; the best of several means is taken.
 */
function leastWork(
  trace: readonly TracedMount[],
  arms: number,
  limitMs: number,
): number {
  const groups = byCartridge(trace);
  const sure: Effort = { armMs: 0, driveMs: 0 };
  const gaps: Between[] = [];
  for (const [slot, mounts] of groups) {
    sure.armMs += bringMs(slot);
    sure.driveMs += TIMING.placeMs + TIMING.loadMs;
    for (const { holdMs } of mounts) sure.driveMs += holdMs;
    for (const gap of gapsOf(slot, mounts, limitMs)) gaps.push(gap);
  }
  const leaving = Math.max(0, groups.size - SIZE.drives);
  sure.armMs += leaving * (TIMING.pickMs + TIMING.placeMs);
  sure.driveMs += leaving * (TIMING.unloadMs + TIMING.pickMs);
  let least = 0;
  for (let weight = 0; weight <= 1; weight += 0.125) {
    const mean = ({ armMs, driveMs }: Effort) =>
      weight * armMs / arms + (1 - weight) * driveMs / SIZE.drives;
    let workMs = mean(sure);
    for (const { reload, keptMs } of gaps) {
      workMs += Math.min(mean(reload), mean({ armMs: 0, driveMs: keptMs }));
    }
    least = Math.max(least, workMs);
  }
  return least;
}

/** What a trace asks of a library at least, where no mount waits longer than `limitMs`. */
export function lowerBound(
  trace: readonly TracedMount[],
  arms: number,
  limitMs: number,
): Bound {
  return {
    withLimitMs: leastWork(trace, arms, limitMs),
    withoutLimitMs: leastWork(trace, arms, Infinity),
  };
}
