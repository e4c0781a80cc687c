/**
 * Decoding of command descriptor blocks, for the virtual changer and its
 * drives. What the encoders in cdb.ts write, this reads.
 *
 * @module
 */
import { requireBytes, viewOf } from "./bytes.ts";
import {
  type ElementRange,
  type ExchangeMedium,
  type InitializeElementStatusWithRange,
  type InitializeElementStatusWithRangeVendor,
  type Inquiry,
  type LoadUnload,
  type LogSense,
  type ModeSense,
  type MoveMedium,
  type OpenCloseImportExport,
  OPERATION,
  PAGE_CONTROLS,
  type PositionToElement,
  type ReadElementStatus,
  type RequestSense,
} from "./cdb.ts";
import type { StartStopUnit } from "./disk_cdb.ts";
import { elementTypeOfCode } from "./element_types.ts";
import {
  MEDIUM_OPERATION,
  type ModeSelect6,
  type ReadAttribute,
} from "./medium_cdb.ts";
import {
  type Read6,
  TAPE_OPERATION,
  type Write6,
  type WriteFilemarks6,
} from "./tape_cdb.ts";

/** A decoded command; every argument is there. */
export type Command =
  | { readonly command: "testUnitReady" }
  | { readonly command: "requestSense" } & Required<RequestSense>
  | { readonly command: "inquiry" } & Required<Inquiry>
  | { readonly command: "modeSense6" } & Required<ModeSense>
  | { readonly command: "modeSense10" } & Required<ModeSense>
  | { readonly command: "initializeElementStatus" }
  | { readonly command: "initializeElementStatusWithRange" }
    & Required<
      InitializeElementStatusWithRange
    >
  | { readonly command: "initializeElementStatusWithRangeVendor" }
    & Required<
      InitializeElementStatusWithRangeVendor
    >
  | { readonly command: "readElementStatus" } & Required<ReadElementStatus>
  | { readonly command: "positionToElement" } & Required<PositionToElement>
  | { readonly command: "moveMedium" } & Required<MoveMedium>
  | { readonly command: "exchangeMedium" } & Required<ExchangeMedium>
  | {
    readonly command: "preventAllowMediumRemoval";
    readonly prevent: boolean;
  }
  | { readonly command: "openCloseImportExport" } & OpenCloseImportExport
  | { readonly command: "loadUnload" } & Required<LoadUnload>
  | { readonly command: "startStopUnit" } & Required<StartStopUnit>
  | { readonly command: "logSense" } & Required<LogSense>
  | { readonly command: "modeSelect6" } & ModeSelect6
  | { readonly command: "readAttribute" } & Required<ReadAttribute>
  | { readonly command: "rewind" }
  | { readonly command: "read6" } & Required<Read6>
  | { readonly command: "write6" } & Write6
  | { readonly command: "writeFilemarks6" } & WriteFilemarks6
  | InvalidField
  | { readonly command: "unknown"; readonly operationCode: number };

/** A known command with a field that has no meaning; the answer is 5/24/00 with this pointer. */
export interface InvalidField {
  /** Kind of command. */
  readonly command: "invalidField";
  /** Offset of the byte in the CDB that the field begins in. */
  readonly byte: number;
}

/** To what a command goes, a tape drive or one of disks: 1Bh is another command to each. */
export type CommandTarget = "changer" | "drive" | "disk";

/**
 * Decodes a CDB.
 *
 * @throws {RangeError} When it is shorter than its operation code demands.
 */
export function decodeCdb(cdb: Uint8Array, target: CommandTarget): Command {
  requireBytes(cdb, 0, 1, "the operation code");
  const operationCode = cdb[0] ?? 0;
  const size = cdbSize(operationCode);
  requireBytes(cdb, 0, size, "a command descriptor block");
  const view = viewOf(cdb);
  switch (size) {
    case 6:
      return decodeSixBytes(view, operationCode, target);
    case 10:
      return decodeTenBytes(view, operationCode);
    case 12:
      return decodeTwelveBytes(view, operationCode);
    case 16:
      return decodeSixteenBytes(view, operationCode);
    default:
      return { command: "unknown", operationCode };
  }
}

