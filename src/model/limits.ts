/**
 * Every bound of the system in one place. Each has a documented answer when
 * it is reached, named beside it.
 *
 * @module
 */

/** Bounds in force; lengths are in UTF-16 units without a terminating null. */
export const LIMITS = {
  /** Object and application names; ERROR_INVALID_PARAMETER. */
  nameLength: 64,
  /** Object descriptions; ERROR_INVALID_PARAMETER. */
  descriptionLength: 127,
  /** Path of a media pool, all levels; ERROR_INVALID_PARAMETER. */
  poolPathLength: 512,
  /** Bar codes; longer ones of a device are cut off. */
  barCodeLength: 64,
  /** Body of one HTTP request, in bytes; 413 and ERROR_INVALID_PARAMETER. */
  requestBodyBytes: 1 << 20,
  /** Sessions open at one time; ERROR_NOT_ENOUGH_MEMORY. */
  sessions: 10_000,
  /** Sides in one mount or dismount; ERROR_INVALID_PARAMETER. */
  mediaInOneCall: 256,
  /** Unfinished library requests of one library; ERROR_BUSY. */
  queuedRequests: 10_000,
  /** Calls that wait for an allocation at one time; ERROR_BUSY. */
  waitingAllocations: 10_000,
  /** Hardware calls in flight in one process; further ones wait in order. */
  hardwareCallsInFlight: 24,
  /** Elements asked for in one READ ELEMENT STATUS; asked in more commands. */
  elementsInOneRead: 1_000,
  /** Longest wait that is told apart from waiting for ever, ms. */
  longestWaitMs: 0xffff_fffe,
} as const;

/** The time-out value that means waiting for ever. */
export const INFINITE = 0xffff_ffff;

/** The characters no name may have: controls, and the pool path's separator. */
const FORBIDDEN = /[\p{Cc}\\]/u;

/** Whether `name` may be the name of an object: 1 to 64 characters, none of them a control character or a backslash. */
export function isObjectName(name: string): boolean {
  return name.length >= 1 && name.length <= LIMITS.nameLength &&
    !FORBIDDEN.test(name);
}

/** Whether `name` may be the name of an application: 1 to 64 characters, no control characters. */
export function isApplicationName(name: string): boolean {
  return name.length >= 1 && name.length <= LIMITS.nameLength &&
    !/\p{Cc}/u.test(name);
}

/**
 * The levels of the path of a media pool, such as `\App\Daily`; the first
 * backslash may be left out.
 *
 * @returns `null` where it is no path: a level is no object name, or all
 * together are longer than 512 characters.
 */
export function poolPathLevels(path: string): string[] | null {
  const levels = path.replace(/^\\/, "").split("\\");
  return path.length <= LIMITS.poolPathLength && levels.every(isObjectName)
    ? levels
    : null;
}
