/**
 * Tar archives: recognized, so that an operator learns what a medium holds,
 * but they have no identity. The check sum of the first header tells them
 * from other data; old ones have nothing else.
 *
 * @module
 */
import { claim, notOurs } from "./answers.ts";
import type {
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { latin1, untilNul, utf8 } from "./text.ts";

const HEADER_BYTES = 512;
const NAME_BYTES = 100;
const CHECKSUM_START = 148;
const CHECKSUM_END = 156;
const AT_KIND = 156;
const AT_MAGIC = 257;

/** GNU's member that names the archive. */
const VOLUME_HEADER = "V";

/** Tar: ustar, GNU, pax and the old form. */
export const tarLibrary: MediaLabelLibrary = {
  name: "tar",
  description: "tar archives, which have no identity",
  maxMediaLabel: () => HEADER_BYTES,
  claimMediaLabel: claimArchive,
};

function claimArchive(bytes: Uint8Array): MediaLabelAnswer {
  if (bytes.length < HEADER_BYTES) return notOurs();
  const header = bytes.subarray(0, HEADER_BYTES);
  const magic = latin1(header.subarray(AT_MAGIC, AT_MAGIC + 8));
  const isUstar = magic.startsWith("ustar");
  if (!checksumIsRight(header)) {
    return isUstar
      ? notOurs("The check sum of a tar header is wrong")
      : notOurs();
  }
  const name = utf8(untilNul(header.subarray(0, NAME_BYTES)));
  // A header without a name starts no archive; all-zero data is none either.
  if (name === "") return notOurs();
  const isNamed = String.fromCharCode(header[AT_KIND] ?? 0) === VOLUME_HEADER;
  const form = formOf(magic);
  return claim({
    type: "tar",
    id: new Uint8Array(),
    description: isNamed
      ? `tar archive "${name}"`
      : `tar archive (${form}), first member "${name}"`,
    ...isNamed && { volumeName: name },
  });
}

function formOf(magic: string): string {
  if (magic.startsWith("ustar\0")) return "ustar";
  return magic.startsWith("ustar  ") ? "GNU" : "old form";
}

/** The sum of the header's bytes, its own field as blanks; old programs took them as signed. */
function checksumIsRight(header: Uint8Array): boolean {
  const field = latin1(header.subarray(CHECKSUM_START, CHECKSUM_END));
  const digits = /^ *([0-7]{1,7})[\0 ]/.exec(`${field} `)?.[1];
  if (digits === undefined) return false;
  let unsigned = 0;
  let signed = 0;
  header.forEach((byte, index) => {
    const value = index >= CHECKSUM_START && index < CHECKSUM_END ? 0x20 : byte;
    unsigned += value;
    signed += value > 0x7f ? value - 0x100 : value;
  });
  const sum = parseInt(digits, 8);
  return sum === unsigned || sum === signed;
}
