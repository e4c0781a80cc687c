/**
 * Encoding of answers to READ ELEMENT STATUS, for the virtual changer and for
 * tests: what a careful device sends.
 *
 * @module
 */
import { concatBytes, requireInteger, viewOf } from "./bytes.ts";
import { type DeviceIdentifier, encodeDesignatorText } from "./designator.ts";
import { ELEMENT_TYPE_CODES } from "./element_types.ts";
import type {
  DataTransferElementStatus,
  ElementStatus,
  ImportExportElementStatus,
} from "./element_status.ts";
import { writeText } from "./text.ts";

/** Options for {@linkcode encodeElementStatus}. */
export interface EncodeElementStatusOptions {
  /** PVOLTAG: with primary volume tags. @default {false} */
  readonly volumeTags?: boolean;
  /** AVOLTAG: with alternate volume tags. @default {false} */
  readonly alternateVolumeTags?: boolean;
  /** With the drives' device identifiers. @default {false} */
  readonly deviceIds?: boolean;
  /**
   * Room for the answer. Only whole descriptors are sent; the byte counts stay
   * those of the whole report.
   * @default {16777215}
   */
  readonly allocationLength?: number;
}

const HEADER_SIZE = 8;
const COMMON_SIZE = 12;
const TAG_SIZE = 36;
const TAG_TEXT_SIZE = 32;
const IDENTIFIER_HEADER_SIZE = 4;
const MOST_BYTES = 0xffffff;

/** One page: its header and its descriptors, all of one length. */
interface Page {
  readonly header: Uint8Array;
  readonly descriptors: readonly Uint8Array[];
  readonly size: number;
}

/**
 * Encodes elements as an answer to READ ELEMENT STATUS: one page for each run
 * of elements of one type, in the order given.
 *
 * @throws {RangeError} When a field does not fit its place, or the report is
 * larger than its 24-bit byte count can say.
 */
export function encodeElementStatus(
  elements: readonly ElementStatus[],
  options: EncodeElementStatusOptions = {},
): Uint8Array {
  const pages = runsOfType(elements).map((run) => encodePage(run, options));
  const byteCount = requireInteger(
    pages.reduce((sum, page) => sum + page.size, 0),
    MOST_BYTES,
    "report size",
  );
  const header = new Uint8Array(HEADER_SIZE);
  const view = viewOf(header);
  let first = elements.length === 0 ? 0 : 0xffff;
  for (const { elementAddress } of elements) {
    first = Math.min(first, elementAddress);
  }
  view.setUint16(0, first);
  view.setUint16(2, requireInteger(elements.length, 0xffff, "element count"));
  view.setUint32(4, byteCount);
  return wholeParts(header, pages, options.allocationLength ?? MOST_BYTES);
}

/** As much of the report as fits, without cutting a descriptor. */
function wholeParts(
  header: Uint8Array,
  pages: readonly Page[],
  allocationLength: number,
): Uint8Array {
  if (allocationLength < header.length) {
    return header.slice(0, allocationLength);
  }
  const parts = [header];
  let room = allocationLength - header.length;
  for (const page of pages) {
    for (const part of [page.header, ...page.descriptors]) {
      if (part.length > room) return concatBytes(parts);
      parts.push(part);
      room -= part.length;
    }
  }
  return concatBytes(parts);
}

function runsOfType(
  elements: readonly ElementStatus[],
): readonly (readonly ElementStatus[])[] {
  const runs: ElementStatus[][] = [];
  for (const element of elements) {
    const run = runs.at(-1);
    if (run !== undefined && run[0]?.type === element.type) run.push(element);
    else runs.push([element]);
  }
  return runs;
}

function encodePage(
  elements: readonly ElementStatus[],
  options: EncodeElementStatusOptions,
): Page {
  const identifiers = elements.map((element) =>
    options.deviceIds === true && element.type === "dataTransfer"
      ? encodeIdentifier(element.deviceIdentifier)
      : NO_IDENTIFIER
  );
  const longest = identifiers.reduce(
    (most, bytes) => Math.max(most, bytes.length),
    0,
  );
  const tags = tagOffsets(options);
  const length = tags.end + longest;
  const descriptors = elements.map((element, index) => {
    const descriptor = encodeCommon(element, length);
    encodeTag(descriptor, tags.primary, element.volumeTag);
    encodeTag(descriptor, tags.alternate, element.alternateVolumeTag);
    descriptor.set(identifiers[index] ?? NO_IDENTIFIER, tags.end);
    return descriptor;
  });
  const type = elements[0]?.type ?? "storage";
  const header = new Uint8Array(HEADER_SIZE);
  const view = viewOf(header);
  view.setUint8(0, ELEMENT_TYPE_CODES[type]);
  view.setUint8(
    1,
    (options.volumeTags === true ? 0x80 : 0) |
      (options.alternateVolumeTags === true ? 0x40 : 0),
  );
  view.setUint16(2, length);
  const size = descriptors.length * length;
  view.setUint32(4, requireInteger(size, MOST_BYTES, "page size"));
  return { header, descriptors, size: HEADER_SIZE + size };
}

