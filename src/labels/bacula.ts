/**
 * Bacula and Bareos: a volume starts with a block (BB02) whose first record is
 * the volume label, big-endian. On a tape with ANSI or IBM labels it stands
 * behind their file mark.
 *
 * | offset | |
 * | --- | --- |
 * | 0 | CRC-32 of the block behind it, 0 where the site has switched check sums off |
 * | 4 | size of the block |
 * | 12 | "BB02" |
 * | 24 | -1 (labelled, not yet written) or -2 (written): the record is a volume label |
 * | 32 | size of the record |
 * | 36 | the label: program and version, times, then strings that end with NUL |
 *
 * The identity is the volume name, which is unique in a catalogue.
 *
 * @module
 */
import { claim, notOurs } from "./answers.ts";
import { recordsOfFile } from "./blocks.ts";
import { crc32 } from "./crc32.ts";
import type {
  LabelContext,
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { latin1, untilNul, utf8 } from "./text.ts";
import { readVol1 } from "./vol1.ts";

/** The default block size is 64,512 bytes; this is the largest one advised for tapes. */
const LONGEST_BLOCK_BYTES = 1 << 20;

const BLOCK_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 12;
const LABEL_START = BLOCK_HEADER_BYTES + RECORD_HEADER_BYTES;
const AT_BLOCK_SIZE = 4;
const AT_BLOCK_ID = 12;
const AT_FILE_INDEX = 24;
const AT_RECORD_SIZE = 32;

/** File indexes of volume labels: PRE_LABEL and VOL_LABEL. */
const LABEL_INDEXES: readonly number[] = [-1, -2];

/** What the label starts with, by program. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "Bacula 1.0 immortal\n": "Bacula",
  "Bacula 0.9 mortal\n": "Bacula",
  "Bareos 2.0 immortal\n": "Bareos",
};

/** From this version on, times are microseconds since 1970. */
const VERSION_WITH_BINARY_TIMES = 11;
/** Label time, write time, and two times of older versions. */
const TIMES_BYTES = 32;
const STRINGS = 9;

/** Bacula and Bareos. */
export const baculaLibrary: MediaLabelLibrary = {
  name: "Bacula",
  description: "Bacula and Bareos volumes",
  // Behind VOL1, HDR1, HDR2 and their file mark.
  reach: { records: 4, fileMarks: 1 },
  maxMediaLabel: () => LONGEST_BLOCK_BYTES,
  claimMediaLabel: (bytes, context) =>
    claimVolumeLabel(volumeBlock(bytes, context)),
};

function volumeBlock(bytes: Uint8Array, { blocks }: LabelContext): Uint8Array {
  if (readVol1(bytes) === null) return bytes;
  return recordsOfFile(blocks, 1)[0] ?? bytes;
}

function claimVolumeLabel(block: Uint8Array): MediaLabelAnswer {
  if (latin1(block.subarray(AT_BLOCK_ID, AT_BLOCK_ID + 4)) !== "BB02") {
    return notOurs();
  }
  if (block.length < LABEL_START) return notOurs("A Bacula block is cut short");
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const size = view.getUint32(AT_BLOCK_SIZE);
  if (size < LABEL_START || size > block.length) {
    return notOurs(`A Bacula block has ${block.length} of its ${size} bytes`);
  }
  const checksum = view.getUint32(0);
  if (checksum !== 0 && checksum !== crc32(block.subarray(4, size))) {
    return notOurs("The check sum of a Bacula block is wrong");
  }
  const end = LABEL_START + view.getUint32(AT_RECORD_SIZE);
  if (!LABEL_INDEXES.includes(view.getInt32(AT_FILE_INDEX)) || end > size) {
    return notOurs("A Bacula block does not start with a volume label");
  }
  return claimRecord(block.subarray(LABEL_START, end));
}

function claimRecord(record: Uint8Array): MediaLabelAnswer {
  const id = latin1(untilNul(record));
  const program = Object.hasOwn(PROGRAMS, id) ? PROGRAMS[id] : undefined;
  const times = id.length + 1 + 4;
  if (program === undefined) {
    return notOurs("A Bacula volume label is of no known version");
  }
  const strings: Uint8Array[] = [];
  for (let at = times + TIMES_BYTES; strings.length < STRINGS;) {
    const string = untilNul(record.subarray(at));
    if (at + string.length >= record.length) {
      return notOurs("A Bacula volume label is cut short");
    }
    strings.push(string);
    at += string.length + 1;
  }
  const [name = new Uint8Array()] = strings;
  if (name.length === 0) {
    return notOurs("A Bacula volume label has no volume name");
  }
  const [volume = "", , pool = "", , mediaType = "", computer = ""] = strings
    .map(utf8);
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const hasTime = view.getUint32(times - 4) >= VERSION_WITH_BINARY_TIMES;
  return claim({
    type: program,
    id: name,
    description: `${program} volume ${volume}${
      pool === "" ? "" : `, pool ${pool}`
    }`,
    volumeName: volume,
    application: program,
    computer,
    pool,
    mediaType,
    ...hasTime && {
      written: new Date(Number(view.getBigInt64(times) / 1000n)),
    },
  });
}
