/**
 * All lines of the documents about the functions' behaviour.
 *
 * @module
 */

import type { BehaviourLine } from "./behaviour_line.ts";
import { LIBRARY_BEHAVIOUR } from "./library_behaviour.ts";
import { MEDIA_BEHAVIOUR } from "./media_behaviour.ts";
import { OBJECT_BEHAVIOUR } from "./object_behaviour.ts";

/** Lines by function; the first one of each is number 1. */
export const LINES_OF: ReadonlyMap<string, readonly BehaviourLine[]> = new Map(
  Object.entries({
    ...MEDIA_BEHAVIOUR,
    ...OBJECT_BEHAVIOUR,
    ...LIBRARY_BEHAVIOUR,
  }),
);
