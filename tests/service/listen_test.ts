import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { NtmsError } from "../../src/model/mod.ts";
import { parseListen } from "../../src/service/listen.ts";

Deno.test("parseListen() takes loopback addresses", () => {
  assertEquals(parseListen("127.0.0.1:9417"), {
    hostname: "127.0.0.1",
    port: 9417,
  });
  assertEquals(parseListen("127.1.2.3:0"), { hostname: "127.1.2.3", port: 0 });
  assertEquals(parseListen("[::1]:80"), { hostname: "::1", port: 80 });
  assertEquals(parseListen("localhost:80"), {
    hostname: "127.0.0.1",
    port: 80,
  });
});

Deno.test("parseListen() refuses what others can reach, and says why", () => {
  for (
    const text of [
      "0.0.0.0:80",
      "[::]:80",
      ":80",
      "192.0.2.1:80",
      "example.org:80",
      "127.0.0.1.example.org:80",
    ]
  ) {
    const error = assertThrows(() => parseListen(text), NtmsError);
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
    assertStringIncludes(error.message, "TLS", text);
  }
});

Deno.test("parseListen() refuses what is no address", () => {
  for (
    const text of [
      "",
      "127.0.0.1",
      "127.0.0.1:",
      "127.0.0.1:x",
      "127.0.0.1:65536",
      "::1:80",
      "80",
    ]
  ) {
    const error = assertThrows(() => parseListen(text), NtmsError);
    assertStringIncludes(error.message, "HOST:PORT", text);
  }
});
