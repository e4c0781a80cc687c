/**
 * Mode pages of a medium changer: which elements it has and what it can do
 * (SMC-3 7.3).
 *
 * @module
 */
import {
  copyBytes,
  hex,
  readUint16,
  readUint8,
  requireBytes,
  viewOf,
} from "./bytes.ts";
import type { ElementType } from "./element_types.ts";

/** Codes of the mode pages decoded here. */
export const MODE_PAGE = {
  elementAddressAssignment: 0x1d,
  transportGeometry: 0x1e,
  deviceCapabilities: 0x1f,
} as const;

/** One mode page as it came. */
export interface ModePage {
  /** Page code, without the PS and SPF bits. */
  readonly page: number;
  /** Subpage code, 0 for a page without. */
  readonly subpage: number;
  /** PS: the page can be saved. */
  readonly savable: boolean;
  /** What follows the page's header. */
  readonly data: Uint8Array;
}

/** An answer to MODE SENSE. */
export interface ModeData {
  /** MEDIUM TYPE. */
  readonly mediumType: number;
  /** DEVICE-SPECIFIC PARAMETER; for a tape bit 7 is write protection. */
  readonly deviceSpecific: number;
  /** Block descriptors as they came; some changers send one although they have no blocks. */
  readonly blockDescriptors: Uint8Array;
  /** The pages, in the device's order. */
  readonly pages: readonly ModePage[];
  /** Whether pages are missing because the answer was cut. */
  readonly truncated: boolean;
}

/**
 * Decodes an answer to MODE SENSE(6).
 *
 * @throws {RangeError} When its lengths contradict each other.
 */
export function decodeModeSense6(answer: Uint8Array): ModeData {
  requireBytes(answer, 0, 4, "the MODE SENSE(6) header");
  const announced = 1 + readUint8(answer, 0, "the mode data length");
  return decodeModeData(answer, announced, {
    size: 4,
    mediumType: answer[1] ?? 0,
    deviceSpecific: answer[2] ?? 0,
    blockDescriptorLength: answer[3] ?? 0,
  });
}

/**
 * Decodes an answer to MODE SENSE(10).
 *
 * @throws {RangeError} When its lengths contradict each other.
 */
export function decodeModeSense10(answer: Uint8Array): ModeData {
  requireBytes(answer, 0, 8, "the MODE SENSE(10) header");
  const announced = 2 + readUint16(answer, 0, "the mode data length");
  return decodeModeData(answer, announced, {
    size: 8,
    mediumType: answer[2] ?? 0,
    deviceSpecific: answer[3] ?? 0,
    blockDescriptorLength: readUint16(answer, 6, "the block descriptor length"),
  });
}

interface Header {
  readonly size: number;
  readonly mediumType: number;
  readonly deviceSpecific: number;
  readonly blockDescriptorLength: number;
}

function decodeModeData(
  answer: Uint8Array,
  announced: number,
  header: Header,
): ModeData {
  const start = header.size + header.blockDescriptorLength;
  if (start > announced) {
    throw new RangeError(
      `Cannot decode mode data: the pages would begin at offset ${start}, the data is said to end at ${announced}`,
    );
  }
  const blockDescriptors = copyBytes(
    answer,
    header.size,
    header.blockDescriptorLength,
    "the block descriptors",
  );
  const data = answer.subarray(0, announced);
  const pages: ModePage[] = [];
  let offset = start;
  let truncated = data.length < announced;
  while (offset < data.length) {
    const size = modePageSize(data, offset, announced);
    // Page 00h is the maker's own, has no fixed form, and is always the last.
    if (size === 0) break;
    if (size === null || offset + size > data.length) {
      truncated = true;
      break;
    }
    pages.push(modePageAt(data, offset, size));
    offset += size;
  }
  const { mediumType, deviceSpecific } = header;
  return { mediumType, deviceSpecific, blockDescriptors, pages, truncated };
}

/** The size of a page with its header; 0 for page 00h, null when its header was cut off. */
function modePageSize(
  data: Uint8Array,
  offset: number,
  announced: number,
): number | null {
  const first = readUint8(data, offset, "a mode page");
  if ((first & 0x3f) === 0) return 0;
  const headerSize = (first & 0x40) !== 0 ? 4 : 2;
  if (offset + headerSize > data.length && data.length < announced) return null;
  const size = headerSize === 4
    ? 4 + readUint16(data, offset + 2, "a mode page length")
    : 2 + readUint8(data, offset + 1, "a mode page length");
  if (offset + size > announced) {
    throw new RangeError(
      `Cannot decode mode page ${
        hex(first & 0x3f)
      }h: ${size} bytes at offset ${offset} needed, the data is said to end at ${announced}`,
    );
  }
  return size;
}

function modePageAt(data: Uint8Array, offset: number, size: number): ModePage {
  const first = data[offset] ?? 0;
  const hasSubpage = (first & 0x40) !== 0;
  const headerSize = hasSubpage ? 4 : 2;
  return {
    page: first & 0x3f,
    subpage: hasSubpage ? data[offset + 1] ?? 0 : 0,
    savable: (first & 0x80) !== 0,
    data: copyBytes(
      data,
      offset + headerSize,
      size - headerSize,
      "a mode page",
    ),
  };
}

