import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeDeviceCapabilities,
  decodeElementAddressAssignment,
  decodeModeSense10,
  decodeModeSense6,
  decodeTransportGeometry,
  type DeviceCapabilities,
  type ElementMatrix,
  encodeDeviceCapabilities,
  encodeElementAddressAssignment,
  encodeModeSense10,
  encodeModeSense6,
  encodeTransportGeometry,
  findModePage,
  type ModeData,
  type ModePage,
} from "../../src/scsi/mod.ts";
import { bytes, record, uint16, uint8 } from "./arbitraries.ts";

const NONE = new Uint8Array();

function answer(...pages: ModePage[]): ModeData {
  return {
    mediumType: 0,
    deviceSpecific: 0,
    blockDescriptors: NONE,
    pages,
    truncated: false,
  };
}

function pageOf(page: number, size: number): ModePage {
  return { page, subpage: 0, savable: false, data: new Uint8Array(size) };
}

const modePages: fc.Arbitrary<ModePage> = record({
  page: fc.integer({ min: 1, max: 0x3f }),
  subpage: fc.constantFrom(0, 0, 1, 0x41, 0xff),
  savable: fc.boolean(),
  data: bytes(30),
});

const modeData: fc.Arbitrary<ModeData> = record({
  mediumType: uint8,
  deviceSpecific: uint8,
  blockDescriptors: fc.constantFrom(0, 8, 16).map((size) =>
    new Uint8Array(size).fill(7)
  ),
  pages: fc.array(modePages, { maxLength: 6 }),
  truncated: fc.constant(false),
});

Deno.test("decodeModeSense6() and (10) give back what was encoded", () => {
  fc.assert(fc.property(modeData, (data) => {
    assertEquals(decodeModeSense6(encodeModeSense6(data)), data);
    assertEquals(decodeModeSense10(encodeModeSense10(data)), data);
  }));
});

Deno.test("an answer cut anywhere has whole pages only, and says so", () => {
  fc.assert(fc.property(modeData, fc.nat(300), (data, size) => {
    const whole = encodeModeSense10(data);
    const cut = encodeModeSense10(data, size);
    if (size < 8 + data.blockDescriptors.length) return;
    const decoded = decodeModeSense10(cut);
    assertEquals(decoded.truncated, cut.length < whole.length);
    assertEquals(decoded.pages, data.pages.slice(0, decoded.pages.length));
  }));
});

Deno.test("pages are found after a block descriptor that is there against our will", () => {
  const assignment = {
    transport: { first: 1, count: 1 },
    storage: { first: 1000, count: 24 },
    importExport: { first: 10, count: 2 },
    dataTransfer: { first: 500, count: 2 },
  };
  const data = decodeModeSense6(encodeModeSense6({
    ...answer(pageOf(0x3e, 3), encodeElementAddressAssignment(assignment)),
    blockDescriptors: new Uint8Array(8),
  }));
  const page = findModePage(data, 0x1d);
  assertEquals(decodeElementAddressAssignment(page!), assignment);
});

Deno.test("findModePage() tells pages from subpages", () => {
  const subpage = { ...pageOf(0x1f, 2), subpage: 0x41 };
  const data = answer(subpage, pageOf(0x1f, 18));
  assertEquals(findModePage(data, 0x1f)?.data.length, 18);
  assertEquals(findModePage(data, 0x1f, 0x41)?.data.length, 2);
  assertEquals(findModePage(data, 0x1e), null);
});

Deno.test("page 00h, which has no form, ends the walk", () => {
  const bytes = Uint8Array.of(9, 0, 0, 0, 0x3e, 1, 0x55, 0x00, 0xff, 0xff);
  const { pages, truncated } = decodeModeSense6(bytes);
  assertEquals(pages.map(({ page }) => page), [0x3e]);
  assertEquals(truncated, false);
});

Deno.test("a page beyond the announced end is refused", () => {
  const bytes = Uint8Array.of(5, 0, 0, 0, 0x1d, 0x12);
  assertThrows(
    () => decodeModeSense6(bytes),
    RangeError,
    "20 bytes at offset 4 needed, the data is said to end at 6",
  );
});

