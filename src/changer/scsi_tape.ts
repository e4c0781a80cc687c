/**
 * The start of the medium in a drive, by SCSI commands to the drive: blocks of
 * any length, whatever block mode it is in, and no file of the host that has
 * to be free.
 *
 * @module
 */
import { ErrnoError } from "../../ffi/mod.ts";
import type { Clock } from "../model/mod.ts";
import {
  COMMAND_TIMEOUT_MS,
  read6,
  rewind,
  SENSE_KEY,
  write6,
  writeFilemarks6,
} from "../scsi/mod.ts";
import { ChangerError } from "./changer.ts";
import { Commander } from "./commander.ts";
import { failureOf, isRefusal } from "./failures.ts";
import type { ScsiDevice } from "./scsi_device.ts";
import type { Tape, TapeBlock, TapeReadPlan } from "./tape.ts";

/** Errors of SG_IO for a transfer that is longer than the host adapter takes. */
const TOO_LONG: readonly string[] = ["EINVAL", "ENOMEM", "EIO"];
/** What every host adapter and drive transfers in one command. */
const SHORTEST_READ_BYTES = 0x1_0000;

const REWIND = { cdb: rewind(), timeoutMs: COMMAND_TIMEOUT_MS.rewind };
const FILE_MARK = {
  cdb: writeFilemarks6({ count: 1 }),
  timeoutMs: COMMAND_TIMEOUT_MS.writeFilemarks6,
};

/** What a {@linkcode ScsiTape} is made of. */
export interface ScsiTapeParts {
  /** The drive, for messages. */
  readonly name: string;
  /** Opens the drive for commands. */
  readonly open: () => Promise<ScsiDevice>;
  readonly clock: Clock;
}

/** The medium in a drive that is reached by SCSI commands. */
export class ScsiTape implements Tape {
  readonly #parts: ScsiTapeParts;
  /** Bytes of one READ at most, as far as is known. */
  #mostBytes = Infinity;

  /** The medium in a drive. */
  constructor(parts: ScsiTapeParts) {
    this.#parts = parts;
  }

  /** See {@linkcode Tape.readStart}. */
  readStart(
    plan: TapeReadPlan,
    signal?: AbortSignal,
  ): Promise<readonly TapeBlock[]> {
    const act = `read the label in ${this.#parts.name}`;
    return this.#withDevice(async (commander) => {
      await commander.read(act, REWIND);
      try {
        return await this.#readBlocks(commander, act, plan, signal);
      } finally {
        await commander.read(act, REWIND);
      }
    });
  }

  /** See {@linkcode Tape.writeStart}. */
  writeStart(record: Uint8Array): Promise<void> {
    const act = `write a label in ${this.#parts.name}`;
    return this.#withDevice(async (commander) => {
      await commander.read(act, REWIND);
      await commander.act(act, {
        cdb: write6({ length: record.length }),
        dataOut: record,
        timeoutMs: COMMAND_TIMEOUT_MS.write6,
      });
      await commander.act(act, FILE_MARK);
      await commander.read(act, REWIND);
    });
  }

  async #readBlocks(
    commander: Commander,
    act: string,
    plan: TapeReadPlan,
    signal: AbortSignal | undefined,
  ): Promise<readonly TapeBlock[]> {
    const blocks: TapeBlock[] = [];
    let records = 0;
    let fileMarks = 0;
    while (records < plan.records && fileMarks <= plan.fileMarks) {
      signal?.throwIfAborted();
      const block = await this.#readBlock(commander, act, plan.recordBytes)
        .catch((error: unknown) => {
          if (blocks.length === 0 || !(error instanceof ChangerError)) {
            throw error;
          }
          return null;
        });
      if (block === null) break;
      blocks.push(block);
      if (block.kind === "record") records++;
      else if (block.kind === "fileMark") fileMarks++;
      else break;
    }
    return blocks;
  }

  async #readBlock(
    commander: Commander,
    act: string,
    wantedBytes: number,
  ): Promise<TapeBlock> {
    for (;;) {
      const length = Math.min(wantedBytes, this.#mostBytes);
      try {
        return await readOnce(commander, act, length);
      } catch (error) {
        if (length <= SHORTEST_READ_BYTES || !isTooLong(error)) throw error;
        this.#mostBytes = Math.max(SHORTEST_READ_BYTES, length >> 1);
      }
    }
  }

  async #withDevice<T>(use: (commander: Commander) => Promise<T>): Promise<T> {
    const device = await this.#parts.open();
    try {
      return await use(new Commander(device, this.#parts.clock));
    } finally {
      await device.close();
    }
  }
}

async function readOnce(
  commander: Commander,
  act: string,
  length: number,
): Promise<TapeBlock> {
  const reply = await commander.once({
    cdb: read6({ length }),
    dataIn: length,
    timeoutMs: COMMAND_TIMEOUT_MS.read6,
  });
  if (reply.kind === "good") return { kind: "record", bytes: reply.data };
  if (reply.kind === "sense") {
    const { endOfMedium, filemark, incorrectLength, key } = reply.sense;
    if (key === SENSE_KEY.blankCheck) return { kind: "endOfData" };
    if (key === SENSE_KEY.noSense) {
      if (filemark) return { kind: "fileMark" };
      // A drive that tells of another length although it was not to.
      if (incorrectLength) return { kind: "record", bytes: reply.data };
      if (endOfMedium) return { kind: "endOfData" };
    }
  }
  throw failureOf(act, reply, "reads");
}

/** Whether a command did not go out, or was refused, for what may be its length. */
function isTooLong(error: unknown): boolean {
  if (isRefusal(error)) return true;
  return error instanceof ChangerError && error.cause instanceof ErrnoError &&
    TOO_LONG.includes(error.cause.code);
}
