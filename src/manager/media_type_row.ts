/**
 * What is known of a media type.
 *
 * @module
 */

import type { MediaTypeFacts } from "../model/mod.ts";

/** A kind of medium, wherever it is used. */
export type MediaTypeRow = Omit<
  MediaTypeFacts,
  "id" | "origin" | "suffixesOfSite" | "libraries"
>;

/** STORAGE_MEDIA_TYPE of what the enumeration does not have. */
export const UNKNOWN_CODE = 0;
export { CLEANER_CODE } from "../database/mod.ts";
