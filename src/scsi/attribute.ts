/**
 * The memory in a cartridge: READ ATTRIBUTE (SPC-4 7.4), and what its
 * attributes mean.
 *
 * @module
 */
import {
  concatBytes,
  copyBytes,
  readUint16,
  readUint8,
  requireBytes,
  requireInteger,
  truncate,
  viewOf,
} from "./bytes.ts";
import { readText, writeText } from "./text.ts";

/** Ids of the attributes used here. */
export const ATTRIBUTE = {
  remainingCapacity: 0x0000,
  maximumCapacity: 0x0001,
  loadCount: 0x0003,
  mediumManufacturer: 0x0400,
  mediumSerialNumber: 0x0401,
  mediumType: 0x0408,
} as const;

/** Formats of attributes, by their numbers. */
const FORMATS = ["binary", "ascii", "text"] as const;
/** How the value of an attribute is to be read. */
export type AttributeFormat = typeof FORMATS[number];

/** One attribute of a cartridge's memory. */
export interface MediumAttribute {
  /** Attribute identifier. */
  readonly id: number;
  /** Whether programs may not write it. */
  readonly readOnly: boolean;
  /** How its value is to be read. */
  readonly format: AttributeFormat;
  /** The value as it came; empty where it was never set. */
  readonly value: Uint8Array;
}

const HEADER_SIZE = 4;
const ENTRY_HEADER_SIZE = 5;

/**
 * Decodes an answer to READ ATTRIBUTE with values; what was cut off is left
 * out.
 *
 * @throws {RangeError} When an attribute does not fit into the list.
 */
export function decodeAttributes(
  answer: Uint8Array,
): readonly MediumAttribute[] {
  requireBytes(answer, 0, HEADER_SIZE, "the attribute list header");
  const announced = HEADER_SIZE + viewOf(answer).getUint32(0);
  const data = answer.subarray(0, announced);
  const isCut = data.length < announced;
  const attributes: MediumAttribute[] = [];
  let offset = HEADER_SIZE;
  // Every attribute has a header, so the walk always advances.
  while (offset < data.length) {
    if (isCut && offset + ENTRY_HEADER_SIZE > data.length) break;
    const size = readUint16(data, offset + 3, "an attribute length");
    const next = offset + ENTRY_HEADER_SIZE + size;
    if (next > announced) {
      throw new RangeError(
        `Cannot decode an attribute: ${size} bytes at offset ${
          offset + ENTRY_HEADER_SIZE
        } needed, the list is said to end at ${announced}`,
      );
    }
    if (next > data.length) break;
    attributes.push(attributeAt(data, offset, size));
    offset = next;
  }
  return attributes;
}

function attributeAt(
  data: Uint8Array,
  offset: number,
  size: number,
): MediumAttribute {
  const flags = readUint8(data, offset + 2, "the attribute flags");
  return {
    id: readUint16(data, offset, "an attribute identifier"),
    readOnly: (flags & 0x80) !== 0,
    // 3 is reserved: bytes are what is left of it.
    format: FORMATS[flags & 0x03] ?? "binary",
    value: copyBytes(data, offset + ENTRY_HEADER_SIZE, size, "an attribute"),
  };
}

/**
 * Encodes a list of attributes, cut to the allocation length of the command.
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeAttributes(
  attributes: readonly MediumAttribute[],
  allocationLength = 0xffff_ffff,
): Uint8Array {
  const body = concatBytes(attributes.flatMap((attribute) => {
    const header = new Uint8Array(ENTRY_HEADER_SIZE);
    const view = viewOf(header);
    const { format, id, readOnly, value } = attribute;
    view.setUint16(0, requireInteger(id, 0xffff, "attribute identifier"));
    view.setUint8(2, FORMATS.indexOf(format) | (readOnly ? 0x80 : 0));
    view.setUint16(3, requireInteger(value.length, 0xffff, "attribute length"));
    return [header, value];
  }));
  const header = new Uint8Array(HEADER_SIZE);
  viewOf(header).setUint32(0, body.length);
  return truncate(concatBytes([header, body]), allocationLength);
}

/** What a cartridge's memory tells of it; null for what it does not tell. */
export interface MediumMemory {
  /** Space behind what is written, in MiB. */
  readonly remainingMiB: number | null;
  /** Space of the whole medium, in MiB. */
  readonly maximumMiB: number | null;
  /** How often it was loaded. */
  readonly loadCount: number | null;
  /** Who made the medium. */
  readonly manufacturer: string | null;
  /** Serial number of the medium. */
  readonly serialNumber: string | null;
  /** Medium type: 00h data, 01h cleaning, 80h write once. */
  readonly mediumType: number | null;
}

/** What attributes tell. Those of a wrong size tell nothing. */
export function memoryIn(
  attributes: readonly MediumAttribute[],
): MediumMemory {
  const valueOf = (id: number) =>
    attributes.find((attribute) => attribute.id === id)?.value ?? null;
  const number = (id: number, size: number) => {
    const value = valueOf(id);
    return value?.length === size ? numberIn(value) : null;
  };
  const text = (id: number) => {
    const value = valueOf(id);
    if (value === null) return null;
    return readText(value, 0, value.length, "an attribute") || null;
  };
  return {
    remainingMiB: number(ATTRIBUTE.remainingCapacity, 8),
    maximumMiB: number(ATTRIBUTE.maximumCapacity, 8),
    loadCount: number(ATTRIBUTE.loadCount, 8),
    manufacturer: text(ATTRIBUTE.mediumManufacturer),
    serialNumber: text(ATTRIBUTE.mediumSerialNumber),
    mediumType: number(ATTRIBUTE.mediumType, 1),
  };
}

/** A big-endian number; null for one that no medium has, as of all ones. */
function numberIn(bytes: Uint8Array): number | null {
  let value = 0;
  for (const byte of bytes) value = value * 0x100 + byte;
  return Number.isSafeInteger(value) ? value : null;
}

/** Attributes that tell this, as a chip has them; those that are null are left out. */
export function attributesOf(memory: MediumMemory): readonly MediumAttribute[] {
  const attributes: MediumAttribute[] = [];
  const add = (
    id: number,
    format: AttributeFormat,
    value: Uint8Array | null,
  ) => {
    if (value !== null) attributes.push({ id, readOnly: true, format, value });
  };
  const number = (value: number | null, size: number) => {
    if (value === null) return null;
    const bytes = new Uint8Array(8);
    viewOf(bytes).setBigUint64(
      0,
      BigInt(requireInteger(value, Number.MAX_SAFE_INTEGER, "attribute")),
    );
    return bytes.slice(8 - size);
  };
  const text = (value: string | null, size: number) => {
    if (value === null) return null;
    const bytes = new Uint8Array(size);
    writeText(bytes, 0, size, value, "an attribute");
    return bytes;
  };
  add(ATTRIBUTE.remainingCapacity, "binary", number(memory.remainingMiB, 8));
  add(ATTRIBUTE.maximumCapacity, "binary", number(memory.maximumMiB, 8));
  add(ATTRIBUTE.loadCount, "binary", number(memory.loadCount, 8));
  add(ATTRIBUTE.mediumManufacturer, "ascii", text(memory.manufacturer, 8));
  add(ATTRIBUTE.mediumSerialNumber, "ascii", text(memory.serialNumber, 32));
  add(ATTRIBUTE.mediumType, "binary", number(memory.mediumType, 1));
  return attributes;
}
