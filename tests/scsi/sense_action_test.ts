import { assertEquals, assertThrows } from "@std/assert";
import {
  decodeSense,
  describeAdditionalSense,
  describeSense,
  isFailurePrediction,
  isSuccess,
  NO_SENSE,
  SENSE_ROWS,
  senseAction,
  senseLeavesOutcomeUnknown,
} from "../../src/scsi/mod.ts";
import { EXPECTED_SENSE } from "./expected_sense.ts";

/** A code that no row names, to stand for "any". */
const UNNAMED = 0xee;

function codeOf(text: string): { key: number; asc: number; ascq: number } {
  const [key = "", asc = "", ascq = ""] = text.split("/");
  const byte = (digits: string): number =>
    digits === "xx" ? UNNAMED : parseInt(digits, 16);
  return { key: parseInt(key, 16), asc: byte(asc), ascq: byte(ascq) };
}

for (const [code, class_, name, vendor] of EXPECTED_SENSE) {
  Deno.test(`senseAction() maps ${code}, ${name}, to ${class_}`, () => {
    const row = senseAction(codeOf(code));
    assertEquals([row.class, row.name], [class_, name]);
    assertEquals(row.vendor, vendor ?? null);
  });
}

Deno.test("SENSE_ROWS has the expected rows, one for each other key, and no row twice", () => {
  const OTHER_KEYS = 10;
  assertEquals(SENSE_ROWS.length, EXPECTED_SENSE.length + OTHER_KEYS);
  const codes = SENSE_ROWS.map(({ key, asc, ascq }) => `${key}/${asc}/${ascq}`);
  assertEquals(new Set(codes).size, codes.length);
});

Deno.test("senseAction() has a row for every key, ASC and ASCQ", () => {
  for (let key = 0; key < 16; key++) {
    for (const asc of [0x00, 0x04, 0x3b, 0x40, 0x80, 0xff]) {
      for (const ascq of [0x00, 0x7f, 0xff]) {
        assertEquals(senseAction({ key, asc, ascq }).key, key);
      }
    }
  }
});

Deno.test("senseAction() refuses what is no sense key", () => {
  assertThrows(
    () => senseAction({ key: 16, asc: 0, ascq: 0 }),
    RangeError,
    "16",
  );
});

Deno.test("senseAction() prefers the exact code to the row of its ASC", () => {
  assertEquals(
    senseAction({ key: 4, asc: 0x40, ascq: 0x85 }).name,
    "diagnostic failure on component nn",
  );
  assertEquals(
    senseAction({ key: 2, asc: 0x04, ascq: 0xfe }).name,
    "other not ready",
  );
});

Deno.test("isSuccess() takes recovered error and completed for done, and nothing else", () => {
  const done = [...Array(16).keys()].filter((key) => isSuccess({ key }));
  assertEquals(done, [0x1, 0xf]);
});

Deno.test("a recovered error never advises to repeat the command", () => {
  assertEquals(
    senseAction({ key: 1, asc: 0x5d, ascq: 0 }).class,
    "operator",
  );
});

Deno.test("isFailurePrediction() knows a predicted failure from its test value", () => {
  assertEquals(isFailurePrediction({ key: 1, asc: 0x5d, ascq: 0x10 }), true);
  assertEquals(isFailurePrediction({ key: 1, asc: 0x5d, ascq: 0xff }), false);
  assertEquals(isFailurePrediction({ key: 6, asc: 0x5d, ascq: 0x10 }), false);
});

Deno.test("senseLeavesOutcomeUnknown() for aborted commands, losses and deferred sense", () => {
  const of = (key: number, asc: number, ascq: number, deferred = false) =>
    senseLeavesOutcomeUnknown({ key, asc, ascq, deferred });
  assertEquals(of(0xb, 0x08, 0x00), true);
  assertEquals(of(0x6, 0x29, 0x07), true);
  assertEquals(of(0x6, 0x2f, 0x00), true);
  assertEquals(of(0x6, 0x54, 0x00), true);
  assertEquals(of(0x5, 0x3b, 0x0e, true), true);
  assertEquals(of(0x5, 0x3b, 0x0e), false);
  assertEquals(of(0x6, 0x28, 0x00), false);
});

Deno.test("describeSense() gives key, code and name", () => {
  assertEquals(
    describeSense({ ...NO_SENSE, key: 5, asc: 0x3b, ascq: 0x0e }),
    "illegal request, 3B/0E: source element empty",
  );
});

Deno.test("describeSense() does not name a code that it does not know", () => {
  assertEquals(
    describeSense({ ...NO_SENSE, key: 2, asc: 0x04, ascq: 0x55 }),
    "not ready, 04/55",
  );
});

Deno.test("describeSense() shows field, progress and that it is late", () => {
  assertEquals(
    describeSense({
      ...NO_SENSE,
      key: 5,
      asc: 0x24,
      fieldPointer: { inCdb: true, byte: 7, bit: 3 },
    }),
    "illegal request, 24/00: invalid field in CDB (byte 7 bit 3 of the command)",
  );
  assertEquals(
    describeSense({
      ...NO_SENSE,
      key: 2,
      asc: 0x04,
      ascq: 0x01,
      progress: 0.5,
      deferred: true,
    }),
    "not ready, 04/01: becoming ready (50 % done, of an earlier command)",
  );
});

Deno.test("describeSense() warns of a predicted failure", () => {
  const sense = decodeSense(Uint8Array.of(0x72, 0x01, 0x5d, 0x10));
  assertEquals(
    describeSense(sense),
    "recovered error, 5D/10: failure predicted",
  );
});

Deno.test("describeAdditionalSense() names what is wrong with an element", () => {
  assertEquals(describeAdditionalSense(0x3b, 0x12), "3B/12: magazine removed");
  assertEquals(
    describeAdditionalSense(0x83, 0x04),
    "83/04: drive not installed (vendor code)",
  );
  assertEquals(
    describeAdditionalSense(0x30, 0x03),
    "30/03: cleaning cartridge installed",
  );
  assertEquals(describeAdditionalSense(0x77, 0x01), "77/01");
});
