import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeSense,
  encodeSense,
  NO_SENSE,
  type Sense,
} from "../../src/scsi/mod.ts";
import { record } from "./arbitraries.ts";

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.split(" "), (pair) => parseInt(pair, 16));
}

Deno.test("decodeSense() reads fixed format with a field pointer into the command", () => {
  const sense = decodeSense(
    bytes("70 00 05 00 00 00 00 0a 00 00 00 00 24 00 00 cf 00 07"),
  );
  assertEquals(sense, {
    ...NO_SENSE,
    key: 5,
    asc: 0x24,
    fieldPointer: { inCdb: true, byte: 7, bit: 7 },
  });
});

Deno.test("decodeSense() reads progress while becoming ready", () => {
  const sense = decodeSense(
    bytes("70 00 02 00 00 00 00 0a 00 00 00 00 04 01 00 80 40 00"),
  );
  assertEquals(sense.progress, 0.25);
  assertEquals(sense.fieldPointer, null);
});

Deno.test("decodeSense() reads deferred errors, flags, information and retries", () => {
  const sense = decodeSense(
    bytes("f1 00 e3 12 34 56 78 0a 00 00 00 01 11 22 33 80 00 05"),
  );
  assertEquals(sense, {
    format: "fixed",
    deferred: true,
    key: 3,
    asc: 0x11,
    ascq: 0x22,
    filemark: true,
    endOfMedium: true,
    incorrectLength: true,
    information: "12345678",
    commandSpecific: "00000001",
    fieldReplaceableUnit: 0x33,
    fieldPointer: null,
    progress: null,
    retryCount: 5,
  });
});

Deno.test("decodeSense() takes ASC and ASCQ of short fixed sense as 0", () => {
  assertEquals(decodeSense(bytes("70 00 06")), { ...NO_SENSE, key: 6 });
  assertEquals(decodeSense(bytes("70 00 06 00 00 00 00 00")), {
    ...NO_SENSE,
    key: 6,
  });
});

Deno.test("decodeSense() ignores bytes after the additional length", () => {
  const sense = decodeSense(
    bytes("70 00 05 00 00 00 00 04 00 00 00 00 3b 0e 00 00 00 00"),
  );
  assertEquals([sense.asc, sense.ascq], [0, 0]);
});

Deno.test("decodeSense() reads descriptor format", () => {
  const sense = decodeSense(
    bytes(
      "72 05 3b 0d 00 00 00 22 " +
        "00 0a 80 00 00 00 00 00 00 00 00 ff " +
        "02 06 00 00 c0 00 06 00 " +
        "03 02 00 21 80 04 01 02 03 04 04 02 00 80",
    ),
  );
  assertEquals(sense, {
    ...NO_SENSE,
    format: "descriptor",
    key: 5,
    asc: 0x3b,
    ascq: 0x0d,
    filemark: true,
    information: "00000000000000FF",
    fieldReplaceableUnit: 0x21,
    fieldPointer: { inCdb: true, byte: 6, bit: null },
  });
});

Deno.test("decodeSense() reads short descriptor sense and deferred 73h", () => {
  assertEquals(decodeSense(bytes("73 0b")), {
    ...NO_SENSE,
    format: "descriptor",
    deferred: true,
    key: 0xb,
  });
});

Deno.test("decodeSense() leaves out a descriptor that is cut", () => {
  const sense = decodeSense(bytes("72 05 24 00 00 00 00 08 02 06 00 00 c0"));
  assertEquals(sense.fieldPointer, null);
});

Deno.test("decodeSense() reads no descriptor past the additional length", () => {
  const sense = decodeSense(bytes("72 03 11 00 00 00 00 03 04 02 00 80"));
  assertEquals(sense.filemark, false);
});

Deno.test("decodeSense() refuses other response codes, naming them", () => {
  assertThrows(() => decodeSense(bytes("7f 00 00 00")), RangeError, "7Fh");
  assertThrows(() => decodeSense(bytes("00 00 06 00")), RangeError, "00h");
  assertThrows(() => decodeSense(new Uint8Array()), RangeError, "offset 0");
});

const keySpecific = fc.oneof(
  record({
    key: fc.constant(5),
    fieldPointer: record({
      inCdb: fc.boolean(),
      byte: fc.nat(0xffff),
      bit: fc.option(fc.nat(7)),
    }),
  }),
  record({
    key: fc.constantFrom(0, 2),
    progress: fc.nat(0xffff).map((steps) => steps / 0x10000),
  }),
  record({ key: fc.constantFrom(1, 3, 4), retryCount: fc.nat(0xffff) }),
  record({ key: fc.nat(15) }),
);

function hexDigits(size: number): fc.Arbitrary<string | null> {
  return fc.option(
    fc.array(fc.constantFrom(..."0123456789ABCDEF"), {
      minLength: size,
      maxLength: size,
    }).map((digits) => digits.join("")),
  );
}

const senses: fc.Arbitrary<Sense> = fc.constantFrom<Sense["format"]>(
  "fixed",
  "descriptor",
).chain((format) =>
  fc.tuple(
    keySpecific,
    record({
      deferred: fc.boolean(),
      asc: fc.nat(255),
      ascq: fc.nat(255),
      filemark: fc.boolean(),
      endOfMedium: fc.boolean(),
      incorrectLength: fc.boolean(),
      information: hexDigits(format === "fixed" ? 8 : 16),
      // In fixed format this field has no valid bit: zero is none.
      commandSpecific: hexDigits(format === "fixed" ? 8 : 16).map((digits) =>
        digits !== null && /^0*$/.test(digits) ? null : digits
      ),
      fieldReplaceableUnit: fc.nat(255),
    }),
  ).map(([specific, rest]) => ({ ...NO_SENSE, ...rest, ...specific, format }))
);

Deno.test("decodeSense() gives back what encodeSense() was given", () => {
  fc.assert(fc.property(senses, (sense) => {
    assertEquals(decodeSense(encodeSense(sense)), sense);
  }));
});

Deno.test("encodeSense() refuses fields out of range, naming them", () => {
  const refused: readonly (readonly [Partial<Sense>, string])[] = [
    [{ key: 16 }, "sense key"],
    [{ asc: 256 }, "ASC"],
    [{ ascq: -1 }, "ASCQ"],
    [{ progress: 1 }, "progress"],
    [{ information: "12" }, "information"],
    [{ commandSpecific: "zzzzzzzz" }, "command specific"],
    [
      { key: 5, fieldPointer: { inCdb: true, byte: 0x10000, bit: null } },
      "field pointer",
    ],
  ];
  for (const [fields, name] of refused) {
    assertThrows(
      () => encodeSense({ ...NO_SENSE, ...fields }),
      RangeError,
      name,
    );
  }
});
