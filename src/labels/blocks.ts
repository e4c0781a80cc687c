/**
 * Parts of what was read from a medium.
 *
 * @module
 */
import type { LabelBlock } from "./media_label_library.ts";

/** The records of one file, counted from 0. */
export function recordsOfFile(
  blocks: readonly LabelBlock[],
  file: number,
): Uint8Array[] {
  const records: Uint8Array[] = [];
  let current = 0;
  for (const block of blocks) {
    if (block.kind === "endOfData") break;
    if (block.kind === "fileMark") current++;
    else if (current === file) records.push(block.bytes);
  }
  return records;
}

/** The records of the first file, joined, at most `length` bytes: what a library gets. */
export function leadingBytes(
  blocks: readonly LabelBlock[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length);
  let size = 0;
  for (const record of recordsOfFile(blocks, 0)) {
    const part = record.subarray(0, length - size);
    joined.set(part, size);
    size += part.length;
  }
  return joined.slice(0, size);
}

/** The blocks, with a copy of at most `length` bytes of each record. */
export function cutBlocks(
  blocks: readonly LabelBlock[],
  length: number,
): LabelBlock[] {
  return blocks.map((block) =>
    block.kind === "record"
      ? { kind: "record", bytes: block.bytes.slice(0, length) }
      : { kind: block.kind }
  );
}
