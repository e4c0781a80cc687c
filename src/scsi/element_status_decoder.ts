/**
 * Decoding of answers to READ ELEMENT STATUS. Written for libraries of 65,535
 * elements: no closure, no spread and no TextDecoder for each element.
 *
 * @module
 */
import { requireBytes, viewOf } from "./bytes.ts";
import { designatorText, type DeviceIdentifier } from "./designator.ts";
import { type ElementType, elementTypeOfCode } from "./element_types.ts";
import type { ElementStatus, ElementStatusReport } from "./element_status.ts";
import { textInView } from "./text.ts";

/** Options for {@linkcode decodeElementStatus}. */
export interface DecodeElementStatusOptions {
  /**
   * The allocation length of the command. An answer that is shorter than this
   * and still ends within an element was not cut by us but cut short by the
   * device (tgtd sends 8 bytes too few, always): the last element is then
   * decoded as far as it goes. Without this, a last element that is not whole
   * is left out.
   * @default {0}
   */
  readonly allocationLength?: number;
}

const HEADER_SIZE = 8;
const PAGE_HEADER_SIZE = 8;
/** Element addresses have 16 bits. */
const ADDRESS_BITS = 0x10000;
/** A descriptor of SCSI-2, without tags or identifier. */
const SHORTEST_DESCRIPTOR = 12;
const TAG_SIZE = 36;
const TAG_TEXT_SIZE = 32;
/** Address, flags, ASC and ASCQ: what must be there of an element cut short. */
const LEAST_OF_ELEMENT = 6;

/**
 * Decodes an answer to READ ELEMENT STATUS.
 *
 * Optional fields count as present only where they fit inside the descriptor
 * length of their page, since devices announce tags that they do not send.
 *
 * @throws {RangeError} When the answer contradicts itself, has an unknown
 * element type, or reports an element twice.
 */
export function decodeElementStatus(
  answer: Uint8Array,
  options: DecodeElementStatusOptions = {},
): ElementStatusReport {
  requireBytes(answer, 0, HEADER_SIZE, "the element status header");
  const view = viewOf(answer);
  const byteCount = getUint24(view, 5);
  const announcedEnd = HEADER_SIZE + byteCount;
  const end = Math.min(answer.length, announcedEnd);
  const reader: Reader = {
    view,
    announcedEnd,
    end,
    cutByDevice: answer.length < (options.allocationLength ?? 0),
    seen: new Uint8Array(ADDRESS_BITS / 8),
    elements: [],
  };
  let offset = HEADER_SIZE;
  let cut = false;
  // Every page has a header, so the walk always advances.
  while (!cut && offset + PAGE_HEADER_SIZE <= end) {
    const page = pageAt(reader, offset);
    offset = decodePage(reader, page);
    cut = offset < page.end;
  }
  if (!cut && offset < end && end === announcedEnd) {
    throw new RangeError(
      `Cannot decode element status: a page header of ${PAGE_HEADER_SIZE} bytes at offset ${offset} needed, the report ends at ${end}`,
    );
  }
  return {
    firstElementAddress: view.getUint16(0),
    elementCount: view.getUint16(2),
    byteCount,
    elements: reader.elements,
    truncated: offset < announcedEnd,
  };
}

interface Reader {
  readonly view: DataView;
  /** Where the whole report ends, cut or not. */
  readonly announcedEnd: number;
  /** Where the bytes of the report that are here end. */
  readonly end: number;
  readonly cutByDevice: boolean;
  /** One bit for each address that has been reported. */
  readonly seen: Uint8Array;
  readonly elements: ElementStatus[];
}

/** A page's header. Field offsets are within a descriptor, 0 for a field without room. */
interface Page {
  readonly type: ElementType;
  readonly start: number;
  readonly end: number;
  readonly descriptorLength: number;
  readonly primaryTag: number;
  readonly alternateTag: number;
  /** Where the optional fields after the tags begin. */
  readonly afterTags: number;
}

