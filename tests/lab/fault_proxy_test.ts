import { assertEquals } from "@std/assert";
import { harmless } from "./fault_proxy.ts";

Deno.test("harmless() makes TEST UNIT READY of a command with data, in its place", () => {
  // WRITE with 4 bytes of immediate data; F, R and W bits set (RFC 7143, 11.3).
  const command = new Uint8Array(52).fill(0xdd);
  command.set([0x01, 0xe1, 0, 0, 0, 0, 0, 4]);
  const tag = [1, 2, 3, 4];
  const numbers = [5, 6, 7, 8, 9, 10, 11, 12];
  command.set([...tag, 0, 0, 0, 4, ...numbers, 0x0a], 16);

  const made = harmless(command);
  assertEquals(made.length, 48);
  assertEquals([...made.subarray(0, 8)], [0x01, 0x81, 0, 0, 0, 0, 0, 0]);
  assertEquals([...made.subarray(8, 16)], Array(8).fill(0xdd));
  assertEquals([...made.subarray(16, 32)], [...tag, 0, 0, 0, 0, ...numbers]);
  assertEquals([...made.subarray(32)], Array(16).fill(0));
});
