/**
 * What is abnormal about an element: the additional sense codes of element
 * descriptors, which have no sense key.
 *
 * @module
 */
import { hex } from "./bytes.ts";
import { SENSE_TABLE } from "./sense_table.ts";

// Codes that stand in element descriptors only. They belong to the Exabyte,
// ADIC and IBM families, which agree on them only roughly.
const ELEMENT_NAMES: readonly (readonly [number, number, string])[] = [
  [0x81, 0x00, "drive present (vendor code)"],
  [0x82, 0x00, "drive absent (vendor code)"],
  [0x83, 0x00, "label questionable (vendor code)"],
  [0x83, 0x01, "label unreadable (vendor code)"],
  [0x83, 0x02, "no magazine (vendor code)"],
  [0x83, 0x03, "fullness questionable (vendor code)"],
  [0x83, 0x04, "drive not installed (vendor code)"],
  [0x83, 0x09, "no label (vendor code)"],
  [0x83, 0x0a, "bar code reader fault (vendor code)"],
];

const NAMES: ReadonlyMap<number, string> = new Map([
  ...SENSE_TABLE.flatMap(([, asc, ascq, , name]): [number, string][] =>
    asc === null || ascq === null ? [] : [[asc << 8 | ascq, name]]
  ),
  ...ELEMENT_NAMES.map(([asc, ascq, name]): [number, string] => [
    asc << 8 | ascq,
    name,
  ]),
]);

/** An element's ASC and ASCQ in one line, such as "3B/12: magazine removed". */
export function describeAdditionalSense(asc: number, ascq: number): string {
  const name = NAMES.get(asc << 8 | ascq);
  const code = `${hex(asc)}/${hex(ascq)}`;
  return name === undefined ? code : `${code}: ${name}`;
}