function pageAt(reader: Reader, offset: number): Page {
  const { view, announcedEnd } = reader;
  const flags = view.getUint8(offset + 1);
  const descriptorLength = view.getUint16(offset + 2);
  const size = getUint24(view, offset + 5);
  const start = offset + PAGE_HEADER_SIZE;
  const fault = pageFault(start, size, descriptorLength, announcedEnd);
  if (fault !== null) {
    throw new RangeError(
      `Cannot decode the element status page at offset ${offset}: ${fault}`,
    );
  }
  let afterTags = SHORTEST_DESCRIPTOR;
  const tagAt = (present: boolean): number => {
    if (!present || afterTags + TAG_SIZE > descriptorLength) return 0;
    afterTags += TAG_SIZE;
    return afterTags - TAG_SIZE;
  };
  const primaryTag = tagAt((flags & 0x80) !== 0);
  const alternateTag = tagAt((flags & 0x40) !== 0);
  return {
    type: elementTypeOfCode(view.getUint8(offset), offset),
    start,
    end: start + size,
    descriptorLength,
    primaryTag,
    alternateTag,
    afterTags,
  };
}

/** What contradicts itself in a page's header, or null. */
function pageFault(
  start: number,
  size: number,
  descriptorLength: number,
  announcedEnd: number,
): string | null {
  if (start + size > announcedEnd) {
    return `it has ${size} bytes from offset ${start}, the report is said to end at ${announcedEnd}`;
  }
  if (size === 0) return null;
  if (descriptorLength < SHORTEST_DESCRIPTOR) {
    return `a descriptor length of ${descriptorLength} is less than ${SHORTEST_DESCRIPTOR}`;
  }
  // A device that lowers the count of the page it cut leaves a rest in the last
  // page of a report, and nowhere else.
  if (size % descriptorLength !== 0 && start + size !== announcedEnd) {
    return `${size} bytes are no whole number of ${descriptorLength}-byte descriptors`;
  }
  return null;
}

/** Decodes the descriptors of a page; returns the page's end, or where the first one that is not whole begins. */
function decodePage(reader: Reader, page: Page): number {
  const { end, elements, seen, view } = reader;
  const { descriptorLength } = page;
  for (let at = page.start; at < page.end; at += descriptorLength) {
    let limit = at + descriptorLength;
    if (limit > page.end) return at;
    if (limit > end) {
      if (!reader.cutByDevice || !hasLeast(page, end - at)) return at;
      limit = end;
    }
    const element = decodeElement(view, page, at, limit);
    markSeen(seen, element.elementAddress, at);
    elements.push(element);
  }
  return page.end;
}

/** Whether an element cut to `size` bytes still says what must not be guessed. */
function hasLeast(page: Page, size: number): boolean {
  return size >= LEAST_OF_ELEMENT &&
    (page.primaryTag === 0 || size >= page.primaryTag + TAG_TEXT_SIZE) &&
    (page.alternateTag === 0 || size >= page.alternateTag + TAG_TEXT_SIZE);
}

function markSeen(seen: Uint8Array, elementAddress: number, at: number): void {
  const index = elementAddress >> 3;
  const bit = 1 << (elementAddress & 7);
  const bits = seen[index] ?? 0;
  if ((bits & bit) !== 0) {
    throw new RangeError(
      `Cannot decode element status: element ${elementAddress} is reported again at offset ${at}`,
    );
  }
  seen[index] = bits | bit;
}

