/**
 * The command descriptor block by which disk and optical drives take their
 * medium in and let it go (SBC-3 5.25, MMC-6 6.42).
 *
 * @module
 */
import { OPERATION } from "./cdb.ts";

/** Arguments of {@linkcode startStopUnit}. */
export interface StartStopUnit {
  /** START: have it turn; otherwise have it stand. */
  readonly start: boolean;
  /** LOEJ: load the medium first, or eject it then. @default {false} */
  readonly loadEject?: boolean;
  /** IMMED: answer before it is done. @default {false} */
  readonly immediate?: boolean;
}

/** START STOP UNIT (1Bh, to a disk or optical drive). */
export function startStopUnit(
  { immediate = false, loadEject = false, start }: StartStopUnit,
): Uint8Array {
  return Uint8Array.of(
    OPERATION.openCloseOrLoadUnload,
    Number(immediate),
    0,
    0,
    (Number(loadEject) << 1) | Number(start),
    0,
  );
}