/** Where the tags stand in a descriptor, 0 for a tag that is not sent, and where they end. */
function tagOffsets(
  options: EncodeElementStatusOptions,
): {
  readonly primary: number;
  readonly alternate: number;
  readonly end: number;
} {
  const primary = options.volumeTags === true ? COMMON_SIZE : 0;
  const next = primary === 0 ? COMMON_SIZE : primary + TAG_SIZE;
  const alternate = options.alternateVolumeTags === true ? next : 0;
  return { primary, alternate, end: alternate === 0 ? next : next + TAG_SIZE };
}

function encodeCommon(element: ElementStatus, length: number): Uint8Array {
  const descriptor = new Uint8Array(length);
  const view = viewOf(descriptor);
  view.setUint16(
    0,
    requireInteger(element.elementAddress, 0xffff, "element address"),
  );
  view.setUint8(2, flagsOf(element));
  view.setUint8(4, requireInteger(element.asc, 0xff, "ASC"));
  view.setUint8(5, requireInteger(element.ascq, 0xff, "ASCQ"));
  if (element.type === "dataTransfer") encodeBusAddress(view, element);
  const source = element.sourceElementAddress;
  view.setUint8(
    9,
    (source !== null ? 0x80 : 0) | (element.inverted ? 0x40 : 0) |
      (element.disabled ? 0x08 : 0) |
      requireInteger(element.mediumType, 7, "medium type"),
  );
  view.setUint16(
    10,
    requireInteger(source ?? 0, 0xffff, "source element address"),
  );
  return descriptor;
}

function flagsOf(element: ElementStatus): number {
  const common = (element.full ? 0x01 : 0) | (element.except ? 0x04 : 0);
  switch (element.type) {
    case "transport":
      return common;
    case "storage":
    case "dataTransfer":
      return common | (element.accessible ? 0x08 : 0);
    case "importExport":
      return common | portFlagsOf(element);
  }
}

function portFlagsOf(element: ImportExportElementStatus): number {
  return (element.placedByOperator ? 0x02 : 0) |
    (element.accessible ? 0x08 : 0) |
    (element.exportEnabled ? 0x10 : 0) |
    (element.importEnabled ? 0x20 : 0) |
    (element.carrier ? 0x40 : 0) |
    (element.operatorRequired ? 0x80 : 0);
}

function encodeBusAddress(
  view: DataView,
  element: DataTransferElementStatus,
): void {
  const { busAddress, logicalUnit } = element;
  view.setUint8(
    6,
    (element.notOnBus ? 0x80 : 0) | (busAddress !== null ? 0x20 : 0) |
      (logicalUnit !== null ? 0x10 : 0) |
      requireInteger(logicalUnit ?? 0, 7, "logical unit number"),
  );
  view.setUint8(7, requireInteger(busAddress ?? 0, 0xff, "bus address"));
}

function encodeTag(
  descriptor: Uint8Array,
  offset: number,
  tag: string | null,
): void {
  if (offset === 0 || tag === null) return;
  writeText(descriptor, offset, TAG_TEXT_SIZE, tag, "volume tag");
}

/** What stands behind the tags of an element that has no identifier. */
const NO_IDENTIFIER = new Uint8Array(IDENTIFIER_HEADER_SIZE);

function encodeIdentifier(identifier: DeviceIdentifier | null): Uint8Array {
  if (identifier === null) return NO_IDENTIFIER;
  const text = encodeDesignatorText(identifier.codeSet, identifier.text);
  const header = Uint8Array.of(
    requireInteger(identifier.codeSet, 0x0f, "code set"),
    requireInteger(identifier.type, 0x0f, "identifier type"),
    0,
    requireInteger(text.length, 0xff, "identifier length"),
  );
  return concatBytes([header, text]);
}
