/**
 * What the recorded libraries really are, and what they answered.
 *
 * @module
 */
import type { ElementStatus } from "../../src/scsi/mod.ts";
import { recorded, type RecordedLibrary } from "../recorded/recorded.ts";

/** What the recorded libraries really are. */
export interface Expected {
  readonly library: RecordedLibrary;
  readonly vendor: string;
  readonly product: string;
  readonly version: number;
  readonly inquirySize: number;
  readonly versionDescriptors: readonly number[];
  readonly vpdPages: readonly number[];
  readonly serialNumber: string;
  readonly firstSlot: number;
  readonly firstPort: number;
  readonly firstDrive: number;
  readonly types: readonly ElementStatus["type"][];
  readonly tags: readonly string[];
  readonly driveIdentifiers: readonly string[];
  readonly stores: readonly boolean[];
  readonly moves: readonly boolean[];
  readonly exchanges: readonly boolean[];
}

/** An IBM 03584L32 with LTO-8 drives. */
export const IBM: Expected = {
  library: "ibm_03584l32",
  vendor: "IBM",
  product: "03584L32",
  version: 3,
  inquirySize: 58,
  versionDescriptors: [],
  vpdPages: [0x00, 0x80, 0x83],
  serialNumber: "XYZZY_20    0400",
  firstSlot: 0x400,
  firstPort: 0x300,
  firstDrive: 0x101,
  types: ["transport", "dataTransfer", "importExport", "storage"],
  tags: [
    "V20001L8",
    "V20002L8",
    "V20003L8",
    "V20004L8",
    "V20005L8",
    "V20006L8",
    "V20007L8",
    "V20008L8",
    "CLN201L8",
  ],
  driveIdentifiers: [
    "IBM     ULT3580-TD8     XYZZY_201",
    "IBM     ULT3580-TD8     XYZZY_202",
  ],
  stores: [false, true, true, true],
  moves: [false, true, true, true],
  exchanges: [false, true, true, true],
};

/** An STK L700 with LTO-6 drives. */
export const STK: Expected = {
  library: "stk_l700",
  vendor: "STK",
  product: "L700",
  version: 5,
  inquirySize: 64,
  versionDescriptors: [0x0300, 0x0960, 0x0200],
  vpdPages: [0x00, 0x80],
  serialNumber: "XYZZY_10",
  firstSlot: 0x3e8,
  firstPort: 0x00a,
  firstDrive: 0x1f4,
  types: ["transport", "importExport", "dataTransfer", "storage"],
  tags: [
    "V10001L6",
    "V10002L6",
    "V10003L6",
    "V10004L6",
    "V10005L6",
    "V10006L6",
    "V10007L6",
    "V10008L6",
    "CLN101L6",
  ],
  driveIdentifiers: [
    "IBM     ULT3580-TD6     XYZZY_101",
    "IBM     ULT3580-TD6     XYZZY_102",
  ],
  stores: [true, true, true, true],
  moves: [true, true, true, true],
  exchanges: [false, false, false, false],
};

/** The bytes that a library answered, by the name of the answer. */
export function dataOf(library: RecordedLibrary) {
  return (name: string): Uint8Array => recorded(library, name).data;
}
