/**
 * Command descriptor blocks by which a drive tells of its medium and is set:
 * READ ATTRIBUTE (SPC-4) and MODE SELECT(6).
 *
 * @module
 */
import { requireInteger, viewOf } from "./bytes.ts";

/** Operation codes of the commands in this module. */
export const MEDIUM_OPERATION = {
  modeSelect6: 0x15,
  readAttribute: 0x8c,
} as const;

/** Arguments of {@linkcode readAttribute}. */
export interface ReadAttribute {
  /** Where the list begins: attributes of lower ids are left out. @default {0} */
  readonly first?: number;
  /** Partition of the medium. @default {0} */
  readonly partition?: number;
  /** Room for the answer. */
  readonly allocationLength: number;
}

/** READ ATTRIBUTE (8Ch), service action 0: values of the cartridge's memory. */
export function readAttribute(
  { allocationLength, first = 0, partition = 0 }: ReadAttribute,
): Uint8Array {
  const cdb = new Uint8Array(16);
  const view = viewOf(cdb);
  cdb[0] = MEDIUM_OPERATION.readAttribute;
  cdb[7] = requireInteger(partition, 0xff, "partition number");
  view.setUint16(8, requireInteger(first, 0xffff, "attribute identifier"));
  view.setUint32(
    10,
    requireInteger(allocationLength, 0xffff_ffff, "allocation length"),
  );
  return cdb;
}

/** Arguments of {@linkcode modeSelect6}. */
export interface ModeSelect6 {
  /** Bytes of the parameters that are sent with it. */
  readonly length: number;
}

/** MODE SELECT(6) (15h) of pages in the form of the standard, which are not saved. */
export function modeSelect6({ length }: ModeSelect6): Uint8Array {
  const pageFormat = 0x10;
  return Uint8Array.of(
    MEDIUM_OPERATION.modeSelect6,
    pageFormat,
    0,
    0,
    requireInteger(length, 0xff, "parameter list length"),
    0,
  );
}
