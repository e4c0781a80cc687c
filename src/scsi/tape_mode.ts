/**
 * Modes of a tape drive (SSC-4): density of the medium, block length,
 * compression, write protection.
 *
 * @module
 */
import { concatBytes, requireBytes, requireInteger, viewOf } from "./bytes.ts";
import { decodeModeSense6, type ModeData, type ModePage } from "./mode.ts";
import { encodeModePage, type ModeAnswer } from "./mode_encoder.ts";

/** Code of the mode page of data compression. */
export const COMPRESSION_PAGE = 0x0f;

const BLOCK_DESCRIPTOR_SIZE = 8;
const COMPRESSION_PAGE_SIZE = 14;
/** DCE, in the first byte after the page's header. */
const COMPRESSION_ENABLED = 0x80;
const COMPRESSION_CAPABLE = 0x40;
const WRITE_PROTECTED = 0x80;
/** Buffered mode and speed: what of the device-specific parameter can be set. */
const SETTABLE = 0x7f;

/** A block descriptor of a tape drive. */
export interface TapeBlocks {
  /** Density code of the medium; 0 for the drive's default. */
  readonly densityCode: number;
  /** Number of blocks it tells of; 0 for all. */
  readonly blockCount: number;
  /** Length of every block; 0 for any. */
  readonly blockLength: number;
}

/** The first block descriptor in mode data; null where there is none. */
export function tapeBlocksIn(
  { blockDescriptors }: Pick<ModeData, "blockDescriptors">,
): TapeBlocks | null {
  if (blockDescriptors.length < BLOCK_DESCRIPTOR_SIZE) return null;
  const view = viewOf(blockDescriptors);
  const number = view.getUint32(0);
  return {
    densityCode: number >>> 24,
    blockCount: number & 0xff_ffff,
    blockLength: view.getUint32(4) & 0xff_ffff,
  };
}

/**
 * Encodes a block descriptor.
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeTapeBlocks(blocks: TapeBlocks): Uint8Array {
  const bytes = new Uint8Array(BLOCK_DESCRIPTOR_SIZE);
  const view = viewOf(bytes);
  view.setUint32(
    0,
    requireInteger(blocks.blockCount, 0xff_ffff, "number of blocks"),
  );
  view.setUint8(0, requireInteger(blocks.densityCode, 0xff, "density code"));
  view.setUint32(
    4,
    requireInteger(blocks.blockLength, 0xff_ffff, "block length"),
  );
  return bytes;
}

/** Whether the medium may not be written. */
export function isWriteProtected(
  { deviceSpecific }: Pick<ModeData, "deviceSpecific">,
): boolean {
  return (deviceSpecific & WRITE_PROTECTED) !== 0;
}

/**
 * Whether the drive compresses what is written.
 *
 * @throws {RangeError} When the page is too short.
 */
export function isCompressing({ data }: Pick<ModePage, "data">): boolean {
  requireBytes(data, 0, COMPRESSION_PAGE_SIZE, "mode page 0Fh");
  return ((data[0] ?? 0) & COMPRESSION_ENABLED) !== 0;
}

/** The page of data compression of a drive that can compress. */
export function compressionPage(enabled: boolean): ModePage {
  const data = new Uint8Array(COMPRESSION_PAGE_SIZE);
  data[0] = COMPRESSION_CAPABLE | (enabled ? COMPRESSION_ENABLED : 0);
  // DDE: what was compressed is decompressed in any case.
  data[1] = 0x80;
  return { page: COMPRESSION_PAGE, subpage: 0, savable: false, data };
}

/**
 * Encodes the parameters of MODE SELECT(6).
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeModeSelect6(
  { blockDescriptors, deviceSpecific, mediumType, pages }: ModeAnswer,
): Uint8Array {
  const header = Uint8Array.of(
    0,
    requireInteger(mediumType, 0xff, "medium type"),
    requireInteger(deviceSpecific, 0xff, "device-specific parameter") &
      SETTABLE,
    requireInteger(blockDescriptors.length, 0xff, "block descriptor length"),
  );
  return concatBytes([
    header,
    blockDescriptors,
    // PS is reserved here.
    ...pages.map((page) => encodeModePage({ ...page, savable: false })),
  ]);
}

/**
 * Decodes the parameters of MODE SELECT(6).
 *
 * @throws {RangeError} When its lengths contradict each other.
 */
export function decodeModeSelect6(parameters: Uint8Array): ModeData {
  requireBytes(parameters, 0, 4, "the MODE SELECT(6) header");
  const list = parameters.slice();
  list[0] = requireInteger(list.length - 1, 0xff, "parameter list length");
  return decodeModeSense6(list);
}
