/**
 * How much of a medium has to be read before it can be identified.
 *
 * @module
 */
import {
  LONGEST_MEDIA_LABEL_BYTES,
  LONGEST_REACH,
  type MediaLabelLibrary,
} from "./media_label_library.ts";

/** What a reader has to fetch from the start of a medium. */
export interface LabelReadPlan {
  /** Read at most this many records in all. */
  readonly records: number;
  /** Pass at most this many file marks; what follows a further one is not needed. */
  readonly fileMarks: number;
  /** Of each record, this many bytes are needed: the most that any library asks for. */
  readonly recordBytes: number;
  /** Size of the buffer for one record. Where a driver gives nothing of a record that is longer (Linux' st: ENOMEM), it holds the longest that programs usually write. */
  readonly bufferBytes: number;
}

/**
 * What to read, so that each of these libraries can decide. The reader starts
 * at the beginning of the medium with blocks of variable length and goes on
 * until it has the records, meets one file mark more than planned, or the end
 * of the data. A read error ends it too: what was read before it may do.
 *
 * A library whose wishes are not those of the contract gets nothing for it;
 * {@linkcode identify} reports it.
 *
 * @example Plan for the built-in libraries
 * ```ts
 * import { labelReadPlan, librariesInOrder } from "./mod.ts";
 *
 * const plan = labelReadPlan(librariesInOrder([]));
 * console.assert(plan.records === 10 && plan.fileMarks === 1);
 * ```
 */
export function labelReadPlan(
  libraries: readonly MediaLabelLibrary[],
): LabelReadPlan {
  let [records, fileMarks, recordBytes] = [1, 0, 1];
  for (const library of libraries) {
    const wishes = wishesOf(library);
    if (wishes instanceof Error) continue;
    records = Math.max(records, wishes.records);
    fileMarks = Math.max(fileMarks, wishes.fileMarks);
    recordBytes = Math.max(recordBytes, wishes.recordBytes);
  }
  return {
    records,
    fileMarks,
    recordBytes,
    bufferBytes: LONGEST_MEDIA_LABEL_BYTES,
  };
}

/** What one library wants to see, or why that cannot be. */
export function wishesOf(
  library: MediaLabelLibrary,
): Omit<LabelReadPlan, "bufferBytes"> | Error {
  try {
    const recordBytes = library.maxMediaLabel();
    const { records = 1, fileMarks = 0 } = library.reach ?? {};
    requireWithin("maxMediaLabel", recordBytes, 1, LONGEST_MEDIA_LABEL_BYTES);
    requireWithin("reach.records", records, 1, LONGEST_REACH);
    requireWithin("reach.fileMarks", fileMarks, 0, LONGEST_REACH);
    return { records, fileMarks, recordBytes };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function requireWithin(
  what: string,
  value: unknown,
  least: number,
  most: number,
): void {
  if (
    typeof value !== "number" || !Number.isInteger(value) || value < least ||
    value > most
  ) {
    throw new TypeError(
      `"${what}" gives ${
        String(value)
      }, not a whole number from ${least} to ${most}`,
    );
  }
}
