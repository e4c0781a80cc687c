/**
 * Command descriptor blocks of a tape drive (SSC-4): those with which the
 * start of a tape is read and written.
 *
 * @module
 */
import { requireInteger } from "./bytes.ts";

/** Operation codes of the commands in this module. */
export const TAPE_OPERATION = {
  rewind: 0x01,
  read6: 0x08,
  write6: 0x0a,
  writeFilemarks6: 0x10,
} as const;

const LONGEST_TRANSFER = 0xff_ffff;

/** A CDB of six bytes with a 24 bit number. */
function command(
  operation: number,
  flags: number,
  value: number,
  what: string,
): Uint8Array {
  requireInteger(value, LONGEST_TRANSFER, what);
  return Uint8Array.of(
    operation,
    flags,
    value >> 16,
    (value >> 8) & 0xff,
    value & 0xff,
    0,
  );
}

/** REWIND (01h), which answers when it is done. */
export function rewind(): Uint8Array {
  return command(TAPE_OPERATION.rewind, 0, 0, "the transfer length");
}

/** Arguments of {@linkcode read6}. */
export interface Read6 {
  /** Bytes to give of the block at most. */
  readonly length: number;
  /** No error for a block of another length: a longer one is cut. @default {true} */
  readonly anyLength?: boolean;
}

/** READ(6) (08h) of one block of variable length, whatever the mode of the drive. */
export function read6({ anyLength = true, length }: Read6): Uint8Array {
  const flags = anyLength ? 0x02 : 0;
  return command(TAPE_OPERATION.read6, flags, length, "the transfer length");
}

/** Arguments of {@linkcode write6}. */
export interface Write6 {
  /** Bytes of the block. */
  readonly length: number;
}

/** WRITE(6) (0Ah) of one block of variable length. */
export function write6({ length }: Write6): Uint8Array {
  return command(TAPE_OPERATION.write6, 0, length, "the transfer length");
}

/** Arguments of {@linkcode writeFilemarks6}. */
export interface WriteFilemarks6 {
  /** How many. 0 only has the drive write what it holds back. */
  readonly count: number;
}

/** WRITE FILEMARKS(6) (10h), which answers when all is on the tape. */
export function writeFilemarks6({ count }: WriteFilemarks6): Uint8Array {
  return command(
    TAPE_OPERATION.writeFilemarks6,
    0,
    count,
    "the number of file marks",
  );
}
