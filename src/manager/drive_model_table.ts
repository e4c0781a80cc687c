/**
 * Which drives there are: how each tells its family and generation by the
 * product name of INQUIRY. A table, no code.
 *
 * Where the names are from: the device lists of IBM's LTFS reference
 * implementation (IBM, HP, Quantum; Tandberg by its issue 645), IBM's drive
 * support notes (TDA), mhvtl's personalities (J1A to E06, T10000, DLT, SDLT,
 * AIT), Windows' tape miniclass drivers (SuperDLT1).
 *
 * @module
 */

/** How one make of drives names itself. */
export interface DriveModelRow {
  /** Product names of the make; its first group is the generation where `generation` is null. */
  readonly product: RegExp;
  readonly family: string;
  readonly generation: string | null;
}

/** Every drive model that is known. */
export const DRIVE_MODEL_TABLE: readonly DriveModelRow[] = [
  {
    product: /\bULT(?:3580|RIUM)?-(?:TD|HH)A\b/i,
    family: "LTO",
    generation: "10",
  },
  {
    product: /\bULT(?:3580|RIUM)?-(?:TD|HH)(\d{1,2})\b/i,
    family: "LTO",
    generation: null,
  },
  { product: /^ULTRIUM (\d{1,2})\b/i, family: "LTO", generation: null },
  { product: /^HH LTO Gen (\d{1,2})\b/i, family: "LTO", generation: null },
  { product: /^LTO-(\d{1,2}) HH\b/i, family: "LTO", generation: null },
  { product: /^03592J1A/, family: "3592", generation: "1" },
  { product: /^03592E05/, family: "3592", generation: "2" },
  { product: /^03592E06/, family: "3592", generation: "3" },
  { product: /^03592E07/, family: "3592", generation: "4" },
  { product: /^03592E08/, family: "3592", generation: "5" },
  { product: /^0359255[EF]/, family: "3592", generation: "5A" },
  { product: /^0359260[EFS]/, family: "3592", generation: "6" },
  { product: /^0359270[FS]/, family: "3592", generation: "7" },
  { product: /^T10000([A-D])\b/, family: "T10000", generation: null },
  { product: /^DLT([78]000)\b/, family: "DLT", generation: null },
  { product: /^SuperDLT1\b/i, family: "DLT", generation: "220" },
  { product: /^SDLT(320|600)\b/, family: "DLT", generation: null },
  { product: /^DLT-S4\b/, family: "DLT", generation: "S4" },
  { product: /^SDX-300C/, family: "AIT", generation: "1" },
  { product: /^SDX-500[CV]/, family: "AIT", generation: "2" },
  { product: /^SDX-700[CV]/, family: "AIT", generation: "3" },
  { product: /^SDX-900V/, family: "AIT", generation: "4" },
  { product: /^SDX-1100V/, family: "AIT", generation: "5" },
];

/** The families of drives, by which media types name the drives that take them. */
export const DRIVE_FAMILIES = [
  "LTO",
  "3592",
  "T10000",
  "DLT",
  "DAT",
  "AIT",
] as const;
