import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NtmsError } from "../../src/model/mod.ts";
import { parseVirtualUrl } from "../../src/changer/virtual/url.ts";

Deno.test("parseVirtualUrl() takes a URL apart", () => {
  assertEquals(
    parseVirtualUrl(
      "virtual:demo?slots=40&drives=4&ports=1&transports=2&cartridges=30&barcodes=A%03dL6&dir=/x y&speed=2.5&dirty=9&cleanings=5&faults=7&media=mo",
    ),
    {
      name: "demo",
      slots: 40,
      drives: 4,
      ports: 1,
      transports: 2,
      cartridges: 30,
      barCodes: "A%03dL6",
      directory: "/x y",
      files: true,
      speed: 2.5,
      media: "mo",
      dirtyAfter: 9,
      cleanings: 5,
      faults: 7,
    },
  );
});

Deno.test("parseVirtualUrl() leaves open what the URL does not say", () => {
  const parsed = parseVirtualUrl("virtual:");
  assertEquals(parsed.name, "library");
  assertEquals([parsed.slots, parsed.directory], [null, null]);
  assertEquals([parsed.files, parsed.speed], [true, "none"]);
  assertEquals(parsed.faults, null);
});

for (
  const [url, says] of [
    ["virtuel:x", "does not begin"],
    ["virtual:a/b", `the name "a/b"`],
    ["virtual:a?slot=1", `no parameter "slot"; known are slots, drives,`],
    ["virtual:a?constructor=1", `no parameter "constructor"`],
    ["virtual:a?slots", "slots has no value"],
    ["virtual:a?slots=1&slots=2", "slots is given twice"],
    ["virtual:a?slots=-1", "slots must be 0 to 60000"],
    ["virtual:a?slots=60001", "slots must be"],
    ["virtual:a?slots=1e3", "slots must be"],
    ["virtual:a?drives=-1", "drives must be"],
    ["virtual:a?files=maybe", "files must be yes or no"],
    ["virtual:a?speed=0", "speed must be none, real"],
    ["virtual:a?speed=fast", "speed must be none, real"],
    ["virtual:a?dirty=0", "dirty must be 1 to 9999, after how many loads"],
    ["virtual:a?media=film", "media must be one of tape, mo, cd, dvd, rdx"],
    ["virtual:a?media=constructor", "media must be one of"],
    ["virtual:a?faults=yes", "faults must be 0 to 999999"],
    ["virtual:a?dir=", "dir must be a directory"],
    ["virtual:a?dir=/x&files=no", "dir needs files"],
  ] as const
) {
  Deno.test(`parseVirtualUrl() refuses "${url}"`, () => {
    const error = assertThrows(() => parseVirtualUrl(url), NtmsError, says);
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  });
}

Deno.test("parseVirtualUrl() refuses with a documented code or accepts, whatever it is given", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    try {
      parseVirtualUrl(`virtual:${text}`);
    } catch (error) {
      if (!(error instanceof NtmsError)) throw error;
    }
  }));
});
