/**
 * The port through which changers and drives are sent SCSI commands. Behind it
 * is a device of this host, or the model of one.
 *
 * @module
 */

import type { Completion } from "../scsi/mod.ts";

/** One SCSI command. At most one of `dataIn` and `dataOut` is given. */
export interface ScsiCommand {
  /** Command descriptor block, 6 to 32 bytes. */
  readonly cdb: Uint8Array;
  /** How many bytes to take from the device at most. @default {0} */
  readonly dataIn?: number;
  /** Sent to the device. */
  readonly dataOut?: Uint8Array;
  /** How long the device may take. */
  readonly timeoutMs: number;
}

/** What came of a command that was sent. */
export interface ScsiResult extends Completion {
  /** Sense data; empty where there is none. */
  readonly sense: Uint8Array;
  /** The bytes that came from the device. */
  readonly data: Uint8Array;
}

/** Something that carries out SCSI commands. */
export interface ScsiDevice {
  /**
   * Carries out one command. Resolves with whatever the device answers;
   * rejects with a `ChangerError` when the command could not be sent.
   */
  execute(command: ScsiCommand): Promise<ScsiResult>;
  /** Gives the device back. */
  close(): Promise<void>;
}
