/**
 * The four kinds of element of a medium changer and their codes (SMC-3 4.1).
 *
 * @module
 */
import { hex } from "./bytes.ts";

/** A kind of element. */
export type ElementType =
  | "transport"
  | "storage"
  | "importExport"
  | "dataTransfer";

/** Element type codes as they stand in commands and element status pages. */
export const ELEMENT_TYPE_CODES: Readonly<Record<ElementType, number>> = {
  transport: 1,
  storage: 2,
  importExport: 3,
  dataTransfer: 4,
};

/** All kinds of element in the order of their codes. */
export const ELEMENT_TYPES: readonly ElementType[] = [
  "transport",
  "storage",
  "importExport",
  "dataTransfer",
];

/**
 * The kind of element that a code stands for.
 *
 * @param code The code.
 * @param offset Where it was found, for the message.
 * @throws {RangeError} When no kind has that code.
 */
export function elementTypeOfCode(code: number, offset: number): ElementType {
  const type = ELEMENT_TYPES[code - 1];
  if (type === undefined) {
    throw new RangeError(
      `No element type has the code ${hex(code)}h at offset ${offset}`,
    );
  }
  return type;
}
