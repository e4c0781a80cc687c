/**
 * The operations on devices that come and go: their part of the wire.
 *
 * @module
 */

import type {
  DetectInput,
  DetectionId,
  DriveId,
  LibraryId,
  PlugInInput,
} from "../model/mod.ts";
import type { Nothing, WireRows } from "./wire_row.ts";

/** What goes in and what comes out. */
export interface DeviceOperations {
  DeleteNtmsLibrary: {
    input: { readonly library: LibraryId };
    output: Nothing;
  };
  DeleteNtmsDrive: { input: { readonly drive: DriveId }; output: Nothing };
  BeginNtmsDeviceChangeDetection: {
    input: Nothing;
    output: { detection: DetectionId };
  };
  SetNtmsDeviceChangeDetection: { input: DetectInput; output: Nothing };
  EndNtmsDeviceChangeDetection: {
    input: { readonly detection: DetectionId };
    output: Nothing;
  };
  PlugInVirtualLibrary: {
    input: PlugInInput;
    output: { library: LibraryId };
  };
}

/** The operations by name. */
export const DEVICE_WIRE: WireRows<DeviceOperations> = {
  DeleteNtmsLibrary: { repetition: "keyed", output: {} },
  DeleteNtmsDrive: { repetition: "keyed", output: {} },
  // One that nobody knows of watches nothing, and ends with its session.
  BeginNtmsDeviceChangeDetection: {
    repetition: "harmless",
    output: { detection: "text" },
  },
  SetNtmsDeviceChangeDetection: { repetition: "harmless", output: {} },
  EndNtmsDeviceChangeDetection: { repetition: "ended", output: {} },
  PlugInVirtualLibrary: { repetition: "keyed", output: { library: "text" } },
};
