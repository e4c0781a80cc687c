import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { NtmsError } from "../../src/model/errors.ts";
import { readAnsi, toAnsi } from "../../src/ntms/windows_1252.ts";
import { codeOf } from "./codes.ts";

/** Characters at the places where Windows-1252 differs from Latin-1. */
const DIFFERENT: readonly [number, string][] = [
  [0x80, "€"],
  [0x8a, "Š"],
  [0x93, "\u201c"],
  [0x99, "™"],
  [0x9f, "Ÿ"],
];

Deno.test("readAnsi() reads bytes as Windows-1252, not as Latin-1", () => {
  for (const [byte, character] of DIFFERENT) {
    assertEquals(readAnsi(Uint8Array.of(byte), "text"), character);
  }
  assertEquals(readAnsi(Uint8Array.of(0x4e, 0xe4), "text"), "Nä");
});

Deno.test("readAnsi() ends at the first zero byte, or with the array", () => {
  assertEquals(readAnsi(Uint8Array.of(0x41, 0, 0x42), "text"), "A");
  assertEquals(readAnsi(Uint8Array.of(0x41, 0x42), "text"), "AB");
  assertEquals(readAnsi(new Uint8Array(0), "text"), "");
});

Deno.test("readAnsi() gives one character for each byte, each one that a string may have", () => {
  const bytes = fc.uint8Array({ min: 1, max: 255, maxLength: 64 });
  fc.assert(fc.property(bytes, (given) => {
    const text = readAnsi(given, "text");
    assertEquals(text.length, given.length);
    assertEquals(readAnsi(text, "text"), text);
    assertEquals(toAnsi(text), text);
  }));
});

Deno.test("readAnsi() refuses a character that Windows-1252 lacks, with the caller's code", () => {
  assertEquals(
    codeOf(() => readAnsi("Łódź", "lpPoolName", "ERROR_INVALID_NAME")),
    "ERROR_INVALID_NAME",
  );
});

Deno.test("readAnsi() refuses what is neither bytes nor a string", () => {
  for (const value of [null, undefined, 5, [65], new ArrayBuffer(1)]) {
    assertEquals(
      codeOf(() => readAnsi(value, "lpServer", "ERROR_INVALID_COMPUTERNAME")),
      "ERROR_INVALID_PARAMETER",
    );
  }
});

Deno.test("toAnsi() puts one question mark for each character that Windows-1252 lacks", () => {
  assertEquals(toAnsi("Łódź 日本 😀 é"), "?ód? ?? ? é");
});

Deno.test("toAnsi() always gives text that readAnsi() takes", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    assertEquals(readAnsi(toAnsi(text), "text"), toAnsi(text));
  }));
});

Deno.test("readAnsi() throws nothing but an NtmsError", () => {
  fc.assert(fc.property(fc.anything(), (value) => {
    try {
      readAnsi(value, "text");
    } catch (error) {
      assertEquals(error instanceof NtmsError, true);
    }
  }));
});
