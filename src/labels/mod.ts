/**
 * On-media identification: media label libraries, built in and of the site,
 * and what they make of the first records of a medium. Nothing here reads a
 * device; {@linkcode labelReadPlan} says what has to be read.
 *
 * @module
 */
export { amandaLibrary } from "./amanda.ts";
export { ansiLibrary } from "./ansi.ts";
export { baculaLibrary } from "./bacula.ts";
export { BUILT_IN_LIBRARIES, librariesInOrder } from "./built_in.ts";
export {
  decodeFreeLabel,
  encodeFreeLabel,
  FREE_LABEL_BYTES,
  FREE_LABEL_TYPE,
  type FreeLabel,
  freeLabelLibrary,
} from "./free_label.ts";
export * from "./identify.ts";
export { ltfsLibrary } from "./ltfs.ts";
export * from "./media_label_library.ts";
export { mtfLibrary } from "./mtf.ts";
export { type LabelReadPlan, labelReadPlan } from "./read_plan.ts";
export {
  type LoadLibraryOptions,
  loadMediaLabelLibrary,
  type SiteLibrary,
} from "./site_library.ts";
export { sideLabel } from "./side_label.ts";
export { tarLibrary } from "./tar.ts";
