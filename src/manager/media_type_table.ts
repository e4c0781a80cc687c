/**
 * The tape types that RSM knows by itself: a table, no code. What nobody has
 * confirmed is left out: a null for drives, an empty list for suffixes or
 * density codes.
 *
 * Where the facts are from:
 *
 * - STORAGE_MEDIA_TYPE codes: the enumeration of ntddstor.h; 0 where it has
 *   none for the medium.
 * - LTO suffixes: IBM, Diamondback documentation, "LTO bar code labels" (L1 to
 *   L9, M8, LT to LZ); IBM LTO SCSI Reference GA32-0928-08 by way of mhvtl
 *   (LA, LH, PA); of cleaning cartridges: Oracle, StorageTek SL150 Interface
 *   Reference (C1, C2, C3, CU).
 * - LTO drives: the LTO program's rules, that is two generations back for
 *   reading and one for writing up to generation 7, one back for both from
 *   generation 8, none in generation 10; IBM TS4500 Introduction, table 13.
 * - 3592 suffixes: IBM TS4500 documentation, "3592 bar code label". Drives:
 *   the density tables of IBM's LTFS reference implementation (E07 and later),
 *   IBM z/OS DFSMS "TS1140, TS1130, and TS1120" (J1A to E07).
 * - T10000: Oracle, StorageTek T10000 Operator's Guide E48725, appendix B and
 *   "Cross-Density Cartridge Processing".
 * - SDLT and DLT: Quantum, Scalar i6000 guide, table 4, and SDLT 320 Product
 *   Manual, B.4; suffix S1: Sun SL500 Interface Reference and HP ESL9000 guide.
 *   They contradict each other about S2, which is therefore left to the site.
 * - Density codes: LTFS `tape_ops.h`, IBM LTO SCSI Reference, and the table of
 *   mt-st, which also the SSC standards list.
 *
 * @module
 */

import type {
  DeviceClass,
  MediaTypeDrives,
  Writability,
} from "../model/mod.ts";
import { DISK_TYPES, UNKNOWN_DISKS } from "./disk_type_table.ts";
import {
  CLEANER_CODE,
  type MediaTypeRow,
  UNKNOWN_CODE,
} from "./media_type_row.ts";

const LTO_ULTRIUM = 86;
const DLT = 39;
const DDS_4MM = 32;
const AIT1_8MM = 38;
const AIT_8MM = 89;

/** LTO by generation: suffixes of rewritable and WORM media, density code, and the drives that read and write them. */
const LTO_GENERATIONS: readonly (readonly [
  generation: number,
  suffix: string,
  wormSuffix: string | null,
  densityCode: number,
  readBy: readonly string[],
  writtenBy: readonly string[],
])[] = [
  [1, "L1", null, 0x40, ["1", "2", "3"], ["1", "2"]],
  [2, "L2", null, 0x42, ["2", "3", "4"], ["2", "3"]],
  [3, "L3", "LT", 0x44, ["3", "4", "5"], ["3", "4"]],
  [4, "L4", "LU", 0x46, ["4", "5", "6"], ["4", "5"]],
  [5, "L5", "LV", 0x58, ["5", "6", "7"], ["5", "6"]],
  [6, "L6", "LW", 0x5a, ["6", "7"], ["6", "7"]],
  [7, "L7", "LX", 0x5c, ["7", "8"], ["7", "8"]],
  [8, "L8", "LY", 0x5e, ["8", "9"], ["8", "9"]],
  [9, "L9", "LZ", 0x60, ["9"], ["9"]],
  [10, "LA", "LH", 0x62, ["10"], ["10"]],
];

type Enterprise = readonly [
  densityCodes: readonly number[],
  readBy: readonly string[],
  writtenBy: readonly string[],
];
const JA: Enterprise = [
  [0x51, 0x52, 0x53],
  ["1", "2", "3", "4"],
  ["1", "2", "3"],
];
const JB: Enterprise = [
  [0x52, 0x53, 0x54],
  ["2", "3", "4"],
  ["2", "3", "4"],
];
const JC: Enterprise = [
  [0x54, 0x55],
  ["4", "5", "5A", "6"],
  ["4", "5", "5A", "6"],
];
const JD: Enterprise = [[0x55, 0x56], ["5", "5A", "6"], ["5", "5A", "6"]];
const JE: Enterprise = [[0x57], ["6"], ["6"]];
const JF: Enterprise = [[], ["7"], ["7"]];

