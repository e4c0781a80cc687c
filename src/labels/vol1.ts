/**
 * The 80-byte labels at the start of a labelled tape, in ASCII (ANSI X3.27,
 * ISO 1001, ECMA-13) or EBCDIC (IBM standard labels).
 *
 * @module
 */
import { ebcdic } from "./ebcdic.ts";
import { latin1, printableField } from "./text.ts";

/** Bytes of each label. */
export const LABEL_BYTES = 80;

/** The volume label. */
export interface Vol1 {
  /** Who defined the form: ASCII labels are ANSI's, EBCDIC ones IBM's. */
  readonly standard: "ANSI" | "IBM";
  /** Volume identifier (serial number), without the blanks around it. */
  readonly volume: string;
  /** The system that wrote the label (ANSI version 4), or empty. */
  readonly implementation: string;
  /** Owner, or empty. */
  readonly owner: string;
}

/** Letters, digits and the special characters that the standards allow. */
const VOLUME = /^[A-Za-z0-9 !"%&'()*+,\-./:;<=>?_@#$]{6}$/;

/**
 * Reads a volume label.
 *
 * Only its first eleven bytes have to be right: Bacula 9.6 fills the rest of
 * its own VOL1 labels with what happened to be in memory. A field with such
 * bytes counts as empty.
 *
 * @returns `null` where it is none.
 */
export function readVol1(bytes: Uint8Array): Vol1 | null {
  if (bytes.length < LABEL_BYTES) return null;
  const label = bytes.subarray(0, LABEL_BYTES);
  const isIbm = ebcdic(label.subarray(0, 4)) === "VOL1";
  const text = isIbm ? ebcdic(label) : latin1(label);
  const volume = text.slice(4, 10);
  if (!text.startsWith("VOL1") || !VOLUME.test(volume)) return null;
  return {
    standard: isIbm ? "IBM" : "ANSI",
    volume: volume.trim(),
    implementation: printableField(text.slice(24, 37)),
    owner: printableField(text.slice(37, 51)),
  };
}

/**
 * The labels of a file of labels: records of 80 bytes, or several labels in
 * one record.
 */
export function labelTexts(
  records: readonly Uint8Array[],
  { standard }: Vol1,
): string[] {
  const decode = standard === "IBM" ? ebcdic : latin1;
  return records.flatMap((record) => {
    const texts: string[] = [];
    for (let at = 0; at + LABEL_BYTES <= record.length; at += LABEL_BYTES) {
      texts.push(decode(record.subarray(at, at + LABEL_BYTES)));
    }
    return texts;
  });
}
