/**
 * What a virtual drive tells of its medium, and the modes that it can be set
 * to.
 *
 * @module
 */
import {
  attributesOf,
  type Command,
  COMPRESSION_PAGE,
  compressionPage,
  decodeModeSelect6,
  encodeAttributes,
  encodeModeSense10,
  encodeModeSense6,
  encodeTapeBlocks,
  findModePage,
  isCompressing,
  tapeBlocksIn,
} from "../../scsi/mod.ts";
import type { VirtualCartridge } from "./library.ts";
import { DONE, type Outcome } from "./logical_unit.ts";
import type { VirtualMedium } from "./medium.ts";
import { atField, SENSE } from "./sense_codes.ts";

/** By the end of a bar code: density code, and what such a medium holds, in MiB. */
const FORMATS: Readonly<Record<string, readonly [number, number]>> = {
  L5: [0x58, 1_430_512],
  L6: [0x5a, 2_384_186],
  L7: [0x5c, 5_722_046],
};
/** What the drive writes by itself. */
const OWN_FORMAT = FORMATS.L7 ?? [0, 0];
const ALL_PAGES = 0x3f;
/** Of the CDBs: the page, or the length of what is sent. */
const FIELD = { page: 2, length: 4 } as const;
const BYTES_IN_MIB = 0x10_0000;
/** Buffered, and no fixed speed. */
const BUFFERED = 0x10;
const WRITE_PROTECTED = 0x80;

/** A medium in a drive. */
export interface LoadedMedium {
  readonly cartridge: VirtualCartridge;
  readonly medium: VirtualMedium;
  readonly loadCount: number;
}

/** The modes of one drive. */
export class TapeModes {
  #compresses = true;
  #blockLength = 0;

  /** Answers MODE SENSE. */
  async sense(
    command: Extract<Command, { command: "modeSense6" | "modeSense10" }>,
    loaded: LoadedMedium | null,
  ): Promise<Outcome> {
    const { allocationLength, page, pageControl } = command;
    const isKnown = [0, COMPRESSION_PAGE, ALL_PAGES].includes(page);
    if (!isKnown || command.subpage !== 0) {
      return { sense: atField(SENSE.invalidField, FIELD.page) };
    }
    const isDefault = pageControl === "default";
    const isWritable = loaded === null || await loaded.medium.isWritable();
    const answer = {
      mediumType: 0,
      deviceSpecific: BUFFERED | (isWritable ? 0 : WRITE_PROTECTED),
      blockDescriptors: command.disableBlockDescriptors
        ? new Uint8Array(0)
        : encodeTapeBlocks({
          densityCode: loaded === null ? 0 : formatOf(loaded)[0],
          blockCount: 0,
          blockLength: isDefault ? 0 : this.#blockLength,
        }),
      pages: page === 0 ? [] : [compressionPage(isDefault || this.#compresses)],
    };
    const encode = command.command === "modeSense6"
      ? encodeModeSense6
      : encodeModeSense10;
    return { data: encode(answer, allocationLength) };
  }

  /** Carries out MODE SELECT. */
  select(length: number, dataOut: Uint8Array): Outcome {
    // The initiator has nothing to set, which is no error.
    if (length === 0) return DONE;
    try {
      const modes = decodeModeSelect6(dataOut.subarray(0, length));
      const page = findModePage(modes, COMPRESSION_PAGE);
      if (page !== null) this.#compresses = isCompressing(page);
      this.#blockLength = tapeBlocksIn(modes)?.blockLength ??
        this.#blockLength;
      return DONE;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { sense: atField(SENSE.invalidField, FIELD.length) };
    }
  }

  /** Answers READ ATTRIBUTE. */
  async attributes(
    command: Extract<Command, { command: "readAttribute" }>,
    loaded: LoadedMedium,
  ): Promise<Outcome> {
    const [, maximumMiB] = formatOf(loaded);
    const used = Math.ceil(await loaded.medium.size() / BYTES_IN_MIB);
    const attributes = attributesOf({
      remainingMiB: Math.max(0, maximumMiB - used),
      maximumMiB,
      loadCount: loaded.loadCount,
      manufacturer: "NTMS",
      serialNumber: `VM-${loaded.cartridge.id}`.slice(0, 32),
      mediumType: 0,
    }).filter(({ id }) => id >= command.first);
    return { data: encodeAttributes(attributes, command.allocationLength) };
  }
}

function formatOf({ cartridge: { barCode } }: LoadedMedium) {
  return FORMATS[barCode?.slice(-2) ?? ""] ?? OWN_FORMAT;
}
