/**
 * What to do while there is nothing to do: a medium that was left in its drive
 * is rewound and unloaded, so that the drive is quicker had by another one.
 *
 * It stays in the drive, and only one drive that would serve as well is made
 * ready so: the others stay loaded for mounts that come back.
 *
 * @module
 */
import type { DriveSituation, Situation } from "./situation.ts";

/** How long a medium is left alone: who comes back mostly does so before. */
const LEFT_FOR_MS = 120_000;

/** What is unloaded now, or when to ask again; neither where nothing is to come. */
export interface Ahead {
  readonly drive: DriveSituation | null;
  readonly nextLook: number | null;
}

/** Chooses what to unload while nothing waits and nothing runs. */
export function unloadAhead({ drives, frozen, now }: Situation): Ahead {
  if (frozen !== null) return { drive: null, nextLook: null };
  const idle = drives.filter((drive) =>
    drive.present && drive.enabled && !drive.busy && drive.holder === null
  );
  const [first] = idle.filter((drive) => isInTheWay(drive, idle))
    .toSorted((a, b) => leftSince(a) - leftSince(b));
  if (first === undefined) return { drive: null, nextLook: null };
  const due = leftSince(first) + LEFT_FOR_MS;
  return due <= now
    ? { drive: first, nextLook: null }
    : { drive: null, nextLook: due };
}

function leftSince({ evictableFrom }: DriveSituation): number {
  return evictableFrom ?? 0;
}

/** Whether a drive is loaded, and no other one is ready that takes all it takes. */
function isInTheWay(
  drive: DriveSituation,
  idle: readonly DriveSituation[],
): boolean {
  if (!isLoaded(drive)) return false;
  return !idle.some((other) =>
    !isLoaded(other) && (other.cartridgeId === null || other.unloaded) &&
    drive.writableTypes.isSubsetOf(other.writableTypes) &&
    drive.mediaTypes.isSubsetOf(other.mediaTypes)
  );
}

function isLoaded(
  { cartridgeId, evictableFrom, unloaded }: DriveSituation,
): boolean {
  return cartridgeId !== null && evictableFrom !== null && !unloaded;
}
