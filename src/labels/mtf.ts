/**
 * Microsoft Tape Format 1.00a, as NTBackup, Backup Exec and SQL Server write
 * it: a medium starts with a TAPE descriptor block, little-endian.
 *
 * | offset | |
 * | --- | --- |
 * | 0 | common block header: "TAPE"; at 8 the offset of the first event, where the block ends; at 48 the kind of its strings; at 50 the exclusive or of the 25 words before |
 * | 56 | attributes of the tape |
 * | 68, 72, 80 | where media name, description or media label, and software name are: size, offset |
 *
 * The identity is what RSM took: the GUID of the media label where there is
 * one, else the MD5 of the block.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { parseGuid } from "../model/mod.ts";
import { claim, notOurs } from "./answers.ts";
import { guidBytes } from "./guid.ts";
import type {
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { latin1 } from "./text.ts";

/** Offsets in the block are of 16 bits: it cannot be longer. */
const LONGEST_BLOCK_BYTES = 0x1_0000;

const HEADER_BYTES = 52;
const TAPE_BLOCK_BYTES = 94;
const CHECKSUMMED_WORDS = HEADER_BYTES / 2;

const AT_FIRST_EVENT = 8;
const AT_STRING_KIND = 48;
const AT_ATTRIBUTES = 56;
const AT_MEDIA_NAME = 68;
const AT_DESCRIPTION = 72;
const AT_SOFTWARE_NAME = 80;

/** The description is a media label (MTF_TAPE_MEDIA_LABEL_BIT). */
const MEDIA_LABEL_BIT = 1 << 1;
const UNICODE_STRINGS = 2;

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

const UTF_16 = new TextDecoder("utf-16le", { ignoreBOM: true });
const WINDOWS_1252 = new TextDecoder("windows-1252");

/** Microsoft Tape Format. */
export const mtfLibrary: MediaLabelLibrary = {
  name: "MTF",
  description: "Microsoft Tape Format: NTBackup, Backup Exec, SQL Server",
  maxMediaLabel: () => LONGEST_BLOCK_BYTES,
  claimMediaLabel: claimTapeBlock,
};

function claimTapeBlock(bytes: Uint8Array): MediaLabelAnswer {
  if (latin1(bytes.subarray(0, 4)) !== "TAPE") return notOurs();
  if (bytes.length < TAPE_BLOCK_BYTES) {
    return notOurs("An MTF tape block is cut short");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let checksum = 0;
  for (let word = 0; word < CHECKSUMMED_WORDS; word++) {
    checksum ^= view.getUint16(2 * word, true);
  }
  if (checksum !== 0) {
    return notOurs("The check sum of an MTF tape block is wrong");
  }
  const end = view.getUint16(AT_FIRST_EVENT, true);
  if (end < TAPE_BLOCK_BYTES || end > bytes.length) {
    return notOurs(`An MTF tape block ends at ${end} of ${bytes.length} bytes`);
  }
  const text = (at: number) => textAt(view, at, end);
  const name = text(AT_MEDIA_NAME);
  const description = text(AT_DESCRIPTION);
  const software = text(AT_SOFTWARE_NAME);
  const isLabel = (view.getUint32(AT_ATTRIBUTES, true) & MEDIA_LABEL_BIT) !== 0;
  const guid = isLabel ? parseGuid(GUID.exec(description)?.[0] ?? "") : null;
  return claim({
    type: software.trim() || "Microsoft Tape Format",
    id: guid === null
      ? createHash("md5").update(bytes.subarray(0, end)).digest()
      : guidBytes(guid),
    description: name,
    volumeName: name,
    application: software,
  });
}

/** The string at an MTF_TAPE_ADDRESS; empty where it does not lie in the block. */
function textAt(view: DataView, at: number, end: number): string {
  const size = view.getUint16(at, true);
  const offset = view.getUint16(at + 2, true);
  if (offset + size > end) return "";
  const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, size);
  const decoder = view.getUint8(AT_STRING_KIND) === UNICODE_STRINGS
    ? UTF_16
    : WINDOWS_1252;
  return decoder.decode(bytes).replace(/\0+$/, "");
}
