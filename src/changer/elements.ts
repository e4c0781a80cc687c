/**
 * Element status as the rules want it: what is where, in words.
 *
 * @module
 */
import { LIMITS } from "../model/mod.ts";
import { describeAdditionalSense, type ElementStatus } from "../scsi/mod.ts";
import type { Element } from "./changer.ts";

/** MEDIUM TYPE of a cleaning cartridge (SMC-3). */
const CLEANING_MEDIUM = 2;

/** An element as the rules see it. */
export function elementOf(
  status: ElementStatus,
  driveSerialNumber: string,
): Element {
  const barCode = readableBarCode(status.volumeTag);
  return {
    elementAddress: status.elementAddress,
    type: status.type,
    full: status.full,
    accessible: status.type === "transport" || status.accessible,
    barCode,
    sourceAddress: status.full ? status.sourceElementAddress : null,
    exception: exceptionOf(status),
    cleaning: status.full && isCleaning(status.mediumType, barCode),
    byOperator: status.type === "importExport" && status.full &&
      status.placedByOperator,
    driveSerialNumber,
  };
}

/** Whether a cartridge cleans drives. */
export function isCleaning(
  mediumType: number,
  barCode: string | null,
): boolean {
  return mediumType === CLEANING_MEDIUM ||
    (barCode?.startsWith("CLN") ?? false);
}

/** A bar code, or null for what libraries put where they read none. */
export function readableBarCode(tag: string | null): string | null {
  if (tag === null || tag === "" || /^(\?+|NO ?LABEL)$/i.test(tag)) return null;
  return tag.slice(0, LIMITS.barCodeLength);
}

function exceptionOf(status: ElementStatus): string | null {
  if (status.disabled) return "element disabled";
  if (!status.except) return null;
  return describeAdditionalSense(status.asc, status.ascq);
}