/** How long a CDB is, from the group in the first three bits of its operation code (SPC-4 4.2.5.1). */
export function cdbSize(operationCode: number): number {
  if (operationCode === OPERATION.initializeElementStatusWithRangeVendor) {
    return 10;
  }
  // Groups 3, 6 and 7 are reserved or the maker's own: nothing is known but
  // the operation code.
  return [6, 10, 10, 1, 16, 12, 1, 1][operationCode >> 5] ?? 1;
}

function bit(view: DataView, offset: number, position: number): boolean {
  return (view.getUint8(offset) & (1 << position)) !== 0;
}

function decodeSixBytes(
  view: DataView,
  operationCode: number,
  target: CommandTarget,
): Command {
  switch (operationCode) {
    case OPERATION.testUnitReady:
      return { command: "testUnitReady" };
    case OPERATION.requestSense:
      return {
        command: "requestSense",
        descriptorFormat: bit(view, 1, 0),
        allocationLength: view.getUint8(4),
      };
    case OPERATION.initializeElementStatus:
      return { command: "initializeElementStatus" };
    case OPERATION.inquiry:
      return decodeInquiryCdb(view);
    case OPERATION.modeSense6:
      return {
        command: "modeSense6",
        ...modeSenseFields(view),
        allocationLength: view.getUint8(4),
      };
    case OPERATION.openCloseOrLoadUnload:
      return DECODE_1B[target](view);
    case OPERATION.preventAllowMediumRemoval:
      return decodePrevent(view);
    default:
      return target === "drive"
        ? decodeTape(view, operationCode)
        : { command: "unknown", operationCode };
  }
}

function decodeTape(view: DataView, operationCode: number): Command {
  const number = view.getUint8(2) * 0x10000 + view.getUint16(3);
  // Blocks of the length that the drive is set to: nothing here sets one.
  const fixed = bit(view, 1, 0);
  switch (operationCode) {
    case TAPE_OPERATION.rewind:
      return { command: "rewind" };
    case MEDIUM_OPERATION.modeSelect6:
      // Pages of the maker's own form, or to be saved: nothing here sends any.
      return view.getUint8(1) !== 0x10
        ? { command: "invalidField", byte: 1 }
        : { command: "modeSelect6", length: view.getUint8(4) };
    case TAPE_OPERATION.read6:
      return fixed
        ? { command: "invalidField", byte: 1 }
        : { command: "read6", length: number, anyLength: bit(view, 1, 1) };
    case TAPE_OPERATION.write6:
      return fixed
        ? { command: "invalidField", byte: 1 }
        : { command: "write6", length: number };
    case TAPE_OPERATION.writeFilemarks6:
      return { command: "writeFilemarks6", count: number };
    default:
      return { command: "unknown", operationCode };
  }
}

function decodeInquiryCdb(view: DataView): Command {
  const isPage = bit(view, 1, 0);
  const page = view.getUint8(2);
  if (!isPage && page !== 0) return { command: "invalidField", byte: 2 };
  return {
    command: "inquiry",
    vpdPage: isPage ? page : null,
    allocationLength: view.getUint16(3),
  };
}

function decodeLoadUnload(view: DataView): Command {
  return {
    command: "loadUnload",
    load: bit(view, 4, 0),
    immediate: bit(view, 1, 0),
    hold: bit(view, 4, 3),
    retension: bit(view, 4, 1),
    endOfTape: bit(view, 4, 2),
  };
}

function decodeStartStop(view: DataView): Command {
  // Power conditions: nothing here sets one.
  if (view.getUint8(4) >> 4 !== 0) return { command: "invalidField", byte: 4 };
  return {
    command: "startStopUnit",
    start: bit(view, 4, 0),
    loadEject: bit(view, 4, 1),
    immediate: bit(view, 1, 0),
  };
}

const DECODE_1B: Readonly<
  Record<CommandTarget, (view: DataView) => Command>
> = {
  changer: decodeOpenClose,
  drive: decodeLoadUnload,
  disk: decodeStartStop,
};

