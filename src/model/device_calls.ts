/**
 * Inputs and outputs of the calls on devices that come and go.
 *
 * @module
 */

import type { CartridgeId, LibraryId, MediaTypeId } from "./ids.ts";

/** Id of a change detection; nobody but its session knows it. */
export type DetectionId = string;

/** The types of objects by which devices are watched; the devices are those of the libraries that are named, or the stand-alone ones that could hold the media. */
export type DetectedType = "library" | "mediaType" | "cartridge";

/** Which devices to watch, or to look at once (SetNtmsDeviceChangeDetection). */
export interface DetectInput {
  /** The detection that watches them from now on; null looks once. */
  readonly detection: DetectionId | null;
  /** What all the objects have to be. */
  readonly type: DetectedType;
  /** The objects. */
  readonly objects: readonly (LibraryId | MediaTypeId | CartridgeId)[];
}
