/**
 * What RSM knows, on disk.
 *
 * @module
 */

export * from "./answers.ts";
export { Database, type Reader, type Writer } from "./database.ts";
export * from "./enumerate.ts";
export * from "./libraries.ts";
export * from "./media.ts";
export * from "./objects.ts";
export * from "./places.ts";
export * from "./pools.ts";
export { loadRecords } from "./records.ts";
export * from "./work.ts";
