import { assertEquals } from "@std/assert";
import type { LibraryMap } from "../../src/model/mod.ts";
import { managerWith, startTestService } from "./test_service.ts";

/** Maps that count how often they are encoded. */
function countingMaps(): { maps: readonly LibraryMap[]; encoded: number } {
  const counted = { maps: [], encoded: 0 };
  Object.defineProperty(counted.maps, "toJSON", {
    value: () => {
      counted.encoded++;
      return [];
    },
  });
  return counted;
}

Deno.test("maps that many are given are encoded once, and other ones anew", async () => {
  const [first, second] = [countingMaps(), countingMaps()];
  let given = first.maps;
  await using test = await startTestService(
    {},
    managerWith({ map: () => Promise.resolve(given) }),
  );
  const sessions = await Promise.all([test.session(), test.session()]);
  try {
    await Promise.all(sessions.map((session) => session.map()));
    assertEquals([first.encoded, second.encoded], [1, 0]);
    given = second.maps;
    await Promise.all(sessions.map((session) => session.map()));
    assertEquals([first.encoded, second.encoded], [1, 1]);
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
});
