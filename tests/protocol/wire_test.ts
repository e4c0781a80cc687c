import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  agreeVersion,
  encodeVersions,
  isOperationName,
  parseVersions,
} from "../../src/protocol/mod.ts";

const versions = fc.tuple(fc.nat({ max: 999_999 }), fc.nat({ max: 999_999 }))
  .map(([oldest, more]) => ({ oldest, newest: oldest + more }));

Deno.test("parseVersions() reads what encodeVersions() writes", () => {
  fc.assert(fc.property(versions, (given) => {
    assertEquals(parseVersions(encodeVersions(given)), given);
  }));
});

Deno.test("parseVersions() refuses what is no number or range", () => {
  for (
    const text of [
      "",
      "a",
      "1-",
      "-1",
      "2-1",
      "1-2-3",
      " 1",
      "1.0",
      "9".repeat(10),
    ]
  ) {
    assertEquals(parseVersions(text), null, text);
  }
});

Deno.test("agreeVersion() takes the newest that both speak, whoever asks", () => {
  fc.assert(fc.property(versions, versions, (one, other) => {
    const agreed = agreeVersion(one, other);
    assertEquals(agreeVersion(other, one), agreed);
    const speaks = (it: typeof one, version: number) =>
      it.oldest <= version && version <= it.newest;
    if (agreed === null) {
      assertEquals(
        one.newest < other.oldest || other.newest < one.oldest,
        true,
      );
    } else {
      assertEquals(speaks(one, agreed) && speaks(other, agreed), true);
      assertEquals(speaks(one, agreed + 1) && speaks(other, agreed + 1), false);
    }
  }));
});

Deno.test("isOperationName() knows operations, and nothing that every object has", () => {
  assertEquals(isOperationName("OpenNtmsSession"), true);
  for (const name of ["toString", "__proto__", "constructor", ""]) {
    assertEquals(isOperationName(name), false, name);
  }
});