/** The page with that code, or null where the answer has none. */
export function findModePage(
  data: ModeData,
  page: number,
  subpage = 0,
): ModePage | null {
  return data.pages.find((found) =>
    found.page === page && found.subpage === subpage
  ) ?? null;
}

/** Where the elements of one type are. */
export interface ElementAssignment {
  /** Lowest element address; without meaning where `count` is 0. */
  readonly first: number;
  /** How many addresses are assigned; some may have no element behind them. */
  readonly count: number;
}

/** Mode page 1Dh. */
export type ElementAddressAssignment = Readonly<
  Record<ElementType, ElementAssignment>
>;

/**
 * Decodes mode page 1Dh, element address assignment.
 *
 * @throws {RangeError} When it is another page or too short.
 */
export function decodeElementAddressAssignment(
  page: ModePage,
): ElementAddressAssignment {
  requirePage(page, MODE_PAGE.elementAddressAssignment, 16);
  const view = viewOf(page.data);
  const at = (offset: number): ElementAssignment => ({
    first: view.getUint16(offset),
    count: view.getUint16(offset + 2),
  });
  return {
    transport: at(0),
    storage: at(4),
    importExport: at(8),
    dataTransfer: at(12),
  };
}

/** One transport of mode page 1Eh. */
export interface TransportGeometry {
  /** ROTATE: it can turn media over. Only then is INVERT of any use. */
  readonly rotates: boolean;
  /** Its number in the transport set. */
  readonly member: number;
}

/**
 * Decodes mode page 1Eh, transport geometry: one entry for each transport.
 *
 * @throws {RangeError} When it is another page or of odd length.
 */
export function decodeTransportGeometry(
  page: ModePage,
): readonly TransportGeometry[] {
  requirePage(page, MODE_PAGE.transportGeometry, 0);
  if (page.data.length % 2 !== 0) {
    throw new RangeError(
      `Cannot decode mode page 1Eh: ${page.data.length} bytes are no whole number of 2-byte descriptors`,
    );
  }
  const transports: TransportGeometry[] = [];
  for (let offset = 0; offset < page.data.length; offset += 2) {
    transports.push({
      rotates: ((page.data[offset] ?? 0) & 0x01) !== 0,
      member: page.data[offset + 1] ?? 0,
    });
  }
  return transports;
}

/** For each source type, the types that its media can go to. */
export type ElementMatrix = Readonly<
  Record<ElementType, Readonly<Record<ElementType, boolean>>>
>;

/**
 * Mode page 1Fh. It says that a kind of move works for some pair of addresses:
 * use it to order choices, and let the device's answer decide.
 */
export interface DeviceCapabilities {
  /** Which types can keep a medium. */
  readonly stores: Readonly<Record<ElementType, boolean>>;
  /** VTRP: a bar code reader is fitted. Valid only if `reportsBarcodeReader`. */
  readonly barcodeReader: boolean;
  /** ACE: the library cleans drives by itself. Valid only if `reportsBarcodeReader`. */
  readonly autoClean: boolean;
  /** S2C: the two flags above are meaningful. */
  readonly reportsBarcodeReader: boolean;
  /** MOVE MEDIUM, source type to target type. */
  readonly move: ElementMatrix;
  /** EXCHANGE MEDIUM, source type with target type. */
  readonly exchange: ElementMatrix;
}

/**
 * Decodes mode page 1Fh, device capabilities, of either length (SCSI-2: 14
 * bytes, SMC-2: 18 bytes).
 *
 * @throws {RangeError} When it is another page or too short.
 */
export function decodeDeviceCapabilities(page: ModePage): DeviceCapabilities {
  requirePage(page, MODE_PAGE.deviceCapabilities, 14);
  const flags = page.data[1] ?? 0;
  return {
    stores: typeFlags(page.data[0] ?? 0),
    barcodeReader: (flags & 0x02) !== 0,
    autoClean: (flags & 0x04) !== 0,
    reportsBarcodeReader: (flags & 0x01) !== 0,
    move: matrixAt(page.data, 2),
    exchange: matrixAt(page.data, 10),
  };
}

function matrixAt(data: Uint8Array, offset: number): ElementMatrix {
  return {
    transport: typeFlags(data[offset] ?? 0),
    storage: typeFlags(data[offset + 1] ?? 0),
    importExport: typeFlags(data[offset + 2] ?? 0),
    dataTransfer: typeFlags(data[offset + 3] ?? 0),
  };
}

/** One flag for each element type: bit 0 transport to bit 3 data transfer. */
function typeFlags(byte: number): Readonly<Record<ElementType, boolean>> {
  return {
    transport: (byte & 0x01) !== 0,
    storage: (byte & 0x02) !== 0,
    importExport: (byte & 0x04) !== 0,
    dataTransfer: (byte & 0x08) !== 0,
  };
}

function requirePage(page: ModePage, code: number, size: number): void {
  if (page.page !== code || page.subpage !== 0) {
    throw new RangeError(
      `Cannot decode mode page ${hex(code)}h: this is page ${
        hex(page.page)
      }h, subpage ${hex(page.subpage)}h`,
    );
  }
  requireBytes(page.data, 0, size, `mode page ${hex(code)}h`);
}
