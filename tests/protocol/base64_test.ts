import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeBase64, encodeBase64 } from "../../src/protocol/mod.ts";

Deno.test("decodeBase64() gives back what encodeBase64() was given", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
    assertEquals(decodeBase64(encodeBase64(bytes)), Uint8Array.from(bytes));
  }));
});

Deno.test("encodeBase64() writes what the standard says, and decodeBase64() refuses what it does not", () => {
  assertEquals(encodeBase64(Uint8Array.of(0, 1, 2, 255)), "AAEC/w==");
  assertEquals(encodeBase64(new Uint8Array()), "");
  assertThrows(() => decodeBase64("A*"), SyntaxError);
});
