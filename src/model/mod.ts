/**
 * The words that all rooms share: ids, states, object records, errors, limits
 * and the ports for time and chance. It imports nothing.
 *
 * @module
 */

export * from "./calls.ts";
export type * from "./database_calls.ts";
export * from "./errors.ts";
export * from "./ids.ts";
export * from "./limits.ts";
export * from "./managing_calls.ts";
export type * from "./notifications.ts";
export * from "./objects.ts";
export * from "./operator_calls.ts";
export * from "./ports.ts";
export * from "./states.ts";
