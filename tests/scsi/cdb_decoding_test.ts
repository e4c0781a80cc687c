import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type Command,
  type CommandTarget,
  decodeCdb,
  exchangeMedium,
  initializeElementStatus,
  initializeElementStatusWithRange,
  initializeElementStatusWithRangeVendor,
  inquiry,
  loadUnload,
  logSense,
  modeSelect6,
  modeSense10,
  modeSense6,
  moveMedium,
  openCloseImportExport,
  positionToElement,
  preventAllowMediumRemoval,
  read6,
  readAttribute,
  readElementStatus,
  requestSense,
  rewind,
  startStopUnit,
  testUnitReady,
  write6,
  writeFilemarks6,
} from "../../src/scsi/mod.ts";
import { record, uint16, uint8 } from "./arbitraries.ts";

interface RoundTrip<Args> {
  readonly name: string;
  readonly target?: CommandTarget;
  readonly args: fc.Arbitrary<Args>;
  readonly encode: (args: Args) => Uint8Array;
}

function roundTrip<Args extends Record<string, unknown>>(
  { args, encode, name, target = "changer" }: RoundTrip<Args>,
): void {
  Deno.test(`decodeCdb() gives back the arguments of ${name}`, () => {
    fc.assert(fc.property(args, (given) => {
      assertEquals<Record<string, unknown>>(
        { ...decodeCdb(encode(given), target) },
        { command: name, ...given },
      );
    }));
  });
}

const range = fc.option(record({ start: uint16, count: uint16 }));
const modeSense = {
  page: fc.nat(0x3f),
  subpage: uint8,
  pageControl: fc.constantFrom(
    "current",
    "changeable",
    "default",
    "saved",
  ),
  disableBlockDescriptors: fc.boolean(),
} as const;

roundTrip({
  name: "testUnitReady",
  args: fc.constant({}),
  encode: testUnitReady,
});
roundTrip({
  name: "initializeElementStatus",
  args: fc.constant({}),
  encode: initializeElementStatus,
});
roundTrip({
  name: "requestSense",
  args: record({ descriptorFormat: fc.boolean(), allocationLength: uint8 }),
  encode: requestSense,
});
roundTrip({
  name: "inquiry",
  args: record({ vpdPage: fc.option(uint8), allocationLength: uint16 }),
  encode: inquiry,
});
roundTrip({
  name: "modeSense6",
  args: record({ ...modeSense, allocationLength: uint8 }),
  encode: modeSense6,
});
roundTrip({
  name: "modeSense10",
  args: record({ ...modeSense, allocationLength: uint16 }),
  encode: modeSense10,
});
roundTrip({
  name: "modeSelect6",
  target: "drive",
  args: record({ length: uint8 }),
  encode: modeSelect6,
});
roundTrip({
  name: "readAttribute",
  target: "drive",
  args: record({
    first: uint16,
    partition: uint8,
    allocationLength: fc.nat(0xffff_ffff),
  }),
  encode: readAttribute,
});
const uint24 = fc.nat(0xff_ffff);
roundTrip({
  name: "rewind",
  target: "drive",
  args: fc.constant({}),
  encode: rewind,
});
roundTrip({
  name: "read6",
  target: "drive",
  args: record({ length: uint24, anyLength: fc.boolean() }),
  encode: read6,
});
roundTrip({
  name: "write6",
  target: "drive",
  args: record({ length: uint24 }),
  encode: write6,
});
roundTrip({
  name: "writeFilemarks6",
  target: "drive",
  args: record({ count: uint24 }),
  encode: writeFilemarks6,
});
roundTrip({
  name: "initializeElementStatusWithRange",
  args: record({ range, fast: fc.boolean() }),
  encode: initializeElementStatusWithRange,
});
roundTrip({
  name: "initializeElementStatusWithRangeVendor",
  args: record({ range, noBarcodes: fc.boolean() }),
  encode: initializeElementStatusWithRangeVendor,
});
roundTrip({
  name: "readElementStatus",
  args: record({
    type: fc.constantFrom(
      "all",
      "transport",
      "storage",
      "importExport",
      "dataTransfer",
    ),
    start: uint16,
    count: uint16,
    volumeTags: fc.boolean(),
    deviceIds: fc.boolean(),
    currentData: fc.boolean(),
    allocationLength: fc.nat(0xffffff),
  }),
  encode: readElementStatus,
});
roundTrip({
  name: "positionToElement",
  args: record({ transport: uint16, target: uint16, invert: fc.boolean() }),
  encode: positionToElement,
});
roundTrip({
  name: "moveMedium",
  args: record({
    transport: uint16,
    source: uint16,
    target: uint16,
    invert: fc.boolean(),
  }),
  encode: moveMedium,
});
roundTrip({
  name: "exchangeMedium",
  args: record({
    transport: uint16,
    source: uint16,
    firstTarget: uint16,
    secondTarget: uint16,
    invertFirst: fc.boolean(),
    invertSecond: fc.boolean(),
  }),
  encode: exchangeMedium,
});
roundTrip({
  name: "preventAllowMediumRemoval",
  args: record({ prevent: fc.boolean() }),
  encode: ({ prevent }) => preventAllowMediumRemoval(prevent),
});
roundTrip({
  name: "openCloseImportExport",
  args: record({
    element: uint16,
    action: fc.constantFrom("open", "close"),
  }),
  encode: openCloseImportExport,
});
roundTrip({
  name: "loadUnload",
  target: "drive",
  args: record({
    load: fc.boolean(),
    immediate: fc.boolean(),
    hold: fc.boolean(),
    retension: fc.boolean(),
    endOfTape: fc.boolean(),
  }),
  encode: loadUnload,
});
roundTrip({
  name: "startStopUnit",
  target: "disk",
  args: record({
    start: fc.boolean(),
    loadEject: fc.boolean(),
    immediate: fc.boolean(),
  }),
  encode: startStopUnit,
});
roundTrip({
  name: "logSense",
  args: record({
    page: fc.nat(0x3f),
    subpage: uint8,
    pageControl: fc.nat(3),
    parameterPointer: uint16,
    allocationLength: uint16,
  }),
  encode: logSense,
});

function decoded(text: string): Command {
  const bytes = text.split(" ").map((pair) => parseInt(pair, 16));
  return decodeCdb(Uint8Array.from(bytes), "changer");
}

Deno.test("decodeCdb() names an operation code that it does not know", () => {
  assertEquals(decoded("01 00 00 00 00 00"), {
    command: "unknown",
    operationCode: 0x01,
  });
  assertEquals(decoded("c0"), { command: "unknown", operationCode: 0xc0 });
});

Deno.test("decodeCdb() points to a field without meaning", () => {
  const pointers: readonly (readonly [string, number])[] = [
    ["12 00 80 00 ff 00", 2],
    ["b8 05 00 00 00 01 00 00 ff ff 00 00", 1],
    ["1b 00 00 01 02 00", 4],
    ["1e 00 00 00 03 00", 4],
  ];
  for (const [cdb, byte] of pointers) {
    assertEquals(decoded(cdb), { command: "invalidField", byte });
  }
});

Deno.test("decodeCdb() refuses a CDB that is cut", () => {
  assertThrows(() => decoded("a5 00 00 00"), RangeError, "12 bytes");
  assertThrows(
    () => decodeCdb(new Uint8Array(), "changer"),
    RangeError,
    "offset 0",
  );
});
