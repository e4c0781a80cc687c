/**
 * Faults that a virtual library is told to have: the plan is asked before each
 * command.
 *
 * @module
 */
import type { SenseCode } from "./sense_codes.ts";

/** What becomes of one command. */
export type Fault =
  | "none"
  /**
   * The device answers with this sense code. `done`: it carried the command
   * out all the same. `gripper`: the cartridge stays in the transport, of an
   * exchange the one that goes. `half`: of an exchange only the first half is
   * done, the cartridge that comes stays where it was.
   */
  | {
    readonly sense: SenseCode;
    readonly effect?: "none" | "done" | "gripper" | "half";
  }
  /** The device answers with this SCSI status, and does nothing. */
  | { readonly status: number }
  /** No answer comes: the command is lost on its way, or its answer is. */
  | { readonly lose: "command" | "answer"; readonly hostStatus?: number }
  /** The device does as told, and this is what becomes of its answer. */
  | { readonly answer: (data: Uint8Array) => Uint8Array };

/** A command as a fault plan sees it. */
export interface PlannedCommand {
  /** The changer, or the element address of the drive that it is for. */
  readonly unit: "changer" | number;
  /** Command descriptor block. */
  readonly cdb: Uint8Array;
}

/** Decides what becomes of each command. */
export type FaultPlan = (command: PlannedCommand) => Fault;
