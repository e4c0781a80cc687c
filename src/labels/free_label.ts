/**
 * Our own label of free media: one record of 512 bytes at the start of a
 * medium that nobody has allocated, so that it is known again and what was on
 * it is known to be of no use any more.
 *
 * | offset | bytes | |
 * | --- | --- | --- |
 * | 0 | 16 | "RSM FREE MEDIUM" and a line feed, so that it can be seen by eye |
 * | 16 | 2 | version: 1 |
 * | 18 | 2 | size of the record: 512 |
 * | 20 | 4 | 0 |
 * | 24 | 16 | GUID of the medium, in the order in which it is written |
 * | 40 | 8 | when it was written: milliseconds since 1970 |
 * | 48 | 128 | by whom: UTF-8, filled up with NULs |
 * | 176 | 332 | 0 |
 * | 508 | 4 | CRC-32 of the 508 bytes before |
 *
 * Numbers are big-endian. A later version may use what is 0 here, and keeps
 * the magic, the version and the place and kind of the check sum.
 *
 * @module
 */
import { type Guid, NULL_GUID, parseGuid } from "../model/mod.ts";
import { claim, notOurs } from "./answers.ts";
import { crc32 } from "./crc32.ts";
import { GUID_BYTES, guidBytes, guidOf } from "./guid.ts";
import type {
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { latin1 } from "./text.ts";

/** Size of a free label. */
export const FREE_LABEL_BYTES = 512;

/** The label type of free media, which only {@linkcode freeLabelLibrary} may claim. */
export const FREE_LABEL_TYPE = "RSM free medium";

const MAGIC = "RSM FREE MEDIUM\n";
const VERSION = 1;
const AT_VERSION = 16;
const AT_SIZE = 18;
const AT_ZEROS = 20;
const AT_GUID = 24;
const AT_WRITTEN = 40;
const AT_WRITTEN_BY = 48;
const WRITTEN_BY_BYTES = 128;
const AT_MORE_ZEROS = AT_WRITTEN_BY + WRITTEN_BY_BYTES;
const AT_CHECKSUM = 508;

/** What a free label says. */
export interface FreeLabel {
  /** The medium: a GUID made for this label. */
  readonly medium: Guid;
  /** When it was written, to the millisecond. */
  readonly written: Date;
  /** Who wrote it: the computer, or user and computer; at most 128 bytes of UTF-8 without control characters. */
  readonly writtenBy: string;
}

/**
 * The record to be written at the start of a free medium.
 *
 * @throws {RangeError} When a field does not fit, naming it.
 * @example Write one, read it back
 * ```ts
 * import { decodeFreeLabel, encodeFreeLabel } from "./mod.ts";
 *
 * const record = encodeFreeLabel({
 *   medium: "6f1c0a52-8a5e-4b0e-9a53-0d6a3a7c1e42",
 *   written: new Date("2026-11-22T12:00:00Z"),
 *   writtenBy: "rsm@vault",
 * });
 * console.assert(record.length === 512);
 * console.assert(decodeFreeLabel(record).writtenBy === "rsm@vault");
 * ```
 */
export function encodeFreeLabel(label: FreeLabel): Uint8Array<ArrayBuffer> {
  const { medium, written, writtenBy } = label;
  const time = written.getTime();
  if (medium === NULL_GUID || parseGuid(medium) === null) {
    throw new RangeError(
      `Cannot encode a free label: "${medium}" is no GUID of a medium`,
    );
  }
  if (!(time >= 0)) {
    throw new RangeError(
      `Cannot encode a free label: ${time} is no time since 1970`,
    );
  }
  const by = new TextEncoder().encode(writtenBy);
  if (by.length > WRITTEN_BY_BYTES || !isPlain(writtenBy)) {
    throw new RangeError(
      `Cannot encode a free label: ${
        JSON.stringify(writtenBy)
      } is longer than ${WRITTEN_BY_BYTES} bytes or has control characters`,
    );
  }
  const bytes = new Uint8Array(FREE_LABEL_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint16(AT_VERSION, VERSION);
  view.setUint16(AT_SIZE, FREE_LABEL_BYTES);
  bytes.set(guidBytes(medium), AT_GUID);
  view.setBigUint64(AT_WRITTEN, BigInt(time));
  bytes.set(by, AT_WRITTEN_BY);
  view.setUint32(AT_CHECKSUM, crc32(bytes.subarray(0, AT_CHECKSUM)));
  return bytes;
}

/**
 * Reads a free label; bytes behind its 512, as a drive with longer blocks
 * gives them, do not matter.
 *
 * @throws {RangeError} When it is none, saying what is wrong with it.
 */
export function decodeFreeLabel(record: Uint8Array): FreeLabel {
  if (!hasMagic(record)) throw broken("it does not start with its magic");
  if (record.length < FREE_LABEL_BYTES) {
    throw broken(`it has ${record.length} of ${FREE_LABEL_BYTES} bytes`);
  }
  const bytes = record.subarray(0, FREE_LABEL_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(AT_CHECKSUM) !== crc32(bytes.subarray(0, AT_CHECKSUM))) {
    throw broken("its check sum is wrong");
  }
  const version = view.getUint16(AT_VERSION);
  if (version !== VERSION || view.getUint16(AT_SIZE) !== FREE_LABEL_BYTES) {
    throw broken(`it is of version ${version}, which is not known here`);
  }
  const zeros = [
    bytes.subarray(AT_ZEROS, AT_GUID),
    bytes.subarray(AT_MORE_ZEROS, AT_CHECKSUM),
  ];
  const medium = guidOf(bytes.subarray(AT_GUID, AT_GUID + GUID_BYTES));
  const written = new Date(Number(view.getBigUint64(AT_WRITTEN)));
  const writtenBy = plainField(bytes.subarray(AT_WRITTEN_BY, AT_MORE_ZEROS));
  if (
    medium === NULL_GUID || writtenBy === null ||
    Number.isNaN(written.getTime()) ||
    zeros.some((part) => part.some((byte) => byte !== 0))
  ) {
    throw broken("a field of it has no valid value");
  }
  return { medium, written, writtenBy };
}

/** Free media. */
export const freeLabelLibrary: MediaLabelLibrary = {
  name: "RSM",
  description: "Free media of this removable storage manager",
  maxMediaLabel: () => FREE_LABEL_BYTES,
  claimMediaLabel: claimFreeMedium,
};

function claimFreeMedium(bytes: Uint8Array): MediaLabelAnswer {
  if (!hasMagic(bytes)) return notOurs();
  let label: FreeLabel;
  try {
    label = decodeFreeLabel(bytes);
  } catch (error) {
    if (error instanceof RangeError) return notOurs(error.message);
    throw error;
  }
  const { medium, written, writtenBy } = label;
  return claim({
    type: FREE_LABEL_TYPE,
    id: guidBytes(medium),
    description: `Free medium, labelled ${written.toISOString()}${
      writtenBy === "" ? "" : ` by ${writtenBy}`
    }`,
    owner: writtenBy,
    application: "RSM",
    written,
  });
}

function hasMagic(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/** The text of a field that is filled up with NULs; null where it is malformed. */
function plainField(field: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(field).replace(/\0+$/, "");
    return isPlain(text) ? text : null;
  } catch (error) {
    // What a fatal TextDecoder throws for malformed UTF-8.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

function broken(why: string): RangeError {
  return new RangeError(`Cannot read a free label: ${why}`);
}
