/**
 * Labelled tapes: a VOL1 label, then those of the first file (HDR1, HDR2...)
 * or a file mark. The identity is the volume identifier, which is unique at
 * its site.
 *
 * @module
 */
import { claim, notOurs } from "./answers.ts";
import { recordsOfFile } from "./blocks.ts";
import type {
  LabelContext,
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { latin1, printableField } from "./text.ts";
import { LABEL_BYTES, labelTexts, readVol1 } from "./vol1.ts";

/** VOL1 to VOL9, then at least HDR1. */
const LABELS = 10;

/** ANSI and IBM standard labels. */
export const ansiLibrary: MediaLabelLibrary = {
  name: "ANSI",
  description: "ANSI and IBM standard labels (VOL1)",
  reach: { records: LABELS },
  maxMediaLabel: () => LABELS * LABEL_BYTES,
  claimMediaLabel: claimVol1,
};

function claimVol1(
  bytes: Uint8Array,
  { blocks }: LabelContext,
): MediaLabelAnswer {
  const label = readVol1(bytes);
  if (label === null) {
    return latin1(bytes.subarray(0, 4)) === "VOL1"
      ? notOurs("A VOL1 label is cut short or has no valid volume identifier")
      : notOurs();
  }
  const { standard, volume, owner } = label;
  const hdr1 = labelTexts(recordsOfFile(blocks, 0), label)
    .find((text) => text.startsWith("HDR1"));
  const application = label.implementation ||
    printableField(hdr1?.slice(60, 73) ?? "");
  return claim({
    type: standard,
    id: new TextEncoder().encode(volume),
    description: [
      `Volume ${volume || "without identifier"}`,
      ...(owner === "" ? [] : [`owner ${owner}`]),
      ...(application === "" ? [] : [`written by ${application}`]),
    ].join(", "),
    volumeName: volume,
    owner,
    application,
  });
}
