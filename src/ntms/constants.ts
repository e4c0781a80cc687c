/**
 * All documented constants and error codes, by their documented names.
 *
 * @module
 */

export * from "./error_constants.ts";
export * from "./library_constants.ts";
export * from "./limit_constants.ts";
export * from "./media_constants.ts";
export * from "./media_type_constants.ts";
export * from "./object_constants.ts";
export * from "./request_constants.ts";
export * from "./structure_sizes.ts";
