/**
 * What a drive tells of its medium, by SCSI commands: MODE SENSE for density
 * and write protection, READ ATTRIBUTE for the memory of the cartridge.
 *
 * @module
 */
import {
  CARTRIDGE_KINDS,
  type CartridgeKind,
  type Clock,
} from "../model/mod.ts";
import {
  COMMAND_TIMEOUT_MS,
  COMPRESSION_PAGE,
  decodeAttributes,
  decodeModeSense6,
  encodeModeSelect6,
  encodeTapeBlocks,
  findModePage,
  isCompressing,
  isWriteProtected,
  type MediumMemory,
  memoryIn,
  type ModeData,
  modeSelect6,
  modeSense6,
  type PageControl,
  readAttribute,
  tapeBlocksIn,
} from "../scsi/mod.ts";
import { Commander } from "./commander.ts";
import { isRefusal, SenseError } from "./failures.ts";
import type { MediumFacts, MediumTeller } from "./medium_teller.ts";
import type { ScsiDevice } from "./scsi_device.ts";

const MODE_BYTES = 0xff;
/** Chips have 4 to 32 KiB, of which the attributes are a part. */
const ATTRIBUTE_BYTES = 0x4000;
const BYTES_IN_MIB = 0x10_0000;
/** Not a code of any density: "no change", or one that the drive does not know. */
const NO_DENSITY = [0x00, 0x7f, 0xff];

/** What a {@linkcode ScsiMediumTeller} is made of. */
export interface ScsiMediumTellerParts {
  /** The drive, for messages. */
  readonly name: string;
  /** Opens the drive for commands. */
  readonly open: () => Promise<ScsiDevice>;
  readonly clock: Clock;
}

/** A drive that is asked by SCSI commands. */
export class ScsiMediumTeller implements MediumTeller {
  readonly #parts: ScsiMediumTellerParts;

  /** The medium in a drive. */
  constructor(parts: ScsiMediumTellerParts) {
    this.#parts = parts;
  }

  /** See {@linkcode MediumTeller.prepare}. */
  async prepare(): Promise<MediumFacts> {
    const device = await this.#parts.open();
    try {
      const commander = new Commander(device, this.#parts.clock);
      const modes = await this.#modes(commander, "current");
      if (modes !== null) await this.#reset(commander, modes);
      return factsOf(modes, await this.#memory(commander));
    } finally {
      await device.close();
    }
  }

  /** The modes, with the page of compression where there is one; null where the drive has no modes. */
  async #modes(
    commander: Commander,
    pageControl: PageControl,
  ): Promise<ModeData | null> {
    const act = `read the modes of ${this.#parts.name}`;
    // Without that page, page 0 has the block descriptor alone.
    for (const page of [COMPRESSION_PAGE, 0]) {
      try {
        return decodeModeSense6(
          await commander.read(act, {
            cdb: modeSense6({
              page,
              pageControl,
              allocationLength: MODE_BYTES,
            }),
            dataIn: MODE_BYTES,
            timeoutMs: COMMAND_TIMEOUT_MS.modeSense6,
          }),
        );
      } catch (error) {
        const isUnknown = isRefusal(error) || error instanceof RangeError;
        if (!isUnknown) throw error;
      }
    }
    return null;
  }

  /** Sets what differs from the drive's defaults; the length of blocks is the program's. */
  async #reset(commander: Commander, current: ModeData): Promise<void> {
    const defaults = await this.#modes(commander, "default");
    const page = defaults && findModePage(defaults, COMPRESSION_PAGE);
    const now = findModePage(current, COMPRESSION_PAGE);
    const blocks = tapeBlocksIn(current);
    if (!page || now === null || blocks === null) return;
    if (isCompressing(page) === isCompressing(now)) return;
    const parameters = encodeModeSelect6({
      mediumType: 0,
      deviceSpecific: current.deviceSpecific,
      // 0 is the density that the drive takes for the medium by itself.
      blockDescriptors: encodeTapeBlocks({
        densityCode: 0,
        blockCount: 0,
        blockLength: blocks.blockLength,
      }),
      pages: [page],
    });
    try {
      await commander.read(`set the modes of ${this.#parts.name}`, {
        cdb: modeSelect6({ length: parameters.length }),
        dataOut: parameters,
        timeoutMs: COMMAND_TIMEOUT_MS.modeSelect6,
      });
    } catch (error) {
      // Some drives tell of modes that they do not let anybody set.
      if (!isRefusal(error)) throw error;
    }
  }

  /** The cartridge's memory; null where there is none, or none that can be read. */
  async #memory(commander: Commander): Promise<MediumMemory | null> {
    try {
      return memoryIn(decodeAttributes(
        await commander.read(
          `read the memory of the cartridge in ${this.#parts.name}`,
          {
            cdb: readAttribute({ allocationLength: ATTRIBUTE_BYTES }),
            dataIn: ATTRIBUTE_BYTES,
            timeoutMs: COMMAND_TIMEOUT_MS.readAttribute,
          },
        ),
      ));
    } catch (error) {
      // A chip that fails does not keep the tape from being used.
      const nothing = error instanceof SenseError ||
        error instanceof RangeError;
      if (nothing) return null;
      throw error;
    }
  }
}

function factsOf(
  modes: ModeData | null,
  memory: MediumMemory | null,
): MediumFacts {
  const density = modes === null ? null : tapeBlocksIn(modes)?.densityCode ?? 0;
  return {
    mediumTypeCode: modes?.mediumType ?? null,
    densityCode: density === null || NO_DENSITY.includes(density)
      ? null
      : density,
    writeProtected: modes === null ? null : isWriteProtected(modes),
    serialNumber: memory?.serialNumber ?? null,
    manufacturer: memory?.manufacturer ?? null,
    kind: kindOf(memory?.mediumType ?? null),
    loadCount: memory?.loadCount ?? null,
    maximumBytes: bytesOf(memory?.maximumMiB ?? null),
    remainingBytes: bytesOf(memory?.remainingMiB ?? null),
  };
}

function bytesOf(mebibytes: number | null): number | null {
  if (mebibytes === null) return null;
  const bytes = mebibytes * BYTES_IN_MIB;
  return Number.isSafeInteger(bytes) ? bytes : null;
}

function kindOf(code: number | null): CartridgeKind | null {
  switch (code) {
    case CARTRIDGE_KINDS.data:
      return "data";
    case CARTRIDGE_KINDS.cleaning:
      return "cleaning";
    case CARTRIDGE_KINDS.worm:
      return "worm";
    default:
      return null;
  }
}
