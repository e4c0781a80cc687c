/**
 * What RSM decides: libraries, media, pools, allocation, the queue, operators.
 *
 * @module
 */

export { allCrashPoints, type Crash, type CrashPoint } from "./crash_points.ts";
export { otherCall } from "./kept_answers.ts";
export type { Manager, ManagerStatus } from "./manager.ts";
export type { LibrarySource } from "./libraries.ts";
export { type ManagerOptions, openManager } from "./rsm.ts";
