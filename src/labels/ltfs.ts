/**
 * Linear Tape File System (ISO/IEC 20919): each partition starts with a VOL1
 * label whose implementation identifier is "LTFS", a file mark, and an XML
 * label with the UUID of the volume, which is its identity.
 *
 * A volume of which only the VOL1 label can be read is claimed as ANSI, by
 * its volume identifier.
 *
 * @module
 */
import { parseGuid } from "../model/mod.ts";
import { claim, notOurs } from "./answers.ts";
import { recordsOfFile } from "./blocks.ts";
import { guidBytes } from "./guid.ts";
import type {
  LabelContext,
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { utf8 } from "./text.ts";
import { LABEL_BYTES, readVol1 } from "./vol1.ts";

/** The XML label is about 700 bytes long; the known programs read up to 4,096. */
const LONGEST_LABEL_BYTES = 0x1_0000;

/** Linear Tape File System. */
export const ltfsLibrary: MediaLabelLibrary = {
  name: "LTFS",
  description: "Linear Tape File System",
  reach: { records: 2, fileMarks: 1 },
  maxMediaLabel: () => LONGEST_LABEL_BYTES,
  claimMediaLabel: claimLtfs,
};

function claimLtfs(
  bytes: Uint8Array,
  { blocks }: LabelContext,
): MediaLabelAnswer {
  const vol1 = readVol1(bytes);
  if (vol1?.implementation !== "LTFS") return notOurs();
  // Raw label bytes have no file marks: there the two labels are joined.
  const record = recordsOfFile(blocks, 1)[0] ?? bytes.subarray(LABEL_BYTES);
  const xml = withoutComments(utf8(record));
  const body = /^\s*(?:<\?[^>]*>\s*)?<ltfslabel[\s>]/.test(xml)
    ? xml.slice(xml.indexOf("<ltfslabel"))
    : null;
  if (body === null) {
    return notOurs("An LTFS volume has no readable LTFS label");
  }
  const uuid = parseGuid(elementText(body, "volumeuuid"));
  if (uuid === null) return notOurs("An LTFS label has no valid volume UUID");
  const creator = elementText(body, "creator");
  return claim({
    type: "LTFS",
    id: guidBytes(uuid),
    description: `LTFS volume ${vol1.volume || uuid}${
      creator === "" ? "" : `, formatted by ${creator}`
    }`,
    volumeName: vol1.volume,
    owner: vol1.owner,
    application: creator,
    written: new Date(elementText(body, "formattime")),
  });
}

/** Linear in the length, also for comments that never end. */
function withoutComments(xml: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = xml.indexOf("<!--", at);
    const end = start < 0 ? -1 : xml.indexOf("-->", start);
    if (end < 0) return parts.join("") + xml.slice(at);
    parts.push(xml.slice(at, start));
    at = end + "-->".length;
  }
}

/** The text of the first element of this name; empty where there is none. */
function elementText(xml: string, name: string): string {
  const opening = `<${name}>`;
  const start = xml.indexOf(opening);
  if (start < 0) return "";
  const end = xml.indexOf("<", start + opening.length);
  if (end < 0 || !xml.startsWith(`</${name}>`, end)) return "";
  return xml.slice(start + opening.length, end).trim()
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"').replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
