/** One SCSI command as `struct rsm_scsi_command`, there and back. */
import { SCSI_COMMAND } from "./layout.ts";

const SHORTEST_CDB = 6;
const LONGEST_CDB = 32;
const LONGEST_TRANSFER = 16 * 1024 * 1024;
const LONGEST_TIMEOUT_MS = 0xffff_ffff;

const NO_DATA = 0;
const FROM_DEVICE = 1;
const TO_DEVICE = 2;

const NO_BYTES: Uint8Array<ArrayBuffer> = new Uint8Array(0);

/** A SCSI command to send. */
export interface ScsiCommand {
  /** The command descriptor block, 6 to 32 bytes. */
  readonly cdb: Uint8Array;
  /**
   * How many bytes to read at most.
   * @default {0}
   */
  readonly dataIn?: number;
  /** The bytes to write. Not together with `dataIn`. */
  readonly dataOut?: Uint8Array;
  /** When the kernel gives the command up. */
  readonly timeoutMs: number;
  /** Gives up while the command waits for its turn; one that is out goes on. */
  readonly signal?: AbortSignal;
}

/** What came back: that it came back does not mean that it went well. */
export interface ScsiResult {
  /** SCSI status; 0 is GOOD, 2 CHECK CONDITION. */
  readonly status: number;
  /** The kernel's DID_ code; 0 is good. */
  readonly hostStatus: number;
  /** The driver's code; the low four bits are 0 when good. */
  readonly driverStatus: number;
  /** The sense bytes, empty when there are none. */
  readonly sense: Uint8Array;
  /** The bytes read. Not to be believed when `hostStatus` is not 0. */
  readonly data: Uint8Array;
  /** Bytes asked for and not moved. */
  readonly residual: number;
  /** How long the device took. */
  readonly durationMs: number;
}

/** Bytes that C may use while the call is out, and nobody else. */
export class CommandBuffer {
  /** `struct rsm_scsi_command`. */
  readonly bytes: Uint8Array<ArrayBuffer> = new Uint8Array(SCSI_COMMAND.size);
  /** What is read or written. */
  data: Uint8Array<ArrayBuffer> = NO_BYTES;
  readonly #view = new DataView(this.bytes.buffer);
  #reads = false;

  /**
   * Writes a command.
   *
   * @throws {RangeError} When a length or the timeout is out of range.
   */
  write(command: ScsiCommand): void {
    const { cdb, dataIn = 0, dataOut, timeoutMs } = command;
    checkRange("CDB length", cdb.length, SHORTEST_CDB, LONGEST_CDB);
    checkRange("dataIn", dataIn, 0, LONGEST_TRANSFER);
    checkRange("dataOut length", dataOut?.length ?? 0, 0, LONGEST_TRANSFER);
    checkRange("timeoutMs", timeoutMs, 1, LONGEST_TIMEOUT_MS);
    this.#reads = dataIn > 0;
    const writes = dataOut !== undefined && dataOut.length > 0;
    if (this.#reads && writes) {
      throw new RangeError(
        `A command reads or writes, not both: dataIn is ${dataIn}, ` +
          `dataOut has ${dataOut.length} bytes`,
      );
    }
    // A copy: the caller is free to change or give away its own.
    if (writes) this.data = new Uint8Array(dataOut);
    else this.data = this.#reads ? new Uint8Array(dataIn) : NO_BYTES;

    this.#view.setUint32(SCSI_COMMAND.timeout_ms, timeoutMs, true);
    this.bytes[SCSI_COMMAND.direction] = this.#reads
      ? FROM_DEVICE
      : writes
      ? TO_DEVICE
      : NO_DATA;
    this.bytes[SCSI_COMMAND.cdb_length] = cdb.length;
    // C reads cdb_length bytes only: what is left behind them does no harm.
    this.bytes.set(cdb, SCSI_COMMAND.cdb);
  }

  /** Reads what C has written. The data now belongs to the result. */
  read(): ScsiResult {
    const view = this.#view;
    const residual = view.getUint32(SCSI_COMMAND.residual, true);
    const senseLength = view.getUint8(SCSI_COMMAND.sense_length);
    const data = this.#reads
      ? this.data.subarray(0, this.data.length - residual)
      : NO_BYTES;
    this.data = NO_BYTES;
    return {
      status: view.getUint8(SCSI_COMMAND.status),
      hostStatus: view.getUint16(SCSI_COMMAND.host_status, true),
      driverStatus: view.getUint16(SCSI_COMMAND.driver_status, true),
      sense: senseLength === 0 ? NO_BYTES : this.bytes.slice(
        SCSI_COMMAND.sense,
        SCSI_COMMAND.sense + senseLength,
      ),
      data,
      residual,
      durationMs: view.getUint32(SCSI_COMMAND.duration_ms, true),
    };
  }
}

function checkRange(
  what: string,
  value: number,
  least: number,
  most: number,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `Cannot send a SCSI command: ${what} must be ${least} to ${most}, ` +
      `is ${value}`,
  );
}
