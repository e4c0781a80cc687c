/**
 * The protocol between client and service, as far as a client needs it. The
 * schemas, which only the service needs, are in `operations.ts`.
 *
 * @module
 */

export * from "./answer.ts";
export * from "./base64.ts";
export * from "./door.ts";
export * from "./in_process.ts";
export * from "./places.ts";
export * from "./plain.ts";
export * from "./problem.ts";
export * from "./wire.ts";
