import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeFreeLabel,
  encodeFreeLabel,
  FREE_LABEL_BYTES,
  type FreeLabel,
  freeLabelLibrary,
} from "../../src/labels/mod.ts";
import { claimOf, hex, rejectionOf } from "./ask.ts";

const LABEL: FreeLabel = {
  medium: "6f1c0a52-8a5e-4b0e-9a53-0d6a3a7c1e42",
  written: new Date("2026-11-22T12:00:00.123Z"),
  writtenBy: "rsm@vault",
};

const labels: fc.Arbitrary<FreeLabel> = fc.record({
  medium: fc.uuid(),
  written: fc.date({ min: new Date(0), noInvalidDate: true }),
  writtenBy: fc.string({ unit: "grapheme", maxLength: 30 }).filter((text) =>
    !/\p{Cc}/u.test(text) && new TextEncoder().encode(text).length <= 128
  ),
}, { noNullPrototype: true });

Deno.test("a free label that is encoded and decoded is the same", () => {
  fc.assert(fc.property(labels, (label) => {
    const record = encodeFreeLabel(label);
    assertEquals(record.length, FREE_LABEL_BYTES);
    assertEquals(decodeFreeLabel(record), label);
  }));
});

Deno.test("what is decoded as a free label is what is encoded", () => {
  const changes = fc.array(
    fc.tuple(fc.nat(FREE_LABEL_BYTES - 1), fc.nat(255)),
    { maxLength: 3 },
  );
  fc.assert(fc.property(labels, changes, (label, changes) => {
    const record = encodeFreeLabel(label);
    for (const [at, byte] of changes) record[at] = byte;
    let decoded: FreeLabel;
    try {
      decoded = decodeFreeLabel(record);
    } catch (error) {
      assertEquals(error instanceof RangeError, true);
      return;
    }
    assertEquals(encodeFreeLabel(decoded), record);
  }));
});

Deno.test("the layout of a free label is that of its documentation", () => {
  const record = encodeFreeLabel(LABEL);
  const expected = [
    "52534d2046524545204d454449554d0a", // RSM FREE MEDIUM\n
    "0001020000000000",
    "6f1c0a528a5e4b0e9a530d6a3a7c1e42",
    "000001a20320a27b",
    "72736d407661756c74", // rsm@vault
  ].join("");
  assertEquals(hex(record.slice(0, 57)), expected);
  assertEquals(record.subarray(57, 508).every((byte) => byte === 0), true);
});

Deno.test("a free label of which any bit was changed is refused", () => {
  const record = encodeFreeLabel(LABEL);
  for (let at = 0; at < record.length; at++) {
    const changed = record.slice();
    changed[at]! ^= 1 << at % 8;
    assertThrows(() => decodeFreeLabel(changed), RangeError);
  }
});

Deno.test("bytes behind a free label do not matter, missing ones do", () => {
  const record = encodeFreeLabel(LABEL);
  const longer = new Uint8Array(65_536).fill(0xff);
  longer.set(record);
  assertEquals(decodeFreeLabel(longer), LABEL);
  const messages: readonly (readonly [number, string])[] = [
    [0, "it does not start with its magic"],
    [15, "it does not start with its magic"],
    [16, "it has 16 of 512 bytes"],
    [511, "it has 511 of 512 bytes"],
  ];
  for (const [size, message] of messages) {
    assertThrows(
      () => decodeFreeLabel(record.slice(0, size)),
      RangeError,
      message,
    );
  }
});

Deno.test("a free label is not encoded with what does not fit", () => {
  const wrong: readonly (readonly [Partial<FreeLabel>, string])[] = [
    [{ medium: "00000000-0000-0000-0000-000000000000" }, "is no GUID"],
    [{ medium: "" }, "is no GUID"],
    [{ written: new Date(-1) }, "no time since 1970"],
    [{ written: new Date(NaN) }, "no time since 1970"],
    [{ writtenBy: "ü".repeat(65) }, "longer than 128 bytes"],
    [{ writtenBy: "a\nb" }, "control characters"],
    [{ writtenBy: "\ud800" }, "control characters"],
  ];
  for (const [change, message] of wrong) {
    const label = { ...LABEL, ...change };
    assertThrows(() => encodeFreeLabel(label), RangeError, message);
  }
});

Deno.test("a free medium is claimed as free, by its GUID", async () => {
  const { label, isFree, details } = await claimOf(
    encodeFreeLabel(LABEL),
    freeLabelLibrary,
  );
  assertEquals(isFree, true);
  assertEquals(hex(label.LabelID), LABEL.medium.replaceAll("-", ""));
  assertEquals(
    label.LabelAppDescr,
    "Free medium, labelled 2026-11-22T12:00:00.123Z by rsm@vault",
  );
  assertEquals(details.written, LABEL.written);
});

Deno.test("a damaged free label is no free medium", async () => {
  const record = encodeFreeLabel(LABEL);
  record[100] = 1;
  assertStringIncludes(
    await rejectionOf(record, freeLabelLibrary) ?? "",
    "its check sum is wrong",
  );
});
