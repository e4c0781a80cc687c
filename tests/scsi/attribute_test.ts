import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  attributesOf,
  decodeAttributes,
  encodeAttributes,
  type MediumMemory,
  memoryIn,
} from "../../src/scsi/mod.ts";
import { bytes, record, uint16 } from "./arbitraries.ts";

const attributes = fc.array(
  record({
    id: uint16,
    readOnly: fc.boolean(),
    format: fc.constantFrom("binary", "ascii", "text"),
    value: bytes(40),
  }),
  { maxLength: 10 },
);

const count = fc.option(fc.nat(Number.MAX_SAFE_INTEGER));
const words = (most: number) =>
  fc.option(
    fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/, { maxLength: most }).filter((
      text,
    ) => text.length <= most),
  );
const memories: fc.Arbitrary<MediumMemory> = record({
  remainingMiB: count,
  maximumMiB: count,
  loadCount: count,
  manufacturer: words(8),
  serialNumber: words(32),
  mediumType: fc.option(fc.nat(0xff)),
});

Deno.test("decodeAttributes() gives back what encodeAttributes() was given", () => {
  fc.assert(fc.property(attributes, (given) => {
    assertEquals(decodeAttributes(encodeAttributes(given)), given);
  }));
});

Deno.test("an attribute list cut anywhere has whole attributes only", () => {
  fc.assert(
    fc.property(attributes, fc.integer({ min: 4, max: 300 }), (given, size) => {
      const cut = decodeAttributes(encodeAttributes(given, size));
      assertEquals(cut, given.slice(0, cut.length));
    }),
  );
});

Deno.test("an attribute beyond the announced end is refused", () => {
  const list = Uint8Array.of(0, 0, 0, 6, 0, 0, 0x80, 0, 2, 1, 1);
  assertThrows(() => decodeAttributes(list), RangeError, "2 bytes at offset 9");
});

Deno.test("memoryIn() gives back what attributesOf() was given", () => {
  fc.assert(fc.property(memories, (given) => {
    assertEquals(memoryIn(attributesOf(given)), given);
  }));
});

Deno.test("a capacity of all ones, and a number of another size, tell nothing", () => {
  const ones = {
    id: 0x0001,
    readOnly: true,
    format: "binary",
    value: new Uint8Array(8).fill(0xff),
  } as const;
  assertEquals(memoryIn([ones]).maximumMiB, null);
  const short = { ...ones, value: Uint8Array.of(1, 2) };
  assertEquals(memoryIn([short]).maximumMiB, null);
});

Deno.test("a list as an LTO drive sends it is read", () => {
  const list = Uint8Array.of(
    ...[0x00, 0x00, 0x00, 0x1f],
    ...[0x00, 0x01, 0x80, 0x00, 0x08, 0, 0, 0, 0, 0, 0x24, 0x60, 0x00],
    ...[0x04, 0x00, 0x81, 0x00, 0x08],
    ...new TextEncoder().encode("FUJIFILM"),
    ...[0x04, 0x08, 0x80, 0x00, 0x00],
  );
  const memory = memoryIn(decodeAttributes(list));
  assertEquals(memory.maximumMiB, 0x246000);
  assertEquals(memory.manufacturer, "FUJIFILM");
  assertEquals([memory.mediumType, memory.serialNumber], [null, null]);
});
