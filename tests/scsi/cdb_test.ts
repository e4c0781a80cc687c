import { assertEquals, assertThrows } from "@std/assert";
import {
  cdbSize,
  exchangeMedium,
  initializeElementStatus,
  initializeElementStatusWithRange,
  initializeElementStatusWithRangeVendor,
  inquiry,
  loadUnload,
  logSense,
  modeSense10,
  modeSense6,
  moveMedium,
  openCloseImportExport,
  positionToElement,
  preventAllowMediumRemoval,
  readElementStatus,
  requestSense,
  startStopUnit,
  testUnitReady,
} from "../../src/scsi/mod.ts";

function hex(cdb: Uint8Array): string {
  return Array.from(cdb, (byte) => byte.toString(16).padStart(2, "0"))
    .join(" ");
}

const LAYOUTS: readonly (readonly [string, Uint8Array, string])[] = [
  ["TEST UNIT READY", testUnitReady(), "00 00 00 00 00 00"],
  [
    "REQUEST SENSE in descriptor format",
    requestSense({ descriptorFormat: true, allocationLength: 18 }),
    "03 01 00 00 12 00",
  ],
  ["INQUIRY", inquiry(), "12 00 00 00 24 00"],
  ["INQUIRY for a page", inquiry({ vpdPage: 0x80 }), "12 01 80 00 fc 00"],
  ["INQUIRY for page 00h", inquiry({ vpdPage: 0 }), "12 01 00 00 fc 00"],
  [
    "MODE SENSE(6)",
    modeSense6({
      page: 0x1d,
      pageControl: "default",
      disableBlockDescriptors: true,
      allocationLength: 0x88,
    }),
    "1a 08 9d 00 88 00",
  ],
  [
    "MODE SENSE(10)",
    modeSense10({ page: 0x1f, subpage: 0x41, allocationLength: 0x1234 }),
    "5a 00 1f 41 00 00 00 12 34 00",
  ],
  [
    "INITIALIZE ELEMENT STATUS",
    initializeElementStatus(),
    "07 00 00 00 00 00",
  ],
  [
    "INITIALIZE ELEMENT STATUS WITH RANGE",
    initializeElementStatusWithRange({
      range: { start: 0x1001, count: 0x203 },
      fast: true,
    }),
    "37 03 10 01 00 00 02 03 00 00",
  ],
  [
    "INITIALIZE ELEMENT STATUS WITH RANGE of all",
    initializeElementStatusWithRange({ range: null }),
    "37 00 00 00 00 00 00 00 00 00",
  ],
  [
    "INITIALIZE ELEMENT STATUS WITH RANGE of the vendors",
    initializeElementStatusWithRangeVendor({
      range: { start: 0x1001, count: 0x203 },
      noBarcodes: true,
    }),
    "e7 01 10 01 00 00 02 03 00 80",
  ],
  [
    "READ ELEMENT STATUS with tags",
    readElementStatus({
      type: "storage",
      start: 0x1000,
      count: 1000,
      volumeTags: true,
    }),
    "b8 12 10 00 03 e8 02 00 ff ff 00 00",
  ],
  [
    "READ ELEMENT STATUS with identifiers, the robot may move",
    readElementStatus({
      type: "dataTransfer",
      start: 1,
      count: 2,
      deviceIds: true,
      currentData: false,
      allocationLength: 0x123456,
    }),
    "b8 04 00 01 00 02 01 12 34 56 00 00",
  ],
  [
    "POSITION TO ELEMENT",
    positionToElement({ transport: 1, target: 0x1002, invert: true }),
    "2b 00 00 01 10 02 00 00 01 00",
  ],
  [
    "MOVE MEDIUM",
    moveMedium({ source: 0x1001, target: 0x0102 }),
    "a5 00 00 00 10 01 01 02 00 00 00 00",
  ],
  [
    "MOVE MEDIUM inverted, by a transport",
    moveMedium({ transport: 7, source: 1, target: 2, invert: true }),
    "a5 00 00 07 00 01 00 02 00 00 01 00",
  ],
  [
    "EXCHANGE MEDIUM with INV1",
    exchangeMedium({
      transport: 1,
      source: 2,
      firstTarget: 3,
      secondTarget: 4,
      invertFirst: true,
    }),
    "a6 00 00 01 00 02 00 03 00 04 01 00",
  ],
  [
    "EXCHANGE MEDIUM with INV2",
    exchangeMedium({
      source: 2,
      firstTarget: 3,
      secondTarget: 2,
      invertSecond: true,
    }),
    "a6 00 00 00 00 02 00 03 00 02 02 00",
  ],
  ["PREVENT", preventAllowMediumRemoval(true), "1e 00 00 00 01 00"],
  ["ALLOW", preventAllowMediumRemoval(false), "1e 00 00 00 00 00"],
  [
    "OPEN IMPORT/EXPORT ELEMENT",
    openCloseImportExport({ element: 0x0102, action: "open" }),
    "1b 00 01 02 00 00",
  ],
  [
    "CLOSE IMPORT/EXPORT ELEMENT",
    openCloseImportExport({ element: 0x0102, action: "close" }),
    "1b 00 01 02 01 00",
  ],
  ["LOAD", loadUnload({ load: true }), "1b 00 00 00 01 00"],
  ["UNLOAD", loadUnload({ load: false }), "1b 00 00 00 00 00"],
  [
    "eject a disk",
    startStopUnit({ start: false, loadEject: true }),
    "1b 00 00 00 02 00",
  ],
  [
    "load a disk",
    startStopUnit({ start: true, loadEject: true }),
    "1b 00 00 00 03 00",
  ],
  [
    "stop a disk at once",
    startStopUnit({ start: false, immediate: true }),
    "1b 01 00 00 00 00",
  ],
  [
    "UNLOAD with every option",
    loadUnload({
      load: false,
      immediate: true,
      hold: true,
      retension: true,
      endOfTape: true,
    }),
    "1b 01 00 00 0e 00",
  ],
  [
    "LOG SENSE",
    logSense({ page: 0x2e, parameterPointer: 0x102, allocationLength: 324 }),
    "4d 00 6e 00 00 01 02 01 44 00",
  ],
];

