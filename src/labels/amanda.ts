/**
 * Amanda: a labelled tape starts with a header block of 32 KiB, of which the
 * first line is `AMANDA: TAPESTART DATE 20261122 TAPE DAILY-001`. The date is
 * X or 0 where nothing was written since the tape was labelled.
 *
 * The identity is the label, which is unique in a configuration.
 *
 * @module
 */
import { claim, notOurs } from "./answers.ts";
import type {
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { latin1, utf8 } from "./text.ts";

const HEADER_BYTES = 32_768;
/** The line has a label of at most 255 bytes and a date. */
const LONGEST_LINE_BYTES = 512;

const LINE = /^AMANDA: TAPESTART DATE (\S+) TAPE (\S+)$/;

/** Amanda. */
export const amandaLibrary: MediaLabelLibrary = {
  name: "Amanda",
  description: "Amanda tapes",
  maxMediaLabel: () => HEADER_BYTES,
  claimMediaLabel: claimTapeStart,
};

function claimTapeStart(bytes: Uint8Array): MediaLabelAnswer {
  const start = bytes.subarray(0, LONGEST_LINE_BYTES);
  if (!latin1(start).startsWith("AMANDA: ")) return notOurs();
  const end = start.indexOf(0x0a);
  const match = LINE.exec(latin1(start.subarray(0, Math.max(end, 0))));
  if (match === null) {
    return notOurs("An Amanda header is not that of the start of a tape");
  }
  const [line, date = "", label = ""] = match;
  const id = start.subarray(line.length - label.length, line.length);
  const written = writtenOn(date);
  const name = utf8(id);
  return claim({
    type: "Amanda",
    id,
    description: `Amanda tape ${name}, ${
      written === null
        ? "not written since it was labelled"
        : `written on ${written.toISOString().slice(0, 10)}`
    }`,
    volumeName: name,
    application: "Amanda",
    ...written !== null && { written },
  });
}

/** The day, from YYYYMMDD or YYYYMMDDhhmmss in a time zone that is not told. */
function writtenOn(stamp: string): Date | null {
  const match = /^(\d{4})(\d\d)(\d\d)(?:\d{6})?$/.exec(stamp);
  if (match === null) return null;
  const [, year, month, day] = match.map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  return Number.isNaN(date.getTime()) ? null : date;
}
