/**
 * The start of the medium in a drive, as what is above sees it.
 *
 * @module
 */

/** What is on a tape, in the order it is there. */
export type TapeBlock =
  | {
    readonly kind: "record";
    /** Its bytes, from its first on; a long record may be cut. */
    readonly bytes: Uint8Array;
  }
  | { readonly kind: "fileMark" }
  /** Nothing was ever written from here on. */
  | { readonly kind: "endOfData" };

/** How much of the start of a tape to read. */
export interface TapeReadPlan {
  /** Read at most this many records in all. */
  readonly records: number;
  /** Pass at most this many file marks. */
  readonly fileMarks: number;
  /** Of each record, at most this many bytes. */
  readonly recordBytes: number;
}

/** Reads and writes the start of the medium in a drive, which has to be ready. */
export interface Tape {
  /**
   * Rewinds, reads the first blocks, and rewinds again. A read error behind
   * the first block ends it: what was read before it is given.
   *
   * @throws {ChangerError} When nothing could be read.
   */
  readStart(
    plan: TapeReadPlan,
    signal?: AbortSignal,
  ): Promise<readonly TapeBlock[]>;
  /**
   * Rewinds, writes one record and a file mark, behind which there is nothing
   * any more, and rewinds again. Never repeated by itself.
   *
   * @throws {ChangerError} Also when the medium is write-protected (sense key 7).
   */
  writeStart(record: Uint8Array): Promise<void>;
}
