/**
 * The schema of the catalogue, step by step.
 *
 * @module
 */

import * as firstLight from "./first_light.ts";

/** In order; a released one is never changed. */
export const MIGRATIONS = { "0001_first_light": firstLight } as const;
