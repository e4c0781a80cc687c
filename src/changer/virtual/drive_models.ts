/**
 * The drives that a virtual library can have, by what they take.
 *
 * @module
 */
import { DEVICE_TYPE } from "../../scsi/mod.ts";

/** What a virtual drive says it is. */
export interface DriveModel {
  /** Peripheral device type. */
  readonly deviceType: number;
  readonly product: string;
}

/** Every model, by the name of its media in a URL. */
export const DRIVE_MODELS = {
  tape: { deviceType: DEVICE_TYPE.tape, product: "VIRTUAL ULT-TD7" },
  mo: { deviceType: DEVICE_TYPE.opticalMemory, product: "VIRTUAL MO" },
  cd: { deviceType: DEVICE_TYPE.cdDvd, product: "VIRTUAL CD-RW" },
  dvd: { deviceType: DEVICE_TYPE.cdDvd, product: "VIRTUAL DVD-RAM" },
  rdx: { deviceType: DEVICE_TYPE.disk, product: "VIRTUAL RDX" },
} as const satisfies Readonly<Record<string, DriveModel>>;

/** What the drives of a virtual library take. */
export type VirtualMedia = keyof typeof DRIVE_MODELS;

/** Whether a text names one. */
export function isVirtualMedia(text: string): text is VirtualMedia {
  return Object.hasOwn(DRIVE_MODELS, text);
}
