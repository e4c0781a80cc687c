/**
 * The sense codes that the virtual library answers with, as a real one does.
 *
 * @module
 */

/** Sense key and additional sense, and the byte of the CDB they are about. */
export interface SenseCode {
  /** Sense key. */
  readonly key: number;
  /** Additional sense code. */
  readonly asc: number;
  /** Additional sense code qualifier. */
  readonly ascq: number;
  /** Offset of the CDB byte at fault, for illegal requests. */
  readonly field?: number;
}

function code(key: number, asc: number, ascq: number): SenseCode {
  return { key, asc, ascq };
}

/** What a sense code of the virtual library means. */
export type SenseName =
  | "cleaningRequested"
  | "becomingReady"
  | "startRequired"
  | "cleaningInstalled"
  | "doorOpen"
  | "mediumNotPresent"
  | "unsupportedCommand"
  | "invalidElement"
  | "invalidField"
  | "savingNotSupported"
  | "driveNotUnloaded"
  | "driveRemoved"
  | "driveWasRemoved"
  | "driveWasInserted"
  | "targetFull"
  | "sourceEmpty"
  | "portNotAccessible"
  | "removalPrevented"
  | "removalPreventedByDrive"
  | "mediumMayHaveChanged"
  | "portAccessed"
  | "powerOn"
  | "writeProtected"
  | "endOfData";

/** Sense codes by meaning. */
export const SENSE: Readonly<Record<SenseName, SenseCode>> = {
  cleaningRequested: code(0x0, 0x00, 0x17),
  becomingReady: code(0x2, 0x04, 0x01),
  startRequired: code(0x2, 0x04, 0x02),
  doorOpen: code(0x2, 0x04, 0x18),
  cleaningInstalled: code(0x2, 0x30, 0x03),
  mediumNotPresent: code(0x2, 0x3a, 0x00),
  unsupportedCommand: code(0x5, 0x20, 0x00),
  invalidElement: code(0x5, 0x21, 0x01),
  invalidField: code(0x5, 0x24, 0x00),
  savingNotSupported: code(0x5, 0x39, 0x00),
  driveNotUnloaded: code(0x5, 0x3a, 0x00),
  driveRemoved: code(0x5, 0x3b, 0x1a),
  targetFull: code(0x5, 0x3b, 0x0d),
  sourceEmpty: code(0x5, 0x3b, 0x0e),
  portNotAccessible: code(0x5, 0x3b, 0x11),
  removalPrevented: code(0x5, 0x53, 0x02),
  removalPreventedByDrive: code(0x5, 0x53, 0x03),
  mediumMayHaveChanged: code(0x6, 0x28, 0x00),
  portAccessed: code(0x6, 0x28, 0x01),
  powerOn: code(0x6, 0x29, 0x01),
  driveWasRemoved: code(0x6, 0x3b, 0x1a),
  driveWasInserted: code(0x6, 0x3b, 0x1b),
  writeProtected: code(0x7, 0x27, 0x00),
  endOfData: code(0x8, 0x00, 0x05),
};

/** A sense code with the byte of the CDB that it is about. */
export function atField(sense: SenseCode, field: number): SenseCode {
  return { ...sense, field };
}
