/**
 * What RSM decides: libraries, media, pools, allocation, the queue, operators.
 *
 * @module
 */

export type { Manager, ManagerStatus } from "./manager.ts";
export type { LibrarySource } from "./libraries.ts";
export { type ManagerOptions, openManager } from "./rsm.ts";
