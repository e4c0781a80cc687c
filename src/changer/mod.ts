/**
 * Media changers: finding them, opening them, talking to them.
 *
 * @module
 */
export * from "./changer.ts";
export { discover, type DiscoverOptions } from "./discovery.ts";
export type { Hands } from "./hands.ts";
export { type ChangerPorts, openChanger } from "./open.ts";
export type { ScsiCommand, ScsiDevice, ScsiResult } from "./scsi_device.ts";
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
