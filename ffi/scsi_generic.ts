/** SCSI commands to a device node, by SG_IO. */
import { Device } from "./device.ts";
import {
  CommandBuffer,
  type ScsiCommand,
  type ScsiResult,
} from "./scsi_command.ts";

const EXECUTE = { syscall: "SG_IO", act: "send a SCSI command to" };

/**
 * An open `/dev/sgN`. Commands may overlap; whoever owns the device decides
 * whether they should.
 */
export class ScsiGeneric implements AsyncDisposable {
  readonly #device: Device;
  /** Buffers of commands that are done, for those that come. */
  readonly #spare: CommandBuffer[] = [];

  private constructor(device: Device) {
    this.#device = device;
  }

  /**
   * Opens the node for reading and writing, which needs no capability but
   * membership in its group, often `tape`.
   *
   * @param path Such as `/dev/sg3` or `/dev/tape/by-id/...`.
   * @throws {ErrnoError} EACCES, ENOENT, EBUSY, ENXIO; ENOTTY for what is not
   * a character device.
   */
  static async open(path: string): Promise<ScsiGeneric> {
    return new ScsiGeneric(await Device.open(path));
  }

  /** The path that was opened. */
  get path(): string {
    return this.#device.path;
  }

  /**
   * Sends one command and waits for its end. Nothing is retried.
   *
   * @param command What to send.
   * @returns What came back, a failed command included.
   * @throws {ErrnoError} When the command did not go out or the device is gone.
   * @throws {RangeError} When the command has a length that none can have.
   */
  async execute(command: ScsiCommand): Promise<ScsiResult> {
    const buffer = this.#spare.pop() ?? new CommandBuffer();
    buffer.write(command);
    await this.#device.call(
      { ...EXECUTE, signal: command.signal },
      (native, fd) =>
        native.rsm_scsi_execute(
          fd,
          buffer.bytes,
          buffer.bytes.length,
          buffer.data,
          buffer.data.length,
        ),
    );
    const result = buffer.read();
    this.#spare.push(buffer);
    return result;
  }

  /** Takes no more commands, waits for those under way, and closes. */
  close(): Promise<void> {
    return this.#device.close();
  }

  /** As {@linkcode ScsiGeneric.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
