/**
 * The operations on drives: their part of the wire.
 *
 * @module
 */

import type {
  DismountDriveInput,
  DriveId,
  DriveVolumes,
  DriveWork,
  EjectDiskInput,
} from "../model/mod.ts";
import type { WireRows } from "./wire_row.ts";

/** What goes in and what comes out. */
export interface DriveOperations {
  DismountNtmsDrive: { input: DismountDriveInput; output: DriveWork };
  EjectDiskFromSADrive: { input: EjectDiskInput; output: DriveWork };
  GetVolumesFromDrive: {
    input: { readonly drive: DriveId };
    output: DriveVolumes;
  };
}

/** The operations by name. */
export const DRIVE_WIRE: WireRows<DriveOperations> = {
  DismountNtmsDrive: {
    repetition: "keyed",
    output: { request: "optionalText" },
  },
  EjectDiskFromSADrive: {
    repetition: "keyed",
    output: { request: "optionalText" },
  },
  GetVolumesFromDrive: {
    repetition: "harmless",
    output: { drive: "text", volume: "text", mountPoint: "optionalText" },
  },
};
