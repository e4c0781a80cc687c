import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ALL_RIGHTS, formatSid, parseSid } from "../../src/model/mod.ts";
import {
  decodeSecurityDescriptor,
  encodeSecurityDescriptor,
} from "../../src/ntms/security_descriptor.ts";

/** Owner and group of Samba's, with an entry for everyone and one that denies a user. */
const KNOWN = `
  01 00 04 80  14 00 00 00  24 00 00 00  00 00 00 00  34 00 00 00
  01 02 00 00  00 00 00 16  01 00 00 00  e8 03 00 00
  01 02 00 00  00 00 00 05  20 00 00 00  20 02 00 00
  02 00 34 00  02 00 00 00
  01 00 18 00  02 00 00 00  01 02 00 00  00 00 00 16  01 00 00 00  e9 03 00 00
  00 10 14 00  01 00 02 00  01 01 00 00  00 00 00 01  00 00 00 00`;

const KNOWN_PARTS = {
  owner: "S-1-22-1-1000",
  group: "S-1-5-32-544",
  entries: [
    {
      sid: "S-1-22-1-1001",
      rights: ["modify"],
      allow: false,
      inherited: false,
    },
    {
      sid: "S-1-1-0",
      rights: ["use", "readControl"],
      allow: true,
      inherited: true,
    },
  ],
} as const;

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const pairs = hex.replaceAll(/\s/g, "").match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

const anySid = fc.record({
  authority: fc.maxSafeNat().map((n) => n % 2 ** 48),
  parts: fc.array(fc.nat(0xffff_ffff), { minLength: 1, maxLength: 15 }),
}).map(formatSid);

const anyEntry = fc.record({
  sid: anySid,
  rights: fc.subarray([...ALL_RIGHTS]),
  allow: fc.boolean(),
  inherited: fc.boolean(),
}, { noNullPrototype: true });

const anyParts = fc.record({
  owner: fc.option(anySid),
  group: fc.option(anySid),
  entries: fc.option(fc.array(anyEntry, { maxLength: 20 })),
}, { noNullPrototype: true });

Deno.test("a descriptor is laid out as Windows lays it out", () => {
  assertEquals(encodeSecurityDescriptor(KNOWN_PARTS), bytesOf(KNOWN));
});

Deno.test("what is read of a descriptor is what was written", () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      const decoded = decodeSecurityDescriptor(encodeSecurityDescriptor(parts));
      assertEquals(decoded, { ...parts, hasSacl: false });
    }),
  );
});

Deno.test("a descriptor is read wherever it lies in its buffer, and with anything behind it", () => {
  fc.assert(
    fc.property(anyParts, fc.uint8Array(), (parts, rest) => {
      const bytes = encodeSecurityDescriptor(parts);
      const whole = new Uint8Array([...rest, ...bytes, ...rest]);
      const decoded = decodeSecurityDescriptor(whole.subarray(rest.length));
      assertEquals(decoded, { ...parts, hasSacl: false });
    }),
  );
});

