/**
 * Which of the documented functions exist.
 *
 * @module
 */

import * as ntmsapi from "../../src/ntms/ntmsapi.ts";
import type { DocumentedFunction } from "./documented_errors.ts";

/** What a media label library offers and the service calls; no program does. */
const PLUG_IN = ["MaxMediaLabel", "ClaimMediaLabel"];

/** Whether a function can be called, by programs or by the service. */
export function isBuilt({ exports, name }: DocumentedFunction): boolean {
  return PLUG_IN.includes(name) || exports.every((each) => each in ntmsapi);
}
