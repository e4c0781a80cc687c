/**
 * Encoding of mode pages and of answers to MODE SENSE, for the virtual changer
 * and for tests.
 *
 * @module
 */
import { concatBytes, requireInteger, truncate, viewOf } from "./bytes.ts";
import { ELEMENT_TYPES, type ElementType } from "./element_types.ts";
import {
  type DeviceCapabilities,
  type ElementAddressAssignment,
  type ElementMatrix,
  MODE_PAGE,
  type ModeData,
  type ModePage,
  type TransportGeometry,
} from "./mode.ts";

/** What an answer to MODE SENSE is made of. */
export type ModeAnswer = Omit<ModeData, "truncated">;

/**
 * Encodes an answer to MODE SENSE(6), cut to the allocation length.
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeModeSense6(
  data: ModeAnswer,
  allocationLength = 0xff,
): Uint8Array {
  const body = encodeBody(data);
  const header = Uint8Array.of(
    requireInteger(body.length + 3, 0xff, "mode data length"),
    requireInteger(data.mediumType, 0xff, "medium type"),
    requireInteger(data.deviceSpecific, 0xff, "device-specific parameter"),
    requireInteger(
      data.blockDescriptors.length,
      0xff,
      "block descriptor length",
    ),
  );
  return truncate(concatBytes([header, body]), allocationLength);
}

/**
 * Encodes an answer to MODE SENSE(10), cut to the allocation length.
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeModeSense10(
  data: ModeAnswer,
  allocationLength = 0xffff,
): Uint8Array {
  const body = encodeBody(data);
  const header = new Uint8Array(8);
  const view = viewOf(header);
  view.setUint16(
    0,
    requireInteger(body.length + 6, 0xffff, "mode data length"),
  );
  header[2] = requireInteger(data.mediumType, 0xff, "medium type");
  header[3] = requireInteger(
    data.deviceSpecific,
    0xff,
    "device-specific parameter",
  );
  view.setUint16(6, data.blockDescriptors.length);
  return truncate(concatBytes([header, body]), allocationLength);
}

function encodeBody(data: ModeAnswer): Uint8Array {
  return concatBytes([
    data.blockDescriptors,
    ...data.pages.map(encodeModePage),
  ]);
}

/**
 * Encodes one mode page with its header.
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeModePage(page: ModePage): Uint8Array {
  if (page.page === 0) {
    throw new RangeError("Mode page 00h has no fixed form to encode");
  }
  const first = requireInteger(page.page, 0x3f, "page code") |
    (page.savable ? 0x80 : 0);
  const size = page.data.length;
  if (page.subpage === 0) {
    const length = requireInteger(size, 0xff, "mode page length");
    return concatBytes([Uint8Array.of(first, length), page.data]);
  }
  const length = requireInteger(size, 0xffff, "mode page length");
  const header = Uint8Array.of(
    first | 0x40,
    requireInteger(page.subpage, 0xff, "subpage code"),
    length >> 8,
    length & 0xff,
  );
  return concatBytes([header, page.data]);
}

function pageOf(page: number, data: Uint8Array): ModePage {
  return { page, subpage: 0, savable: false, data };
}

/** Makes mode page 1Dh, element address assignment. */
export function encodeElementAddressAssignment(
  assignment: ElementAddressAssignment,
): ModePage {
  const data = new Uint8Array(18);
  const view = viewOf(data);
  ELEMENT_TYPES.forEach((type, index) => {
    const { count, first } = assignment[type];
    const what = `of ${type} elements`;
    view.setUint16(4 * index, requireInteger(first, 0xffff, `first ${what}`));
    view.setUint16(
      4 * index + 2,
      requireInteger(count, 0xffff, `number ${what}`),
    );
  });
  return pageOf(MODE_PAGE.elementAddressAssignment, data);
}

/** Makes mode page 1Eh, transport geometry. */
export function encodeTransportGeometry(
  transports: readonly TransportGeometry[],
): ModePage {
  const data = transports.flatMap(({ member, rotates }) => [
    rotates ? 1 : 0,
    requireInteger(member, 0xff, "member number"),
  ]);
  return pageOf(MODE_PAGE.transportGeometry, Uint8Array.from(data));
}

/** Makes mode page 1Fh, device capabilities, in the length of SMC-2. */
export function encodeDeviceCapabilities(
  capabilities: DeviceCapabilities,
): ModePage {
  const data = new Uint8Array(18);
  data[0] = typeBits(capabilities.stores);
  data[1] = (capabilities.reportsBarcodeReader ? 0x01 : 0) |
    (capabilities.barcodeReader ? 0x02 : 0) |
    (capabilities.autoClean ? 0x04 : 0);
  data.set(matrixRows(capabilities.move), 2);
  data.set(matrixRows(capabilities.exchange), 10);
  return pageOf(MODE_PAGE.deviceCapabilities, data);
}

function matrixRows(matrix: ElementMatrix): readonly number[] {
  return ELEMENT_TYPES.map((type) => typeBits(matrix[type]));
}

function typeBits(flags: Readonly<Record<ElementType, boolean>>): number {
  return ELEMENT_TYPES.reduce(
    (bits, type, index) => bits | (flags[type] ? 1 << index : 0),
    0,
  );
}
