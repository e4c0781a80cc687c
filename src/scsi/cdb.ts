/**
 * Command descriptor blocks: one function a command, arguments in, bytes out.
 * SPC-4 for the general commands, SMC-3 for the medium changer's, SSC-4 for the
 * drive's. Arguments out of range are a RangeError that names the field.
 *
 * @module
 */
import { requireInteger, viewOf } from "./bytes.ts";
import { ELEMENT_TYPE_CODES, type ElementType } from "./element_types.ts";

/** Operation codes of the commands in this module. */
export const OPERATION = {
  testUnitReady: 0x00,
  requestSense: 0x03,
  initializeElementStatus: 0x07,
  inquiry: 0x12,
  modeSense6: 0x1a,
  /** OPEN/CLOSE IMPORT/EXPORT ELEMENT on a changer, LOAD UNLOAD on a tape drive, START STOP UNIT on others. */
  openCloseOrLoadUnload: 0x1b,
  preventAllowMediumRemoval: 0x1e,
  positionToElement: 0x2b,
  initializeElementStatusWithRange: 0x37,
  logSense: 0x4d,
  modeSense10: 0x5a,
  moveMedium: 0xa5,
  exchangeMedium: 0xa6,
  readElementStatus: 0xb8,
  initializeElementStatusWithRangeVendor: 0xe7,
} as const;

const MAX_ADDRESS = 0xffff;

/** Starts a CDB; the rest of it is zero until set. */
function command(operation: number, size: 6 | 10 | 12): Uint8Array {
  const cdb = new Uint8Array(size);
  cdb[0] = operation;
  return cdb;
}

function put16(
  cdb: Uint8Array,
  offset: number,
  value: number,
  what: string,
): void {
  viewOf(cdb).setUint16(offset, requireInteger(value, MAX_ADDRESS, what));
}

function flag(set: boolean | undefined, bit: number): number {
  return set === true ? 1 << bit : 0;
}

/** TEST UNIT READY (00h). */
export function testUnitReady(): Uint8Array {
  return command(OPERATION.testUnitReady, 6);
}

/** Arguments of {@linkcode requestSense}. */
export interface RequestSense {
  /** Ask for descriptor format. @default {false} */
  readonly descriptorFormat?: boolean;
  /** Room for the answer. @default {252} */
  readonly allocationLength?: number;
}

/** REQUEST SENSE (03h). */
export function requestSense(args: RequestSense = {}): Uint8Array {
  const cdb = command(OPERATION.requestSense, 6);
  cdb[1] = flag(args.descriptorFormat, 0);
  cdb[4] = requireInteger(
    args.allocationLength ?? 252,
    0xff,
    "allocation length",
  );
  return cdb;
}

/** Arguments of {@linkcode inquiry}. */
export interface Inquiry {
  /** Vital product data page; null or left out for standard data. */
  readonly vpdPage?: number | null;
  /**
   * Room for the answer. Before SPC-3 only its low byte counts, so that 255 is
   * the most that every device understands.
   * @default {36 for standard data, 252 for a page}
   */
  readonly allocationLength?: number;
}

/** INQUIRY (12h). */
export function inquiry(args: Inquiry = {}): Uint8Array {
  const page = args.vpdPage ?? null;
  const cdb = command(OPERATION.inquiry, 6);
  cdb[1] = flag(page !== null, 0);
  cdb[2] = requireInteger(page ?? 0, 0xff, "page code");
  const size = args.allocationLength ?? (page === null ? 36 : 252);
  put16(cdb, 3, size, "allocation length");
  return cdb;
}

/** Which values of a mode page are wanted. */
export type PageControl = "current" | "changeable" | "default" | "saved";

/** Page controls in the order of their codes. */
export const PAGE_CONTROLS: readonly PageControl[] = [
  "current",
  "changeable",
  "default",
  "saved",
];

/** Arguments of {@linkcode modeSense6} and {@linkcode modeSense10}. */
export interface ModeSense {
  /** Mode page code, 3Fh for all. */
  readonly page: number;
  /** Subpage code. @default {0} */
  readonly subpage?: number;
  /** Which values of the page. @default {"current"} */
  readonly pageControl?: PageControl;
  /** DBD: leave out block descriptors. @default {false} */
  readonly disableBlockDescriptors?: boolean;
  /** Room for the answer. @default {255} */
  readonly allocationLength?: number;
}

function modeSenseFields(cdb: Uint8Array, args: ModeSense): void {
  cdb[1] = flag(args.disableBlockDescriptors, 3);
  const control = PAGE_CONTROLS.indexOf(args.pageControl ?? "current");
  cdb[2] = (control << 6) | requireInteger(args.page, 0x3f, "page code");
  cdb[3] = requireInteger(args.subpage ?? 0, 0xff, "subpage code");
}

/** MODE SENSE(6) (1Ah). */
export function modeSense6(args: ModeSense): Uint8Array {
  const cdb = command(OPERATION.modeSense6, 6);
  modeSenseFields(cdb, args);
  cdb[4] = requireInteger(
    args.allocationLength ?? 0xff,
    0xff,
    "allocation length",
  );
  return cdb;
}

