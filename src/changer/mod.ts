/**
 * Media changers: finding them, opening them, talking to them.
 *
 * @module
 */
export * from "./changer.ts";
export type { Care, Cleaned, CleaningOutcome } from "./care.ts";
export { discover, type DiscoverOptions } from "./discovery.ts";
export { findStandAlone } from "./host_stand_alone.ts";
export type { DriveClass } from "./drive_classes.ts";
export type { Hands } from "./hands.ts";
export { mountPointOf } from "./mount_points.ts";
export type { MediumFacts, MediumTeller } from "./medium_teller.ts";
export { type ChangerPorts, openChanger } from "./open.ts";
export type { ScsiCommand, ScsiDevice, ScsiResult } from "./scsi_device.ts";
export type { StandAlone } from "./visits.ts";
export type { Tape, TapeBlock, TapeReadPlan } from "./tape.ts";
export type { Fault, FaultPlan, PlannedCommand } from "./virtual/faults.ts";
export {
  SENSE,
  type SenseCode,
  type SenseName,
} from "./virtual/sense_codes.ts";
export {
  VirtualLibrary,
  type VirtualLibraryPorts,
} from "./virtual/virtual_library.ts";