/** 3592 media: suffix and kind, and what holds of the whole cartridge type. */
const ENTERPRISE_3592: readonly (readonly [string, string, Enterprise])[] = [
  ["JA", "", JA],
  ["JJ", " economy", JA],
  ["JW", " WORM", JA],
  ["JR", " economy WORM", JA],
  ["JB", "", JB],
  ["JX", " WORM", JB],
  ["JC", "", JC],
  ["JK", " economy", JC],
  ["JY", " WORM", JC],
  ["JD", "", JD],
  ["JL", " economy", JD],
  ["JZ", " WORM", JD],
  ["JE", "", JE],
  ["JM", " economy", JE],
  ["JV", " WORM", JE],
  ["JF", "", JF],
];

interface TapeFacts {
  readonly name: string;
  readonly code: number;
  readonly drives: MediaTypeDrives;
  readonly suffixes?: readonly string[];
  readonly densityCodes?: readonly number[];
  readonly writability?: Writability;
}

function tape(facts: TapeFacts): MediaTypeRow {
  return {
    name: facts.name,
    code: facts.code,
    sideCount: 1,
    writability: facts.writability ?? "rewritable",
    deviceClass: "tape",
    barCodeSuffixes: facts.suffixes ?? [],
    densityCodes: facts.densityCodes ?? [],
    drives: facts.drives,
  };
}

function cleaning(
  name: string,
  drives: MediaTypeDrives | null,
  suffixes: readonly string[] = [],
): MediaTypeRow {
  return {
    name,
    code: CLEANER_CODE,
    sideCount: 1,
    writability: "readOnly",
    deviceClass: "tape",
    barCodeSuffixes: suffixes,
    densityCodes: [],
    drives,
  };
}

/** Every generation of a family that reads it, and none that writes. */
function cleans(family: string): MediaTypeDrives {
  return { family, readBy: null, writtenBy: [] };
}

/** Any drive of a family, for want of better knowledge. */
function anyOf(family: string): MediaTypeDrives {
  return { family, readBy: null, writtenBy: null };
}

const LTO: readonly MediaTypeRow[] = [
  ...LTO_GENERATIONS.flatMap(
    ([generation, suffix, worm, densityCode, readBy, writtenBy]) => {
      const common = {
        code: LTO_ULTRIUM,
        densityCodes: [densityCode],
        drives: { family: "LTO", readBy, writtenBy },
      };
      const name = `LTO-${generation}`;
      return [
        tape({ ...common, name, suffixes: [suffix] }),
        ...(worm === null ? [] : [
          tape({
            ...common,
            name: `${name} WORM`,
            suffixes: [worm],
            writability: "writeOnce",
          }),
        ]),
      ];
    },
  ),
  tape({
    name: "LTO-7 M8",
    code: LTO_ULTRIUM,
    suffixes: ["M8"],
    densityCodes: [0x5d],
    drives: { family: "LTO", readBy: ["8"], writtenBy: ["8"] },
  }),
  tape({
    name: "LTO-10 Premium",
    code: LTO_ULTRIUM,
    suffixes: ["PA"],
    densityCodes: [0x63],
    drives: { family: "LTO", readBy: ["10"], writtenBy: ["10"] },
  }),
  cleaning("LTO cleaning", cleans("LTO"), ["CU", "C1", "C2", "C3"]),
];

const IBM_3592: readonly MediaTypeRow[] = [
  ...ENTERPRISE_3592.map((
    [suffix, kind, [densityCodes, readBy, writtenBy]],
  ) =>
    tape({
      name: `3592 ${suffix}${kind}`,
      code: UNKNOWN_CODE,
      suffixes: [suffix],
      densityCodes,
      drives: { family: "3592", readBy, writtenBy },
      writability: kind.endsWith("WORM") ? "writeOnce" : "rewritable",
    })
  ),
  cleaning("3592 cleaning", cleans("3592")),
];

const T10000_FIRST: MediaTypeDrives = {
  family: "T10000",
  readBy: ["A", "B", "C", "D"],
  writtenBy: ["A", "B"],
};
const T10000_SECOND: MediaTypeDrives = {
  family: "T10000",
  readBy: ["C", "D"],
  writtenBy: ["C", "D"],
};

