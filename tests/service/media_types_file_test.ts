import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  MEDIA_TYPES_FILE,
  parseSiteMediaTypes,
  readSiteMediaTypes,
} from "../../src/service/media_types_file.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { openSession } from "../../mod.ts";
import { RunningService } from "../conformance/running_service.ts";

const ROW = {
  name: "Site tape",
  suffixes: ["X6"],
  deviceClass: "tape",
  writability: "rewritable",
};

function refusalOf(text: string): string {
  const error = assertThrows(() => parseSiteMediaTypes(text), NtmsError);
  assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  return error.message;
}

function refusalOfRows(...rows: unknown[]): string {
  return refusalOf(JSON.stringify({ types: rows }));
}

Deno.test("a site adds types and sets suffixes of those that are built in", () => {
  const drives = { family: "LTO", readBy: ["6", "7"], writtenBy: ["6"] };
  const text = JSON.stringify({
    types: [
      { name: "SDLT II", suffixes: ["S2"] },
      { ...ROW, sides: 2, code: 86, densityCodes: [90], drives },
      { name: "Plain", deviceClass: "disk", writability: "writeOnce" },
    ],
  });
  assertEquals(parseSiteMediaTypes(text), [
    { name: "SDLT II", barCodeSuffixes: ["S2"], facts: null },
    {
      name: "Site tape",
      barCodeSuffixes: ["X6"],
      facts: {
        code: 86,
        sideCount: 2,
        writability: "rewritable",
        deviceClass: "tape",
        densityCodes: [90],
        drives,
      },
    },
    {
      name: "Plain",
      barCodeSuffixes: [],
      facts: {
        code: 0,
        sideCount: 1,
        writability: "writeOnce",
        deviceClass: "disk",
        densityCodes: [],
        drives: null,
      },
    },
  ]);
});

Deno.test("text that is no JSON is refused with its line", () => {
  const cases = [
    ['{\n"types": [\n  {"name": x}\n]}', 3],
    ['{"types": [\n', 2],
    ['{\n"types": ["a\n"]}', 2],
    ['{"types":[\n{"name":"a",}\n]}', 2],
    ['{"types":[]} x', 1],
    ["", 1],
  ] as const;
  for (const [text, line] of cases) {
    assertEquals(
      refusalOf(text),
      `Cannot use ${MEDIA_TYPES_FILE}: line ${line} is no JSON; correct it or take it away, and start again`,
      text,
    );
  }
});

Deno.test("a wrong row is refused with its number, its name and what is wrong", () => {
  const cases: [string, string][] = [
    [refusalOfRows(ROW, { name: "A" }), 'row 2, "A": "deviceClass"'],
    [refusalOfRows({ ...ROW, sides: 3 }), 'row 1, "Site tape": "sides"'],
    [refusalOfRows({ ...ROW, colour: 1 }), 'row 1, "Site tape": Unrecog'],
    [
      refusalOfRows({ ...ROW, suffixes: ["x6"] }),
      'row 1, "Site tape": "suffixes.0" must be 1 to 8 capital letters',
    ],
    [refusalOfRows({ ...ROW, name: "a\\b" }), 'row 1: "name" must have'],
    [refusalOfRows({ ...ROW, name: "a\u0007" }), 'row 1: "name" must have'],
    [refusalOfRows("LTO-6"), "row 1: "],
    [
      refusalOfRows({ ...ROW, name: "LTO-6" }),
      'row 1, "LTO-6": Unrecognized keys',
    ],
    [
      refusalOfRows({ ...ROW, drives: { family: "VXA" } }),
      'row 1, "Site tape": "drives.family"',
    ],
    [refusalOfRows(ROW, ROW), 'row 2 has the name of row 1, "Site tape"'],
    [
      refusalOfRows({ ...ROW, suffixes: ["L6"] }),
      'the suffix "L6" of "Site tape" is that of "LTO-6" too',
    ],
    [refusalOf("[]"), 'it must be an object with one member, "types"'],
    [refusalOf('{"types":[],"more":1}'), "it must be an object with one"],
  ];
  for (const [message, part] of cases) {
    assertEquals(
      message.startsWith(`Cannot use ${MEDIA_TYPES_FILE}: ${part}`),
      true,
      `${message} has not: ${part}`,
    );
    assertEquals(
      message.endsWith("correct it or take it away, and start again"),
      true,
      message,
    );
  }
});

Deno.test("where there is no file the site says nothing; one that cannot be read is refused", async () => {
  const directory = await Deno.makeTempDir();
  try {
    assertEquals(await readSiteMediaTypes(directory), []);
    await Deno.mkdir(`${directory}/${MEDIA_TYPES_FILE}`);
    const error = await assertRejects(
      () => readSiteMediaTypes(directory),
      NtmsError,
    );
    assertEquals(error.message.includes("it cannot be read"), true);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a service has the site's types; with a wrong file it does not come up", async () => {
  const state = await Deno.makeTempDir();
  const path = `${state}/${MEDIA_TYPES_FILE}`;
  const libraries = ["virtual:site?files=no&slots=2&barcodes=ABC123X6"];
  try {
    await Deno.writeTextFile(path, JSON.stringify({ types: [ROW] }));
    {
      await using service = await RunningService.start({ state, libraries });
      await using session = await openSession({ socket: service.socket });
      const [cartridge] = await session.objects("cartridge");
      const types = await session.mediaTypes();
      const type = types.find(({ name }) => name === "Site tape");
      assertEquals([type?.origin, type?.barCodeSuffixes], ["site", ["X6"]]);
      assertEquals(cartridge?.mediaType, type?.id);
    }
    await Deno.writeTextFile(path, '{"types": [{"name": "Site tape"}]}');
    const start = RunningService.start({ state, libraries, ready: false });
    await using service = await start;
    const error = await assertRejects(() => service.service.ready, NtmsError);
    assertEquals(error.message.includes('row 1, "Site tape"'), true);
    assertEquals(service.service.status().ready, false);
  } finally {
    await Deno.remove(state, { recursive: true });
  }
});