function decodeOpenClose(view: DataView): Command {
  const action = view.getUint8(4) & 0x1f;
  if (action > 1) return { command: "invalidField", byte: 4 };
  return {
    command: "openCloseImportExport",
    element: view.getUint16(2),
    action: action === 0 ? "open" : "close",
  };
}

function decodePrevent(view: DataView): Command {
  const code = view.getUint8(4) & 0x03;
  if (code > 1) return { command: "invalidField", byte: 4 };
  return { command: "preventAllowMediumRemoval", prevent: code === 1 };
}

function decodeTenBytes(view: DataView, operationCode: number): Command {
  switch (operationCode) {
    case OPERATION.positionToElement:
      return {
        command: "positionToElement",
        transport: view.getUint16(2),
        target: view.getUint16(4),
        invert: bit(view, 8, 0),
      };
    case OPERATION.initializeElementStatusWithRange:
      return {
        command: "initializeElementStatusWithRange",
        range: rangeIn(view),
        fast: bit(view, 1, 1),
      };
    case OPERATION.initializeElementStatusWithRangeVendor:
      return {
        command: "initializeElementStatusWithRangeVendor",
        range: rangeIn(view),
        noBarcodes: bit(view, 9, 7),
      };
    case OPERATION.logSense:
      return {
        command: "logSense",
        page: view.getUint8(2) & 0x3f,
        subpage: view.getUint8(3),
        pageControl: view.getUint8(2) >> 6,
        parameterPointer: view.getUint16(5),
        allocationLength: view.getUint16(7),
      };
    case OPERATION.modeSense10:
      return {
        command: "modeSense10",
        ...modeSenseFields(view),
        allocationLength: view.getUint16(7),
      };
    default:
      return { command: "unknown", operationCode };
  }
}

function rangeIn(view: DataView): ElementRange | null {
  return bit(view, 1, 0)
    ? { start: view.getUint16(2), count: view.getUint16(6) }
    : null;
}

function modeSenseFields(
  view: DataView,
): Required<Omit<ModeSense, "allocationLength">> {
  const code = view.getUint8(2);
  return {
    page: code & 0x3f,
    subpage: view.getUint8(3),
    pageControl: PAGE_CONTROLS[code >> 6] ?? "current",
    disableBlockDescriptors: bit(view, 1, 3),
  };
}

function decodeTwelveBytes(view: DataView, operationCode: number): Command {
  switch (operationCode) {
    case OPERATION.moveMedium:
      return {
        command: "moveMedium",
        transport: view.getUint16(2),
        source: view.getUint16(4),
        target: view.getUint16(6),
        invert: bit(view, 10, 0),
      };
    case OPERATION.exchangeMedium:
      return {
        command: "exchangeMedium",
        transport: view.getUint16(2),
        source: view.getUint16(4),
        firstTarget: view.getUint16(6),
        secondTarget: view.getUint16(8),
        invertFirst: bit(view, 10, 0),
        invertSecond: bit(view, 10, 1),
      };
    case OPERATION.readElementStatus:
      return decodeReadElementStatus(view);
    default:
      return { command: "unknown", operationCode };
  }
}

function decodeSixteenBytes(view: DataView, operationCode: number): Command {
  if (operationCode !== MEDIUM_OPERATION.readAttribute) {
    return { command: "unknown", operationCode };
  }
  // Values are all that is read here.
  if ((view.getUint8(1) & 0x1f) !== 0) {
    return { command: "invalidField", byte: 1 };
  }
  return {
    command: "readAttribute",
    first: view.getUint16(8),
    partition: view.getUint8(7),
    allocationLength: view.getUint32(10),
  };
}

function decodeReadElementStatus(view: DataView): Command {
  const code = view.getUint8(1) & 0x0f;
  if (code > 4) return { command: "invalidField", byte: 1 };
  return {
    command: "readElementStatus",
    type: code === 0 ? "all" : elementTypeOfCode(code, 1),
    start: view.getUint16(2),
    count: view.getUint16(4),
    volumeTags: bit(view, 1, 4),
    deviceIds: bit(view, 6, 0),
    currentData: bit(view, 6, 1),
    allocationLength: view.getUint8(7) * 0x10000 + view.getUint16(8),
  };
}