/** MODE SENSE(10) (5Ah). */
export function modeSense10(args: ModeSense): Uint8Array {
  const cdb = command(OPERATION.modeSense10, 10);
  modeSenseFields(cdb, args);
  put16(cdb, 7, args.allocationLength ?? 0xff, "allocation length");
  return cdb;
}

/** INITIALIZE ELEMENT STATUS (07h): every element is checked; may take an hour. */
export function initializeElementStatus(): Uint8Array {
  return command(OPERATION.initializeElementStatus, 6);
}

/** A run of element addresses. */
export interface ElementRange {
  /** Lowest element address. */
  readonly start: number;
  /** Number of elements; 0 for all up to the last. */
  readonly count: number;
}

/** Arguments of {@linkcode initializeElementStatusWithRange}. */
export interface InitializeElementStatusWithRange {
  /** Which elements; null for all. */
  readonly range: ElementRange | null;
  /** FAST: look whether there is a medium, do not read labels. @default {false} */
  readonly fast?: boolean;
}

/** INITIALIZE ELEMENT STATUS WITH RANGE (37h). */
export function initializeElementStatusWithRange(
  args: InitializeElementStatusWithRange,
): Uint8Array {
  const cdb = command(OPERATION.initializeElementStatusWithRange, 10);
  putRange(cdb, args.range);
  cdb[1] = (cdb[1] ?? 0) | flag(args.fast, 1);
  return cdb;
}

/** Arguments of {@linkcode initializeElementStatusWithRangeVendor}. */
export interface InitializeElementStatusWithRangeVendor {
  /** Which elements; null for all. */
  readonly range: ElementRange | null;
  /** NBL: do not read labels. @default {false} */
  readonly noBarcodes?: boolean;
}

/**
 * INITIALIZE ELEMENT STATUS WITH RANGE in the form (E7h) that IBM, HP, ADIC and
 * others had before the standard had one.
 */
export function initializeElementStatusWithRangeVendor(
  args: InitializeElementStatusWithRangeVendor,
): Uint8Array {
  const cdb = command(OPERATION.initializeElementStatusWithRangeVendor, 10);
  putRange(cdb, args.range);
  cdb[9] = flag(args.noBarcodes, 7);
  return cdb;
}

function putRange(cdb: Uint8Array, range: ElementRange | null): void {
  cdb[1] = flag(range !== null, 0);
  put16(cdb, 2, range?.start ?? 0, "first element address");
  put16(cdb, 6, range?.count ?? 0, "number of elements");
}

/** Arguments of {@linkcode readElementStatus}. */
export interface ReadElementStatus {
  /**
   * Which elements. "all" is legal, but several devices answer it wrongly:
   * ask for one type at a time.
   */
  readonly type: ElementType | "all";
  /** Lowest element address wanted. */
  readonly start: number;
  /** Most elements to report. */
  readonly count: number;
  /** VOLTAG: with volume tags. @default {false} */
  readonly volumeTags?: boolean;
  /**
   * DVCID: with the drives' device identifiers. Some devices give wrong flags,
   * or fail, when this stands together with VOLTAG.
   * @default {false}
   */
  readonly deviceIds?: boolean;
  /** CURDATA: report what is known, without moving the robot. @default {true} */
  readonly currentData?: boolean;
  /**
   * Room for the answer. Some devices look at the low two bytes only.
   * @default {65535}
   */
  readonly allocationLength?: number;
}

/** READ ELEMENT STATUS (B8h). */
export function readElementStatus(args: ReadElementStatus): Uint8Array {
  const cdb = command(OPERATION.readElementStatus, 12);
  const type = args.type === "all" ? 0 : ELEMENT_TYPE_CODES[args.type];
  cdb[1] = flag(args.volumeTags, 4) | type;
  put16(cdb, 2, args.start, "first element address");
  put16(cdb, 4, args.count, "number of elements");
  cdb[6] = flag(args.currentData ?? true, 1) | flag(args.deviceIds, 0);
  const size = requireInteger(
    args.allocationLength ?? 0xffff,
    0xffffff,
    "allocation length",
  );
  cdb[7] = size >> 16;
  put16(cdb, 8, size & 0xffff, "allocation length");
  return cdb;
}

/** Arguments of {@linkcode positionToElement}: element addresses. */
export interface PositionToElement {
  /** The transport; 0 lets the device choose. @default {0} */
  readonly transport?: number;
  /** The element to stand before. */
  readonly target: number;
  /** Turn the gripper over. @default {false} */
  readonly invert?: boolean;
}

/** POSITION TO ELEMENT (2Bh). */
export function positionToElement(args: PositionToElement): Uint8Array {
  const cdb = command(OPERATION.positionToElement, 10);
  put16(cdb, 2, args.transport ?? 0, "transport element address");
  put16(cdb, 4, args.target, "target element address");
  cdb[8] = flag(args.invert, 0);
  return cdb;
}

/** Arguments of {@linkcode moveMedium}: element addresses. */
export interface MoveMedium {
  /** The transport; 0 lets the device choose. @default {0} */
  readonly transport?: number;
  /** The element that the medium is in. */
  readonly source: number;
  /** The element it goes to. */
  readonly target: number;
  /** Turn the medium over. @default {false} */
  readonly invert?: boolean;
}

