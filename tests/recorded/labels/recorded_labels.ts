/**
 * Reads the recorded starts of media in this folder; README.md says how each
 * was made and what the files look like.
 *
 * @module
 */
import type { LabelBlock } from "../../../src/labels/mod.ts";

/** The recorded media. */
export type RecordedMedium =
  | "amanda_labelled"
  | "bacula_ansi"
  | "bacula_disk"
  | "bacula_ibm"
  | "bacula_tape"
  | "tar_gnu"
  | "tar_oldgnu"
  | "tar_pax"
  | "tar_ustar"
  | "tar_v7"
  | "tar_volume";

/** The blocks at the start of a recorded medium. */
export function recordedLabel(medium: RecordedMedium): LabelBlock[] {
  const url = new URL(`./${medium}.hex`, import.meta.url);
  const blocks: LabelBlock[] = [];
  let record = new Uint8Array();
  for (const line of Deno.readTextFileSync(url).trim().split("\n")) {
    const [word = "", ...rest] = line.split(" ");
    if (word === "#") continue;
    if (word === "fileMark" || word === "endOfData") {
      blocks.push({ kind: word });
    } else if (word === "record") {
      record = new Uint8Array(Number(rest[0]));
      blocks.push({ kind: "record", bytes: record });
    } else {
      const offset = parseInt(word, 16);
      record.set(rest.map((pair) => parseInt(pair, 16)), offset);
    }
  }
  return blocks;
}
