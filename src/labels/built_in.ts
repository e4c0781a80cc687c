/**
 * The libraries that are always there, and the order of all.
 *
 * @module
 */
import { amandaLibrary } from "./amanda.ts";
import { ansiLibrary } from "./ansi.ts";
import { baculaLibrary } from "./bacula.ts";
import { freeLabelLibrary } from "./free_label.ts";
import { ltfsLibrary } from "./ltfs.ts";
import type { MediaLabelLibrary } from "./media_label_library.ts";
import { mtfLibrary } from "./mtf.ts";
import { tarLibrary } from "./tar.ts";

/**
 * The built-in libraries, what is special before what is general: LTFS and
 * Bacula volumes may have a VOL1 label too, and of tar only the form is known.
 */
export const BUILT_IN_LIBRARIES: readonly MediaLabelLibrary[] = [
  freeLabelLibrary,
  mtfLibrary,
  ltfsLibrary,
  baculaLibrary,
  amandaLibrary,
  ansiLibrary,
  tarLibrary,
];

/**
 * The order in which libraries are asked: those of the site first, as the
 * administrator named them, then the built-in ones.
 *
 * @example
 * ```ts
 * import { librariesInOrder } from "./mod.ts";
 *
 * const names = librariesInOrder([]).map(({ name }) => name);
 * console.assert(names.join() === "RSM,MTF,LTFS,Bacula,Amanda,ANSI,tar");
 * ```
 */
export function librariesInOrder(
  ofSite: readonly MediaLabelLibrary[],
): readonly MediaLabelLibrary[] {
  return [...ofSite, ...BUILT_IN_LIBRARIES];
}
