/**
 * The words that all rooms share: ids, states, object records, errors, limits
 * and the ports for time and chance. It imports nothing.
 *
 * @module
 */

export type * from "./audit.ts";
export * from "./calls.ts";
export * from "./cleaner_calls.ts";
export * from "./control_calls.ts";
export type * from "./database_calls.ts";
export type * from "./device_calls.ts";
export * from "./drive_calls.ts";
export * from "./errors.ts";
export * from "./health.ts";
export * from "./ids.ts";
export type * from "./label_calls.ts";
export * from "./limits.ts";
export * from "./managing_calls.ts";
export type * from "./media_creation.ts";
export type * from "./notifications.ts";
export * from "./objects.ts";
export * from "./operator_calls.ts";
export * from "./ports.ts";
export * from "./security.ts";
export * from "./queue_calls.ts";
export * from "./states.ts";
export * from "./tape_alerts.ts";
export * from "./ui_calls.ts";