/** Decodes the descriptor at `at`, of which the bytes up to `limit` are here. */
function decodeElement(
  view: DataView,
  page: Page,
  at: number,
  limit: number,
): ElementStatus {
  const flags = view.getUint8(at + 2);
  const origin = at + 9 < limit ? view.getUint8(at + 9) : 0;
  const hasSource = (origin & 0x80) !== 0 && at + 12 <= limit;
  const full = (flags & 0x01) !== 0;
  const misplaced = isIdentifierHeader(view, page, at, limit);
  const elementAddress = view.getUint16(at);
  const except = (flags & 0x04) !== 0;
  const asc = view.getUint8(at + 4);
  const ascq = view.getUint8(at + 5);
  const disabled = (origin & 0x08) !== 0;
  const mediumType = origin & 0x07;
  const sourceElementAddress = hasSource ? view.getUint16(at + 10) : null;
  const inverted = hasSource && (origin & 0x40) !== 0;
  const volumeTag = full ? tagAt(view, page.primaryTag, at) : null;
  const alternateVolumeTag = full && !misplaced
    ? tagAt(view, page.alternateTag, at)
    : null;
  const accessible = (flags & 0x08) !== 0;
  switch (page.type) {
    case "transport":
      return {
        type: "transport",
        elementAddress,
        full,
        except,
        asc,
        ascq,
        disabled,
        mediumType,
        sourceElementAddress,
        inverted,
        volumeTag,
        alternateVolumeTag,
      };
    case "storage":
      return {
        type: "storage",
        elementAddress,
        full,
        except,
        asc,
        ascq,
        disabled,
        mediumType,
        sourceElementAddress,
        inverted,
        volumeTag,
        alternateVolumeTag,
        accessible,
      };
    case "importExport":
      return {
        type: "importExport",
        elementAddress,
        full,
        except,
        asc,
        ascq,
        disabled,
        mediumType,
        sourceElementAddress,
        inverted,
        volumeTag,
        alternateVolumeTag,
        accessible,
        placedByOperator: (flags & 0x02) !== 0,
        exportEnabled: (flags & 0x10) !== 0,
        importEnabled: (flags & 0x20) !== 0,
        operatorRequired: (flags & 0x80) !== 0,
        carrier: (flags & 0x40) !== 0,
      };
    case "dataTransfer": {
      const bus = at + 8 <= limit ? view.getUint8(at + 6) : 0;
      const identifier = misplaced ? page.alternateTag : page.afterTags;
      return {
        type: "dataTransfer",
        elementAddress,
        full,
        except,
        asc,
        ascq,
        disabled,
        mediumType,
        sourceElementAddress,
        inverted,
        volumeTag,
        alternateVolumeTag,
        accessible,
        notOnBus: (bus & 0x80) !== 0,
        busAddress: (bus & 0x20) !== 0 ? view.getUint8(at + 7) : null,
        logicalUnit: (bus & 0x10) !== 0 ? bus & 0x07 : null,
        deviceIdentifier: identifierAt(view, at + identifier, limit),
      };
    }
  }
}

/**
 * Whether a drive's device identifier stands where its alternate tag should
 * be. HP MSL announces AVOLTAG without sending one; a code set of 1 to 3 is
 * how an identifier begins, and no tag begins with a control character.
 */
function isIdentifierHeader(
  view: DataView,
  page: Page,
  at: number,
  limit: number,
): boolean {
  if (page.type !== "dataTransfer" || page.alternateTag === 0) return false;
  const offset = at + page.alternateTag;
  if (offset >= limit) return false;
  const codeSet = view.getUint8(offset);
  return codeSet >= 1 && codeSet <= 3;
}

function tagAt(view: DataView, offset: number, at: number): string | null {
  if (offset === 0) return null;
  const text = textInView(view, at + offset, TAG_TEXT_SIZE);
  return text === "" ? null : text;
}

/** The device identifier at `offset`, null unless all of it is inside the descriptor. */
function identifierAt(
  view: DataView,
  offset: number,
  limit: number,
): DeviceIdentifier | null {
  if (offset + 4 > limit) return null;
  const size = view.getUint8(offset + 3);
  if (size === 0 || offset + 4 + size > limit) return null;
  const codeSet = view.getUint8(offset) & 0x0f;
  const type = view.getUint8(offset + 1) & 0x0f;
  const bytes = new Uint8Array(
    view.buffer,
    view.byteOffset + offset + 4,
    size,
  );
  return { codeSet, type, text: designatorText(codeSet, bytes) };
}

function getUint24(view: DataView, offset: number): number {
  return view.getUint8(offset) * 0x10000 + view.getUint16(offset + 1);
}
