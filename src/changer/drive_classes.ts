/**
 * The kinds of drives, and how each takes its medium in and lets it go.
 *
 * @module
 */
import type { DeviceClass } from "../model/mod.ts";
import {
  COMMAND_TIMEOUT_MS,
  DEVICE_TYPE,
  loadUnload,
  startStopUnit,
} from "../scsi/mod.ts";
import type { ScsiCommand } from "./scsi_device.ts";

/** Device class of a drive. */
export type DriveClass = Exclude<DeviceClass, "changer">;

/** By which commands a drive takes its medium in and lets it go. */
export interface Mechanism {
  readonly load: ScsiCommand;
  readonly unload: ScsiCommand;
  /** Whether 04/02 (initializing command required) says that the medium is loose, and not only that it stands still. */
  readonly looseWhenIdle: boolean;
}

/** LOAD UNLOAD (SSC), which rewinds first. */
const TAPE: Mechanism = {
  load: {
    cdb: loadUnload({ load: true }),
    timeoutMs: COMMAND_TIMEOUT_MS.loadUnload,
  },
  unload: {
    cdb: loadUnload({ load: false }),
    timeoutMs: COMMAND_TIMEOUT_MS.loadUnload,
  },
  looseWhenIdle: true,
};

/** START STOP UNIT (SBC, MMC): without LOEJ a disk stops and stays in. */
const DISK: Mechanism = {
  load: {
    cdb: startStopUnit({ start: true, loadEject: true }),
    timeoutMs: COMMAND_TIMEOUT_MS.startStopUnit,
  },
  unload: {
    cdb: startStopUnit({ start: false, loadEject: true }),
    timeoutMs: COMMAND_TIMEOUT_MS.startStopUnit,
  },
  looseWhenIdle: false,
};

/** The mechanism of each kind of drive. */
export const MECHANISMS: Readonly<Record<DriveClass, Mechanism>> = {
  tape: TAPE,
  disk: DISK,
  cdRom: DISK,
  dvd: DISK,
};

/** Kinds of drives by peripheral device type. */
const CLASSES: ReadonlyMap<number, DriveClass> = new Map([
  [DEVICE_TYPE.disk, "disk"],
  [DEVICE_TYPE.tape, "tape"],
  [DEVICE_TYPE.writeOnce, "disk"],
  [DEVICE_TYPE.cdDvd, "cdRom"],
  [DEVICE_TYPE.opticalMemory, "disk"],
  [DEVICE_TYPE.simplifiedDisk, "disk"],
]);

/**
 * What kind of drive a device is; null where it is none. Drives of CD and DVD
 * have one type: the product name tells them apart.
 */
export function driveClassOf(
  deviceType: number,
  product: string,
): DriveClass | null {
  if (deviceType === DEVICE_TYPE.cdDvd && /DVD|BD/i.test(product)) return "dvd";
  return CLASSES.get(deviceType) ?? null;
}
