import { assertEquals, assertThrows } from "@std/assert";
import { NtmsError } from "../../src/model/mod.ts";
import { firstCartridges } from "../../src/changer/virtual/bar_codes.ts";

function labels(
  barCodes: string | null,
  count: number | null,
  slots = 20,
): (string | null | undefined)[] {
  return firstCartridges(barCodes, count, slots).map((cartridge) =>
    cartridge === null ? undefined : cartridge.barCode
  );
}

Deno.test("firstCartridges() numbers by a pattern", () => {
  assertEquals(labels("LAB%03dL6", 2), ["LAB001L6", "LAB002L6"]);
  assertEquals(labels("%dX", 2), ["1X", "2X"]);
  assertEquals(labels(null, null).length, 16);
  assertEquals(labels(null, null, 5).length, 5);
});

Deno.test("firstCartridges() takes a list, with gaps and unreadable labels", () => {
  assertEquals(labels("A,,?,B", null), ["A", undefined, null, "B"]);
  assertEquals(labels("", null), []);
});

Deno.test("firstCartridges() tells cartridges with the same label apart", () => {
  const ids = firstCartridges("A,A,?,?", null, 9).map((found) => found?.id);
  assertEquals(new Set(ids).size, 4);
});

Deno.test("firstCartridges() refuses what does not fit or is no label", () => {
  for (
    const [text, count, slots] of [
      ["A,B,C", null, 2],
      ["X%d", 3, 2],
      ["A,B", 2, 9],
      ["../x", null, 9],
      [".hidden", null, 9],
      ["Ä", null, 9],
      ["A".repeat(33), null, 9],
    ] as const
  ) {
    const error = assertThrows(
      () => firstCartridges(text, count, slots),
      NtmsError,
    );
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  }
});
