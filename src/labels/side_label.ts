/**
 * The on-media identifier (OMID) as the catalogue keeps it with a side.
 *
 * @module
 */
import type { SideRecord } from "../model/mod.ts";
import { hexDigits } from "./guid.ts";
import type { MediaLabelInfo } from "./media_label_library.ts";

/**
 * What a side keeps of a label: type, id as hexadecimal digits, and the
 * description. Two media are the same when type and id are equal; the
 * description may change.
 *
 * @example
 * ```ts
 * import { sideLabel } from "./mod.ts";
 *
 * const { id } = sideLabel({
 *   LabelType: "ANSI",
 *   LabelID: new TextEncoder().encode("ABC123"),
 *   LabelAppDescr: "Volume ABC123",
 * });
 * console.assert(id === "414243313233");
 * ```
 */
export function sideLabel(label: MediaLabelInfo): SideRecord["label"] {
  return {
    type: label.LabelType,
    id: hexDigits(label.LabelID),
    info: label.LabelAppDescr,
  };
}
