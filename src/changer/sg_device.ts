/**
 * SCSI commands to a device of this host, through its sg node.
 *
 * @module
 */
import { ErrnoError, NativeLibraryError, ScsiGeneric } from "../../ffi/mod.ts";
import { ChangerError } from "./changer.ts";
import type { ScsiCommand, ScsiDevice, ScsiResult } from "./scsi_device.ts";

/**
 * Errors of SG_IO with which a command certainly did not go out: refused by
 * the kernel's filter, malformed, no memory, too many, or no device.
 */
const NOT_SENT: readonly string[] = [
  "EPERM",
  "EACCES",
  "EBADF",
  "EAGAIN",
  "ENOMEM",
  "EFAULT",
  "EBUSY",
  "EINVAL",
  "ENOTTY",
  "EDOM",
  "EMSGSIZE",
];

/** A device reached by SG_IO. */
export class SgDevice implements ScsiDevice {
  readonly #node: ScsiGeneric;

  private constructor(node: ScsiGeneric) {
    this.#node = node;
  }

  /**
   * Opens an sg node.
   *
   * @throws {ChangerError} Telling what stands in the way.
   */
  static async open(path: string): Promise<SgDevice> {
    try {
      return new SgDevice(await ScsiGeneric.open(path));
    } catch (error) {
      throw openFailure(path, error);
    }
  }

  /** See {@linkcode ScsiDevice.execute}. */
  async execute(command: ScsiCommand): Promise<ScsiResult> {
    try {
      return await this.#node.execute(command);
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      throw new ChangerError(error.message, {
        outcome: NOT_SENT.includes(error.code) ? "failed" : "unknown",
        advice: error.code === "EPERM" ? "operator" : "hardware",
        cause: error,
      });
    }
  }

  /** See {@linkcode ScsiDevice.close}. */
  close(): Promise<void> {
    return this.#node.close();
  }
}

/** The error of a device node that could not be opened. */
export function openFailure(path: string, error: unknown): unknown {
  if (error instanceof NativeLibraryError) {
    return new ChangerError(`Cannot open ${path}: ${error.message}`, {
      outcome: "failed",
      advice: "operator",
      cause: error,
    });
  }
  if (!(error instanceof ErrnoError)) return error;
  return new ChangerError(error.message, {
    outcome: "failed",
    advice: "operator",
    cause: error,
  });
}