/** MOVE MEDIUM (A5h). Not idempotent: never sent again without asking first. */
export function moveMedium(args: MoveMedium): Uint8Array {
  const cdb = command(OPERATION.moveMedium, 12);
  put16(cdb, 2, args.transport ?? 0, "transport element address");
  put16(cdb, 4, args.source, "source element address");
  put16(cdb, 6, args.target, "target element address");
  cdb[10] = flag(args.invert, 0);
  return cdb;
}

/** Arguments of {@linkcode exchangeMedium}: element addresses. */
export interface ExchangeMedium {
  /** The transport; 0 lets the device choose. @default {0} */
  readonly transport?: number;
  /** The element that the medium is in. */
  readonly source: number;
  /** Where the source's medium goes. */
  readonly firstTarget: number;
  /** Where that goes which was in the first target; may be the source. */
  readonly secondTarget: number;
  /** INV1: turn the source's medium over. @default {false} */
  readonly invertFirst?: boolean;
  /** INV2: turn the other medium over. @default {false} */
  readonly invertSecond?: boolean;
}

/** EXCHANGE MEDIUM (A6h). Not idempotent. INV1 is bit 0 and INV2 bit 1, as in the standard. */
export function exchangeMedium(args: ExchangeMedium): Uint8Array {
  const cdb = command(OPERATION.exchangeMedium, 12);
  put16(cdb, 2, args.transport ?? 0, "transport element address");
  put16(cdb, 4, args.source, "source element address");
  put16(cdb, 6, args.firstTarget, "first target element address");
  put16(cdb, 8, args.secondTarget, "second target element address");
  cdb[10] = flag(args.invertFirst, 0) | flag(args.invertSecond, 1);
  return cdb;
}

/** PREVENT ALLOW MEDIUM REMOVAL (1Eh): locks the door or mail slot, or a drive. */
export function preventAllowMediumRemoval(prevent: boolean): Uint8Array {
  const cdb = command(OPERATION.preventAllowMediumRemoval, 6);
  cdb[4] = flag(prevent, 0);
  return cdb;
}

/** Arguments of {@linkcode openCloseImportExport}. */
export interface OpenCloseImportExport {
  /** Element address of the import/export element. */
  readonly element: number;
  /** What to do: unlock and open it, or close and lock it. */
  readonly action: "open" | "close";
}

/** OPEN/CLOSE IMPORT/EXPORT ELEMENT (1Bh, to a changer). */
export function openCloseImportExport(args: OpenCloseImportExport): Uint8Array {
  const cdb = command(OPERATION.openCloseOrLoadUnload, 6);
  put16(cdb, 2, args.element, "import/export element address");
  cdb[4] = flag(args.action === "close", 0);
  return cdb;
}

/** Arguments of {@linkcode loadUnload}. */
export interface LoadUnload {
  /** LOAD: thread the medium; otherwise unload it. */
  readonly load: boolean;
  /** IMMED: answer before the medium has moved. @default {false} */
  readonly immediate?: boolean;
  /** HOLD: unthread but do not eject. @default {false} */
  readonly hold?: boolean;
  /** RETEN: correct the tension of the tape. @default {false} */
  readonly retension?: boolean;
  /** EOT: go to the end of the tape first. @default {false} */
  readonly endOfTape?: boolean;
}

/** LOAD UNLOAD (1Bh, to a tape drive). */
export function loadUnload(args: LoadUnload): Uint8Array {
  const cdb = command(OPERATION.openCloseOrLoadUnload, 6);
  cdb[1] = flag(args.immediate, 0);
  cdb[4] = flag(args.hold, 3) | flag(args.endOfTape, 2) |
    flag(args.retension, 1) | flag(args.load, 0);
  return cdb;
}

/** Arguments of {@linkcode logSense}. */
export interface LogSense {
  /** Log page code; 00h lists the pages, 2Eh is TapeAlert. */
  readonly page: number;
  /** Subpage code. @default {0} */
  readonly subpage?: number;
  /** PC, 0 to 3; 1 asks for cumulative values. @default {1} */
  readonly pageControl?: number;
  /** First parameter code wanted. @default {0} */
  readonly parameterPointer?: number;
  /**
   * Room for the answer. Reading TapeAlert clears its flags even where the
   * answer is cut: never ask for less than 324 bytes of it.
   * @default {4096}
   */
  readonly allocationLength?: number;
}

/** LOG SENSE (4Dh). */
export function logSense(args: LogSense): Uint8Array {
  const cdb = command(OPERATION.logSense, 10);
  const control = requireInteger(args.pageControl ?? 1, 3, "page control");
  cdb[2] = (control << 6) | requireInteger(args.page, 0x3f, "page code");
  cdb[3] = requireInteger(args.subpage ?? 0, 0xff, "subpage code");
  put16(cdb, 5, args.parameterPointer ?? 0, "parameter pointer");
  put16(cdb, 7, args.allocationLength ?? 4096, "allocation length");
  return cdb;
}
