/**
 * How long a command may take: the one table of time-outs.
 *
 * @module
 */
import type { Command } from "./decode_cdb.ts";

/** The commands that can be sent. */
export type TimedCommand = Exclude<
  Command["command"],
  "invalidField" | "unknown"
>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * Time-outs by command, in milliseconds. They are limits against a hung device
 * and not estimates: a command that is still running when its time is over has
 * an unknown outcome, so they lie well above what the slowest libraries need.
 */
export const COMMAND_TIMEOUT_MS: Readonly<Record<TimedCommand, number>> = {
  testUnitReady: MINUTE,
  requestSense: MINUTE,
  inquiry: 30 * SECOND,
  modeSense6: MINUTE,
  modeSense10: MINUTE,
  modeSelect6: MINUTE,
  readAttribute: MINUTE,
  logSense: MINUTE,
  preventAllowMediumRemoval: MINUTE,
  positionToElement: 5 * MINUTE,
  // With CURDATA=0 the robot may look first; some loaders do so even without.
  readElementStatus: 10 * MINUTE,
  openCloseImportExport: 10 * MINUTE,
  // A rewind from the end of the tape comes before the unload.
  loadUnload: 15 * MINUTE,
  // A disk spins up or down; a cartridge moves a hand's breadth.
  startStopUnit: 5 * MINUTE,
  rewind: 15 * MINUTE,
  // One block, or a file mark, at the start of a tape that is in place; drives
  // try a bad spot again for minutes.
  read6: 5 * MINUTE,
  write6: 5 * MINUTE,
  writeFilemarks6: 15 * MINUTE,
  // mtx and Proxmox Backup Server wait as long for a move.
  moveMedium: 30 * MINUTE,
  initializeElementStatusWithRange: 30 * MINUTE,
  initializeElementStatusWithRangeVendor: 30 * MINUTE,
  // Up to three motions where the library has one gripper.
  exchangeMedium: 60 * MINUTE,
  initializeElementStatus: 60 * MINUTE,
};