for (const [name, cdb, expected] of LAYOUTS) {
  Deno.test(`${name} has its bytes in the standard's places`, () => {
    assertEquals(hex(cdb), expected);
    assertEquals(cdb.length, cdbSize(cdb[0]!));
  });
}

const REFUSALS: readonly (readonly [string, () => Uint8Array])[] = [
  ["source element address", () => moveMedium({ source: 0x10000, target: 1 })],
  ["target element address", () => moveMedium({ source: 1, target: -1 })],
  [
    "transport element address",
    () => moveMedium({ transport: 0.5, source: 1, target: 2 }),
  ],
  [
    "second target",
    () => exchangeMedium({ source: 1, firstTarget: 2, secondTarget: NaN }),
  ],
  [
    "number of elements",
    () => readElementStatus({ type: "all", start: 0, count: 0x10000 }),
  ],
  [
    "allocation length",
    () =>
      readElementStatus({
        type: "all",
        start: 0,
        count: 1,
        allocationLength: 0x1000000,
      }),
  ],
  ["allocation length", () => modeSense6({ page: 1, allocationLength: 256 })],
  ["allocation length", () => requestSense({ allocationLength: 256 })],
  ["page code", () => modeSense10({ page: 0x40 })],
  ["subpage code", () => modeSense10({ page: 1, subpage: 256 })],
  ["page code", () => inquiry({ vpdPage: 256 })],
  ["page control", () => logSense({ page: 0x2e, pageControl: 4 })],
  [
    "first element address",
    () => initializeElementStatusWithRange({ range: { start: -1, count: 1 } }),
  ],
  [
    "import/export element address",
    () => openCloseImportExport({ element: 65536, action: "open" }),
  ],
];

for (const [index, [name, encode]] of REFUSALS.entries()) {
  Deno.test(`a ${name} out of range is refused by name (${index + 1})`, () => {
    assertThrows(encode, RangeError, name);
  });
}
