/**
 * The media types RSM knows and which drives take them, as data.
 *
 * @module
 */

import type { DeviceClass, Writability } from "../model/mod.ts";

/** A kind of medium. */
export interface MediaTypeRow {
  /** Name of the media type object. */
  readonly name: string;
  /** STORAGE_MEDIA_TYPE code. */
  readonly code: number;
  readonly sideCount: number;
  readonly writability: Writability;
  readonly deviceClass: DeviceClass;
  /** Ends of the bar codes that name it. */
  readonly barCodeSuffixes: readonly string[];
  /** LTO generations of the drives that read it; empty: any drive. */
  readonly readBy: readonly number[];
}

const LTO_ULTRIUM = 86;
const CLEANER_CARTRIDGE = 50;
/** STORAGE_MEDIA_TYPE has no code for a tape of unknown kind. */
const UNKNOWN_CODE = 0;

/** LTO media by generation: bar code suffix, WORM suffix, and the drives that read them (LTO program, cartridge compatibility). */
const LTO_GENERATIONS: readonly (readonly [
  generation: number,
  suffix: string,
  wormSuffix: string | null,
  readBy: readonly number[],
])[] = [
  [1, "L1", null, [1, 2, 3]],
  [2, "L2", null, [2, 3, 4]],
  [3, "L3", "LT", [3, 4, 5]],
  [4, "L4", "LU", [4, 5, 6]],
  [5, "L5", "LV", [5, 6, 7]],
  [6, "L6", "LW", [6, 7]],
  [7, "L7", "LX", [7, 8]],
  [8, "L8", "LY", [8, 9]],
  [9, "L9", "LZ", [9]],
  [10, "LA", null, [10]],
];

function lto(
  name: string,
  suffix: string,
  writability: Writability,
  readBy: readonly number[],
): MediaTypeRow {
  return {
    name,
    code: LTO_ULTRIUM,
    sideCount: 1,
    writability,
    deviceClass: "tape",
    barCodeSuffixes: [suffix],
    readBy,
  };
}

/** Every media type. */
export const MEDIA_TYPES: readonly MediaTypeRow[] = [
  ...LTO_GENERATIONS.flatMap(([generation, suffix, worm, readBy]) => [
    lto(`LTO-${generation}`, suffix, "rewritable", readBy),
    ...(worm === null
      ? []
      : [lto(`LTO-${generation} WORM`, worm, "writeOnce", readBy)]),
  ]),
  lto("LTO-7 M8", "M8", "rewritable", [8]),
  {
    name: "Cleaning cartridge",
    code: CLEANER_CARTRIDGE,
    sideCount: 1,
    writability: "readOnly",
    deviceClass: "tape",
    barCodeSuffixes: ["CU"],
    readBy: [],
  },
  {
    name: "Tape",
    code: UNKNOWN_CODE,
    sideCount: 1,
    writability: "rewritable",
    deviceClass: "tape",
    barCodeSuffixes: [],
    readBy: [],
  },
];

function named(name: string): MediaTypeRow {
  const row = MEDIA_TYPES.find((type) => type.name === name);
  if (row === undefined) {
    throw new RangeError(`No media type is named "${name}"`);
  }
  return row;
}

/** The type of cleaning cartridges. */
export const CLEANING_TYPE: MediaTypeRow = named("Cleaning cartridge");
/** The type of tapes whose bar code names none. */
export const UNKNOWN_TAPE: MediaTypeRow = named("Tape");

/** The media type that a bar code names; unknown tape where it names none. */
export function mediaTypeOfBarCode(
  barCode: string | null,
  cleaning: boolean,
): MediaTypeRow {
  if (cleaning || barCode?.startsWith("CLN")) return CLEANING_TYPE;
  const suffix = barCode !== null && barCode.length > 2
    ? barCode.slice(-2)
    : null;
  return MEDIA_TYPES.find((type) =>
    suffix !== null && type.barCodeSuffixes.includes(suffix)
  ) ?? UNKNOWN_TAPE;
}

/** How vendors write the LTO generation into the product name: ULT3580-TD6, ULTRIUM-HH8, Ultrium 6-SCSI, ULTRIUM 5. */
const GENERATION = /(?:TD|HH|ULTRIUM[ -])(\d{1,2})\b/i;

/** LTO generation of a drive by its product name; null where it tells none. */
export function driveGeneration(product: string): number | null {
  const match = GENERATION.exec(product);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** Whether a drive reads a type of media; a drive of unknown kind is taken to. */
export function driveTakes(product: string, type: MediaTypeRow): boolean {
  const generation = driveGeneration(product);
  return generation === null || type.readBy.length === 0 ||
    type.readBy.includes(generation);
}
