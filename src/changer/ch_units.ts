/**
 * Element addresses and the units of the kernel's changer driver, which counts
 * from 0 within each type.
 *
 * @module
 */
import {
  type ChangerParameters,
  ELEMENT_TYPES as CH_TYPES,
  type ElementUnit,
} from "../../ffi/mod.ts";
import { ELEMENT_TYPES } from "../scsi/mod.ts";
import type { ElementLayout, ElementType } from "./changer.ts";

const TYPE_CODES = {
  transport: CH_TYPES.transport,
  storage: CH_TYPES.storage,
  importExport: CH_TYPES.importExport,
  dataTransfer: CH_TYPES.drive,
} as const satisfies Readonly<Record<ElementType, ElementUnit["type"]>>;

/** How many elements of each type the driver counts. */
export function countsOf(
  parameters: ChangerParameters,
): Readonly<Record<ElementType, number>> {
  return {
    transport: parameters.transports,
    storage: parameters.storage,
    importExport: parameters.importExport,
    dataTransfer: parameters.drives,
  };
}

/**
 * Addresses of our own, for a changer whose addresses nobody tells: the driver
 * knows them and does not pass them on. Transports come first, from 1, then
 * ports, drives and slots, without gaps.
 */
export function syntheticLayout(parameters: ChangerParameters): ElementLayout {
  const { drives, importExport, storage, transports } = parameters;
  const firstPort = 1 + transports;
  const firstDrive = firstPort + importExport;
  return {
    transport: { first: 1, count: transports },
    importExport: { first: firstPort, count: importExport },
    dataTransfer: { first: firstDrive, count: drives },
    storage: { first: firstDrive + drives, count: storage },
  };
}

/** The unit at an element address; null where no element is. */
export function unitAt(
  layout: ElementLayout,
  elementAddress: number,
): ElementUnit | null {
  for (const type of ELEMENT_TYPES) {
    const { first, count } = layout[type];
    if (elementAddress >= first && elementAddress < first + count) {
      return { type: TYPE_CODES[type], unit: elementAddress - first };
    }
  }
  return null;
}

/** The element address of a unit; null for the vendor's types. */
export function addressOfUnit(
  layout: ElementLayout,
  { type, unit }: ElementUnit,
): number | null {
  const found = ELEMENT_TYPES.find((name) => TYPE_CODES[name] === type);
  return found === undefined ? null : layout[found].first + unit;
}
