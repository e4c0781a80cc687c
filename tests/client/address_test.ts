import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NtmsError } from "../../src/model/mod.ts";
import {
  type Address,
  formatAddress,
  isLoopback,
  parseAddress,
  parseServerName,
} from "../../src/client/address.ts";
import { DEFAULT_PORT } from "../../src/protocol/mod.ts";

const OWN_NAME = () => "Library-1";

Deno.test("parseServerName() takes these names for this computer", () => {
  for (
    const name of [
      undefined,
      null,
      "",
      ".",
      "\\\\.",
      "localhost",
      "LOCALHOST",
      "library-1",
      "\\\\LIBRARY-1",
    ]
  ) {
    assertEquals(parseServerName(name, OWN_NAME), { kind: "local" }, `${name}`);
  }
});

Deno.test("parseServerName() takes host names and addresses, with a port or without", () => {
  const cases: [string, string, number][] = [
    ["tapes", "tapes", DEFAULT_PORT],
    ["tapes:80", "tapes", 80],
    ["\\\\tapes", "tapes", DEFAULT_PORT],
    ["a.b-c.example.org.", "a.b-c.example.org.", DEFAULT_PORT],
    ["SRV_1:65535", "SRV_1", 65535],
    ["192.0.2.1", "192.0.2.1", DEFAULT_PORT],
    ["192.0.2.1:1", "192.0.2.1", 1],
    ["[2001:db8::1]", "2001:db8::1", DEFAULT_PORT],
    ["[::1]:9000", "::1", 9000],
    ["[::ffff:192.0.2.1]:9000", "::ffff:192.0.2.1", 9000],
    ["localhost:9000", "localhost", 9000],
    ["Library-1:9000", "Library-1", 9000],
    ["x".repeat(63), "x".repeat(63), DEFAULT_PORT],
  ];
  for (const [name, hostname, port] of cases) {
    assertEquals(parseServerName(name, OWN_NAME), {
      kind: "tcp",
      hostname,
      port,
    }, name);
  }
});

Deno.test("parseServerName() answers any other form with ERROR_INVALID_COMPUTERNAME", () => {
  const names = [
    " ",
    "a b",
    "tapes ",
    " tapes",
    "a/b",
    "a\\b",
    "\\\\",
    "\\tapes",
    "\\\\\\tapes",
    "//tapes",
    "-a",
    "a-",
    "a..b",
    ".a",
    "..",
    "a.-b",
    "x".repeat(64),
    `${"x.".repeat(127)}x`,
    "tapes:",
    "tapes:0",
    "tapes:65536",
    "tapes:080",
    "tapes:x",
    "tapes:1:2",
    ":80",
    "256.1.1.1",
    "1.2.3",
    "1",
    "01.2.3.4",
    "1.2.3.4.5",
    "a.1",
    "::1",
    "2001:db8::1",
    "[::1",
    "::1]",
    "[]",
    "[tapes]",
    "[::1]x",
    "[::1]:",
    "[::g]",
    "[fe80::1%eth0]",
    "user@tapes",
    "http://tapes",
    "tapes\u0000",
    "tapes\n",
    "b\u00fccher",
    "*",
    "a,b",
    "unix:/run/x",
  ];
  for (const name of names) {
    const error = assertThrows(
      () => parseServerName(name, OWN_NAME),
      NtmsError,
    );
    assertEquals(
      error.code,
      "ERROR_INVALID_COMPUTERNAME",
      JSON.stringify(name),
    );
  }
});

Deno.test("parseServerName() answers any text with a place or ERROR_INVALID_COMPUTERNAME", () => {
  const text = fc.oneof(
    fc.string(),
    fc.domain(),
    fc.ipV6().map((it) => `[${it}]`),
    fc.stringMatching(/^[a-f0-9:.\[\]\\-]{0,12}$/),
  );
  fc.assert(fc.property(text, (name) => {
    try {
      const place = parseServerName(name);
      if (place.kind === "local") return;
      assertEquals(
        URL.canParse(
          `http://${
            place.hostname.includes(":")
              ? `[${place.hostname}]`
              : place.hostname
          }:${place.port}/`,
        ),
        true,
      );
    } catch (error) {
      assertEquals(
        error instanceof NtmsError && error.code,
        "ERROR_INVALID_COMPUTERNAME",
      );
    }
  }));
});

Deno.test("parseAddress() reads what formatAddress() writes", () => {
  const address: fc.Arbitrary<Address> = fc.oneof(
    fc.string({ minLength: 1 }).map((path) => ({
      kind: "unix" as const,
      path,
    })),
    fc.uuid().map((key) => ({ kind: "process" as const, key })),
    fc.tuple(
      fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()),
      fc.integer({ min: 1, max: 65_535 }),
    )
      .map(([hostname, port]) => ({ kind: "tcp" as const, hostname, port })),
  );
  fc.assert(fc.property(address, (given) => {
    assertEquals(parseAddress(formatAddress(given)), given);
  }));
});

Deno.test("parseAddress() takes nothing else", () => {
  for (
    const text of [
      "",
      "unix:",
      "unix",
      "tcp:",
      "tcp:host",
      "tcp:host:x",
      "http://a",
      ":x",
    ]
  ) {
    assertEquals(parseAddress(text), null, text);
  }
});

Deno.test("isLoopback() knows what never leaves this computer", () => {
  for (const name of ["localhost", "127.0.0.1", "127.9.9.9", "::1"]) {
    assertEquals(isLoopback(name), true, name);
  }
  for (const name of ["128.0.0.1", "127.example.org", "::2", "tapes"]) {
    assertEquals(isLoopback(name), false, name);
  }
});