Deno.test("hostile bytes give a descriptor or a RangeError", () => {
  const changed = fc.tuple(
    anyParts.map(encodeSecurityDescriptor),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
    fc.nat(),
  ).map(([bytes, changes, length]) => {
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return bytes.subarray(0, length % (bytes.length + 1));
  });
  fc.assert(
    fc.property(
      fc.oneof(changed, fc.uint8Array({ maxLength: 200 })),
      (bytes) => {
        try {
          decodeSecurityDescriptor(bytes);
        } catch (error) {
          assertEquals(error instanceof RangeError, true, String(error));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

Deno.test("every cut of a descriptor that takes something away gives a RangeError", () => {
  const bytes = bytesOf(KNOWN);
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(
      () => decodeSecurityDescriptor(bytes.subarray(0, length)),
      RangeError,
    );
  }
});

/** The known bytes with some in another's place. */
function withByte(at: number, ...values: number[]): Uint8Array {
  const bytes = bytesOf(KNOWN);
  bytes.set(values, at);
  return bytes;
}

const WRONG: readonly (readonly [string, Uint8Array])[] = [
  ["of another revision", withByte(0, 2)],
  ["not self-relative", withByte(3, 0)],
  ["with an owner beyond its end", withByte(4, 0xf0)],
  ["with an owner of no parts", withByte(21, 0)],
  ["with an owner of 16 parts", withByte(21, 16)],
  ["with a SID of another revision", withByte(20, 2)],
  ["with an ACL of another revision", withByte(52, 4)],
  ["with an ACL shorter than its header", withByte(54, 7)],
  ["with an ACL that ends within an ACE", withByte(54, 0x20)],
  ["with an ACL that says more ACEs", withByte(56, 3)],
  ["with an ACE of another type", withByte(60, 5)],
  ["with an ACE for what is inside alone", withByte(61, 8)],
  ["with an ACE shorter than its SID", withByte(62, 0x14)],
  ["with an ACE longer than its SID", withByte(62, 0x1c)],
  ["with an access mask of no right", withByte(65, 1)],
];

for (const [what, bytes] of WRONG) {
  Deno.test(`a descriptor ${what} gives a RangeError`, () => {
    assertThrows(() => decodeSecurityDescriptor(bytes), RangeError);
  });
}

Deno.test("an ACE with more behind its SID gives a RangeError", () => {
  const [entry] = KNOWN_PARTS.entries;
  const parts = { owner: null, group: null, entries: [entry] };
  const bytes = encodeSecurityDescriptor(parts);
  const longer = new Uint8Array([...bytes, 0, 0, 0, 0]);
  const view = new DataView(longer.buffer);
  view.setUint16(22, 36, true); // of the ACL
  assertEquals(decodeSecurityDescriptor(longer).entries?.length, 1);
  view.setUint16(30, 28, true); // of the ACE
  assertThrows(() => decodeSecurityDescriptor(longer), RangeError, "longer");
});

Deno.test("generic rights mean some of the others", () => {
  const rights = (bits: number) =>
    decodeSecurityDescriptor(withByte(64, 0, 0, 0, bits)).entries?.[0]?.rights;
  assertEquals(rights(0x80), ["use", "readControl"]);
  assertEquals(rights(0x40), ["use", "modify", "writeDac"]);
  assertEquals(rights(0x20), ["use", "modify", "control"]);
  assertEquals(rights(0x10), [...ALL_RIGHTS]);
});

Deno.test("a DACL that is null lets everyone do everything, one that is empty nobody", () => {
  const none = bytesOf("01 00 04 80" + "00".repeat(16));
  assertEquals(decodeSecurityDescriptor(none).entries, [
    { sid: "S-1-1-0", rights: [...ALL_RIGHTS], allow: true, inherited: false },
  ]);
  const empty = encodeSecurityDescriptor({
    owner: null,
    group: null,
    entries: [],
  });
  assertEquals(decodeSecurityDescriptor(empty).entries, []);
  assertEquals(
    decodeSecurityDescriptor(bytesOf("01 00 00 80" + "00".repeat(16))).entries,
    null,
  );
});

Deno.test("a SID is written as it is read, and nothing else is one", () => {
  fc.assert(
    fc.property(anySid, (sid) => {
      const parts = parseSid(sid);
      assertEquals(parts === null ? null : formatSid(parts), sid);
    }),
  );
  for (
    const text of [
      "",
      "S-1",
      "S-1-5",
      "S-2-5-1",
      "S-1-5-",
      "S-1-5--1",
      "S-1-5-4294967296",
      "S-1-281474976710656-1",
      " S-1-5-1",
      "S-1-5-1\n",
      `S-1-5${"-1".repeat(16)}`,
    ]
  ) assertEquals(parseSid(text), null, text);
});

Deno.test("what is no SID is not written", () => {
  const parts = { owner: "S-1", group: null, entries: null };
  assertThrows(() => encodeSecurityDescriptor(parts), RangeError);
});
