/**
 * The types of optical media and hard disk cartridges that RSM knows by
 * itself: a table, no code. Their codes are those of STORAGE_MEDIA_TYPE; which
 * drives take them, nobody has confirmed: any of their device class.
 *
 * @module
 */

import type { DeviceClass, Writability } from "../model/mod.ts";
import { type MediaTypeRow, UNKNOWN_CODE } from "./media_type_row.ts";

function disk(
  name: string,
  code: number,
  deviceClass: DeviceClass,
  writability: Writability,
  sideCount = 1,
): MediaTypeRow {
  return {
    name,
    code,
    sideCount,
    writability,
    deviceClass,
    barCodeSuffixes: [],
    densityCodes: [],
    drives: null,
  };
}

/** The types of disks whose bar code names none. */
export const UNKNOWN_DISKS = {
  cdRom: disk("CD", UNKNOWN_CODE, "cdRom", "rewritable"),
  dvd: disk("DVD", UNKNOWN_CODE, "dvd", "rewritable"),
  disk: disk("Disk", UNKNOWN_CODE, "disk", "rewritable"),
} as const;

/** Every disk type that is built in. */
export const DISK_TYPES: readonly MediaTypeRow[] = [
  disk("CD-ROM", 51, "cdRom", "readOnly"),
  disk("CD-R", 52, "cdRom", "writeOnce"),
  disk("CD-RW", 53, "cdRom", "rewritable"),
  disk("DVD-ROM", 54, "dvd", "readOnly"),
  disk("DVD-R", 55, "dvd", "writeOnce"),
  disk("DVD-RW", 56, "dvd", "rewritable"),
  disk("DVD-RAM", 88, "dvd", "rewritable"),
  disk("MO 3.5 inch", 57, "disk", "rewritable"),
  disk("MO 5.25 inch WORM", 58, "disk", "writeOnce", 2),
  disk("MO 5.25 inch", 59, "disk", "rewritable", 2),
  disk("MO 5.25 inch LIMDOW", 60, "disk", "rewritable", 2),
  disk("RDX", UNKNOWN_CODE, "disk", "rewritable"),
  disk("RDX WORM", UNKNOWN_CODE, "disk", "writeOnce"),
  disk("Iomega Zip", 73, "disk", "rewritable"),
  disk("Iomega Jaz", 74, "disk", "rewritable"),
  disk("SyQuest EZ135", 75, "disk", "rewritable"),
  disk("SyQuest EZFlyer", 76, "disk", "rewritable"),
  disk("SyQuest SyJet", 77, "disk", "rewritable"),
  ...Object.values(UNKNOWN_DISKS),
];