Deno.test("block descriptors beyond the announced end are refused", () => {
  const bytes = Uint8Array.of(3, 0, 0, 8);
  assertThrows(() => decodeModeSense6(bytes), RangeError, "offset 12");
});

Deno.test("headers that are not there are refused", () => {
  assertThrows(() => decodeModeSense6(new Uint8Array(3)), RangeError, "3");
  assertThrows(() => decodeModeSense10(new Uint8Array(7)), RangeError, "7");
});

const range = record({ first: uint16, count: uint16 });
const assignments = record({
  transport: range,
  storage: range,
  importExport: range,
  dataTransfer: range,
});

Deno.test("page 1Dh comes back as encoded", () => {
  fc.assert(fc.property(assignments, (assignment) => {
    const page = encodeElementAddressAssignment(assignment);
    assertEquals(page.data.length, 18);
    assertEquals(decodeElementAddressAssignment(page), assignment);
  }));
});

Deno.test("page 1Eh comes back as encoded", () => {
  const transports = fc.array(
    record({ rotates: fc.boolean(), member: uint8 }),
    { maxLength: 100 },
  );
  fc.assert(fc.property(transports, (given) => {
    assertEquals(
      decodeTransportGeometry(encodeTransportGeometry(given)),
      given,
    );
  }));
});

const flags = record({
  transport: fc.boolean(),
  storage: fc.boolean(),
  importExport: fc.boolean(),
  dataTransfer: fc.boolean(),
});
const matrix: fc.Arbitrary<ElementMatrix> = record({
  transport: flags,
  storage: flags,
  importExport: flags,
  dataTransfer: flags,
});
const capabilities: fc.Arbitrary<DeviceCapabilities> = record({
  stores: flags,
  barcodeReader: fc.boolean(),
  autoClean: fc.boolean(),
  reportsBarcodeReader: fc.boolean(),
  move: matrix,
  exchange: matrix,
});

Deno.test("page 1Fh comes back as encoded, in either length", () => {
  fc.assert(fc.property(capabilities, (given) => {
    const page = encodeDeviceCapabilities(given);
    assertEquals(page.data.length, 18);
    assertEquals(decodeDeviceCapabilities(page), given);
    const scsi2 = { ...page, data: page.data.slice(0, 14) };
    assertEquals(decodeDeviceCapabilities(scsi2), given);
  }));
});

Deno.test("page 1Fh of a TL2000 reads row by source and column by target", () => {
  const data = Uint8Array.of(
    0x0e,
    0,
    0x0e,
    0x0e,
    0x0a,
    0x0e,
    ...Array(12).fill(0),
  );
  const { exchange, move } = decodeDeviceCapabilities({
    ...pageOf(0x1f, 0),
    data,
  });
  assertEquals(move.importExport, {
    transport: false,
    storage: true,
    importExport: false,
    dataTransfer: true,
  });
  assertEquals(move.storage.importExport, true);
  assertEquals(exchange.storage.dataTransfer, false);
});

Deno.test("mode pages are refused when they are another page or too short", () => {
  assertThrows(
    () => decodeElementAddressAssignment(pageOf(0x1e, 18)),
    RangeError,
    "this is page 1Eh",
  );
  assertThrows(
    () => decodeElementAddressAssignment(pageOf(0x1d, 15)),
    RangeError,
    "16 bytes",
  );
  assertThrows(
    () => decodeTransportGeometry(pageOf(0x1e, 3)),
    RangeError,
    "3 bytes",
  );
  assertThrows(
    () => decodeDeviceCapabilities({ ...pageOf(0x1f, 14), subpage: 0x41 }),
    RangeError,
    "subpage 41h",
  );
});

Deno.test("encoders refuse what does not fit, naming it", () => {
  const many = answer(pageOf(1, 200), pageOf(2, 200));
  assertThrows(() => encodeModeSense6(many), RangeError, "mode data length");
  assertThrows(
    () => encodeModeSense6(answer(pageOf(0, 1))),
    RangeError,
    "00h",
  );
  assertThrows(
    () => encodeModeSense6({ ...answer(), mediumType: 256 }),
    RangeError,
    "medium type",
  );
});