const T10000: readonly MediaTypeRow[] = [
  ...([
    ["T10000 T1", "T1", T10000_FIRST, [0x4a, 0x4b]],
    ["T10000 T1 Sport", "TS", T10000_FIRST, [0x4a, 0x4b]],
    ["T10000 T2", "T2", T10000_SECOND, [0x4c, 0x4d]],
    ["T10000 T2 Sport", "TT", T10000_SECOND, [0x4c, 0x4d]],
  ] as const).map(([name, suffix, drives, densityCodes]) =>
    tape({
      name,
      code: UNKNOWN_CODE,
      suffixes: [suffix],
      densityCodes,
      drives,
    })
  ),
  cleaning("T10000 cleaning", cleans("T10000")),
];

/** The generation of a DLT drive is its model. */
const DLT_TYPES: readonly MediaTypeRow[] = [
  tape({
    name: "DLTtape IV",
    code: DLT,
    drives: {
      family: "DLT",
      readBy: ["7000", "8000", "220", "320"],
      writtenBy: ["7000", "8000"],
    },
  }),
  tape({
    name: "DLTtape VS1",
    code: DLT,
    drives: { family: "DLT", readBy: ["600"], writtenBy: [] },
  }),
  tape({
    name: "SDLT I",
    code: DLT,
    suffixes: ["S1"],
    densityCodes: [0x48, 0x49],
    drives: {
      family: "DLT",
      readBy: ["220", "320", "600", "S4"],
      writtenBy: ["220", "320"],
    },
  }),
  tape({
    name: "SDLT II",
    code: DLT,
    densityCodes: [0x4a],
    drives: { family: "DLT", readBy: ["600", "S4"], writtenBy: ["600"] },
  }),
  tape({
    name: "DLTtape S4",
    code: DLT,
    drives: { family: "DLT", readBy: ["S4"], writtenBy: ["S4"] },
  }),
  cleaning("DLT cleaning", cleans("DLT")),
];

const DAT: readonly MediaTypeRow[] = [
  ...([
    ["DDS-1", []],
    ["DDS-2", [0x24]],
    ["DDS-3", [0x25]],
    ["DDS-4", [0x26]],
    ["DAT 72", [0x47]],
    ["DAT 160", []],
    ["DAT 320", []],
  ] as const).map(([name, densityCodes]) =>
    tape({ name, code: DDS_4MM, densityCodes, drives: anyOf("DAT") })
  ),
  cleaning("DAT cleaning", cleans("DAT")),
];

const AIT: readonly MediaTypeRow[] = [
  ...([
    ["AIT-1", AIT1_8MM, [0x30]],
    ["AIT-2", AIT_8MM, [0x31]],
    ["AIT-3", AIT_8MM, [0x32]],
    ["AIT-4", AIT_8MM, []],
    ["AIT-5", AIT_8MM, []],
  ] as const).map(([name, code, densityCodes]) =>
    tape({ name, code, densityCodes, drives: anyOf("AIT") })
  ),
  cleaning("AIT cleaning", cleans("AIT")),
];

/** The type of cleaning cartridges of no known family. */
export const CLEANING_TYPE: MediaTypeRow = cleaning("Cleaning cartridge", null);

/** The type of tapes whose bar code names none. */
export const UNKNOWN_TAPE: MediaTypeRow = {
  name: "Tape",
  code: UNKNOWN_CODE,
  sideCount: 1,
  writability: "rewritable",
  deviceClass: "tape",
  barCodeSuffixes: [],
  densityCodes: [],
  drives: null,
};

/**
 * What a cartridge is taken for whose bar code names no type that its library
 * handles: a tape, where not all drives that are known are of another class.
 */
export function unknownTypeOf(
  drives: readonly {
    readonly product: string;
    readonly deviceClass: DeviceClass;
  }[],
): MediaTypeRow {
  const known = drives.filter(({ product }) => product !== "");
  const classes = known.map(({ deviceClass }) => deviceClass);
  const [first = "tape"] = classes;
  return first === "changer" || first === "tape" || classes.includes("tape")
    ? UNKNOWN_TAPE
    : UNKNOWN_DISKS[first];
}

/** Every media type that is built in, tapes and disks. */
export const MEDIA_TYPE_TABLE: readonly MediaTypeRow[] = [
  ...LTO,
  ...IBM_3592,
  ...T10000,
  ...DLT_TYPES,
  ...DAT,
  ...AIT,
  ...DISK_TYPES,
  CLEANING_TYPE,
  UNKNOWN_TAPE,
];
