import { assertEquals } from "@std/assert";
import { type Change, changeWay } from "../../../src/manager/scheduling/mod.ts";

const CHANGE: Change = {
  exchanges: true,
  from: "slot",
  labels: ["LAB001L6", "LAB002L6"],
};

Deno.test("cartridges are exchanged where the library can and both labels tell them apart", () => {
  assertEquals(changeWay(CHANGE), "exchange");
  const others: readonly Partial<Change>[] = [
    { exchanges: false },
    { from: "port" },
    { from: "drive" },
    { labels: ["", "LAB002L6"] },
    { labels: ["LAB001L6", ""] },
    { labels: ["LAB001L6", "LAB001L6"] },
  ];
  for (const other of others) {
    assertEquals(
      changeWay({ ...CHANGE, ...other }),
      "two moves",
      JSON.stringify(other),
    );
  }
});
