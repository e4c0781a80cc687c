import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeLogPage,
  decodeTapeAlert,
  encodeLogPage,
  encodeTapeAlert,
} from "../../src/scsi/mod.ts";
import { bytes, record, uint16, uint8 } from "./arbitraries.ts";

const pages = record({
  page: fc.nat(0x3f),
  subpage: uint8,
  parameters: fc.array(
    record({ code: uint16, control: uint8, value: bytes(20) }),
    { maxLength: 10 },
  ),
});

Deno.test("decodeLogPage() gives back what encodeLogPage() was given", () => {
  fc.assert(fc.property(pages, (page) => {
    const decoded = decodeLogPage(encodeLogPage(page));
    assertEquals(decoded, { ...page, truncated: false });
  }));
});

Deno.test("a log page cut anywhere has whole parameters only, and says so", () => {
  fc.assert(
    fc.property(pages, fc.integer({ min: 4, max: 300 }), (page, size) => {
      const whole = encodeLogPage(page);
      const cut = decodeLogPage(encodeLogPage(page, size));
      assertEquals(cut.truncated, size < whole.length);
      assertEquals(
        cut.parameters,
        page.parameters.slice(0, cut.parameters.length),
      );
    }),
  );
});

Deno.test("a parameter beyond the announced end is refused", () => {
  const page = Uint8Array.of(0x2e, 0, 0, 5, 0, 1, 0xc0, 2, 1, 1);
  assertThrows(() => decodeLogPage(page), RangeError, "2 bytes at offset 8");
});

Deno.test("decodeTapeAlert() gives back the flags, ascending and once", () => {
  const flags = fc.uniqueArray(fc.integer({ min: 1, max: 64 }));
  fc.assert(fc.property(flags, (given) => {
    const sorted = given.toSorted((left, right) => left - right);
    assertEquals(decodeTapeAlert(encodeTapeAlert(given)), sorted);
  }));
});

Deno.test("a TapeAlert page has 324 bytes", () => {
  assertEquals(encodeTapeAlert([20]).length, 324);
});

Deno.test("decodeTapeAlert() ignores codes that are no flags", () => {
  const page = encodeLogPage({
    page: 0x2e,
    subpage: 0,
    parameters: [0, 20, 65].map((code) => ({
      code,
      control: 0xc0,
      value: Uint8Array.of(1),
    })),
  });
  assertEquals(decodeTapeAlert(page), [20]);
});

Deno.test("TapeAlert refuses another page and flags that do not exist", () => {
  assertThrows(
    () => decodeTapeAlert(Uint8Array.of(0x0d, 0, 0, 0)),
    RangeError,
    "0Dh",
  );
  assertThrows(() => encodeTapeAlert([0]), RangeError, "flag 0");
  assertThrows(() => encodeTapeAlert([65]), RangeError, "65");
});
