import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DRIVE_MODEL_TABLE } from "../../src/manager/drive_model_table.ts";
import { CLEANER_CODE } from "../../src/manager/media_type_row.ts";
import {
  CLEANING_TYPE,
  MEDIA_TYPE_TABLE,
  UNKNOWN_TAPE,
} from "../../src/manager/media_type_table.ts";
import {
  driveKind,
  driveTakes,
  MediaTypes,
  type MediumUse,
} from "../../src/manager/media_types.ts";

const TYPES = new MediaTypes();

/** One product name for each row of the table of drive models, and its kind. */
const PRODUCTS: readonly (readonly [string, string, string])[] = [
  ["ULT3580-TD3", "LTO", "3"],
  ["ULT3580-TD6", "LTO", "6"],
  ["ULTRIUM-TD5", "LTO", "5"],
  ["ULTRIUM-HH8", "LTO", "8"],
  ["VIRTUAL ULT-TD7", "LTO", "7"],
  ["Ultrium 6-SCSI", "LTO", "6"],
  ["ULTRIUM 9", "LTO", "9"],
  ["HH LTO Gen 7", "LTO", "7"],
  ["LTO-6 HH", "LTO", "6"],
  ["ULT3580-TDA", "LTO", "10"],
  ["ULTRIUM-HHA", "LTO", "10"],
  ["ULT3580-TD10", "LTO", "10"],
  ["03592J1A", "3592", "1"],
  ["03592E05", "3592", "2"],
  ["03592E06", "3592", "3"],
  ["03592E07", "3592", "4"],
  ["03592E08", "3592", "5"],
  ["0359255F", "3592", "5A"],
  ["0359260S", "3592", "6"],
  ["0359270F", "3592", "7"],
  ["T10000C", "T10000", "C"],
  ["DLT7000", "DLT", "7000"],
  ["DLT8000", "DLT", "8000"],
  ["SuperDLT1", "DLT", "220"],
  ["SDLT320", "DLT", "320"],
  ["SDLT600", "DLT", "600"],
  ["DLT-S4", "DLT", "S4"],
  ["SDX-300C", "AIT", "1"],
  ["SDX-500V", "AIT", "2"],
  ["SDX-700C", "AIT", "3"],
  ["SDX-900V", "AIT", "4"],
  ["SDX-1100V", "AIT", "5"],
];

/** Names of the data media of a family that a drive takes. */
function taken(product: string, use: MediumUse = "read"): string[] {
  const family = driveKind(product)?.family;
  return MEDIA_TYPE_TABLE.filter((type) =>
    type.drives?.family === family && type.writability === "rewritable" &&
    driveTakes({ product, deviceClass: "tape" }, type, use)
  ).map(({ name }) => name);
}

Deno.test("no two media types have one name or one bar code suffix", () => {
  const names = MEDIA_TYPE_TABLE.map(({ name }) => name);
  assertEquals(names.toSorted(), [...new Set(names)].toSorted());
  const suffixes = MEDIA_TYPE_TABLE.flatMap((type) => type.barCodeSuffixes);
  assertEquals(suffixes.toSorted(), [...new Set(suffixes)].toSorted());
});

Deno.test("names of media types can be names of pools", () => {
  for (const { name } of MEDIA_TYPE_TABLE) {
    assert(/^[\w .-]{1,64}$/.test(name), name);
  }
});

Deno.test("product names tell family and generation, and each row of the drive table is one of some", () => {
  for (const [product, family, generation] of PRODUCTS) {
    assertEquals(driveKind(product), { family, generation }, product);
  }
  for (const product of ["", "VXA-2", "HP C5683A", "LTO", "PAGEHHA"]) {
    assertEquals(driveKind(product), null, product);
  }
  const used = new Set(
    PRODUCTS.map(([product]) =>
      DRIVE_MODEL_TABLE.findIndex((row) => row.product.test(product))
    ),
  );
  assertEquals(used.size, DRIVE_MODEL_TABLE.length);
});

Deno.test("every type is read by a known drive of its family, or by any of it", () => {
  for (const { name, drives } of MEDIA_TYPE_TABLE) {
    if (drives === null || drives.readBy === null) continue;
    const { family, readBy } = drives;
    const generations = PRODUCTS.filter((row) => row[1] === family)
      .map((row) => row[2]);
    assert(readBy.some((one) => generations.includes(one)), name);
  }
});

Deno.test("what writes a type reads it", () => {
  for (const { name, drives } of MEDIA_TYPE_TABLE) {
    const { readBy = null, writtenBy = null } = drives ?? {};
    if (readBy === null) continue;
    assert(writtenBy !== null, name);
    assertEquals(writtenBy.filter((one) => !readBy.includes(one)), [], name);
  }
});

Deno.test("a cleaning cartridge is not written, and every family has one", () => {
  const cleaning = MEDIA_TYPE_TABLE.filter(({ code }) => code === CLEANER_CODE);
  for (const { name, writability } of cleaning) {
    assertEquals(writability, "readOnly", name);
  }
  const families = (types: typeof cleaning) =>
    [...new Set(types.flatMap(({ drives }) => drives?.family ?? []))]
      .toSorted();
  assertEquals(families(cleaning), families([...MEDIA_TYPE_TABLE]));
});

Deno.test("LTO drives read two generations back and write one, from the eighth on one back, the tenth none", () => {
  assertEquals(taken("ULT3580-TD6"), ["LTO-4", "LTO-5", "LTO-6"]);
  assertEquals(taken("ULT3580-TD6", "write"), ["LTO-5", "LTO-6"]);
  assertEquals(taken("ULT3580-TD7"), ["LTO-5", "LTO-6", "LTO-7"]);
  assertEquals(taken("ULT3580-TD7", "write"), ["LTO-6", "LTO-7"]);
  assertEquals(taken("ULT3580-TD8"), ["LTO-7", "LTO-8", "LTO-7 M8"]);
  assertEquals(taken("ULT3580-TD8", "write"), taken("ULT3580-TD8"));
  assertEquals(taken("ULT3580-TD9"), ["LTO-8", "LTO-9"]);
  assertEquals(taken("ULT3580-TDA"), ["LTO-10", "LTO-10 Premium"]);
});

Deno.test("enterprise drives take what their makers say, and write less", () => {
  const only = (letters: string[], names: string[]) =>
    letters.filter((letter) => names.includes(`3592 ${letter}`));
  const all = ["JA", "JB", "JC", "JD", "JE", "JF"];
  assertEquals(only(all, taken("03592E07")), ["JA", "JB", "JC"]);
  assertEquals(only(all, taken("03592E07", "write")), ["JB", "JC"]);
  assertEquals(only(all, taken("0359260F")), ["JC", "JD", "JE"]);
  assertEquals(only(all, taken("0359270F")), ["JF"]);
  assertEquals(taken("T10000D", "write"), ["T10000 T2", "T10000 T2 Sport"]);
  assertEquals(taken("T10000D").includes("T10000 T1"), true);
  assertEquals(taken("SDLT600", "write"), ["SDLT II"]);
});

Deno.test("a drive of unknown kind takes any type of its device class and none of another", () => {
  const drive = { product: "Something new", deviceClass: "tape" } as const;
  for (const type of MEDIA_TYPE_TABLE) {
    const isTape = type.deviceClass === "tape";
    assertEquals(driveTakes(drive, type, "write"), isTape, type.name);
  }
});

Deno.test("a drive of known kind takes types of no family and none of another", () => {
  const drive = { product: "ULT3580-TD8", deviceClass: "tape" } as const;
  assert(driveTakes(drive, UNKNOWN_TAPE, "write"));
  for (const name of ["AIT-1", "DDS-4", "3592 cleaning"]) {
    const type = TYPES.byName(name);
    assert(type !== null && !driveTakes(drive, type, "read"), name);
  }
});

Deno.test("the end of a bar code names the media type", () => {
  const cases = [
    ["ABC123L6", "LTO-6"],
    ["ABC123LW", "LTO-6 WORM"],
    ["ABC123M8", "LTO-7 M8"],
    ["ABC123LA", "LTO-10"],
    ["ABC123LH", "LTO-10 WORM"],
    ["ABC123JK", "3592 JK economy"],
    ["ABC123TT", "T10000 T2 Sport"],
    ["ABC123CU", "LTO cleaning"],
    ["CLNU01CU", "LTO cleaning"],
    ["CLN001L1", "LTO cleaning"],
    ["CLN001JA", "3592 cleaning"],
    ["CLN001T2", "T10000 cleaning"],
    ["CLN001", CLEANING_TYPE.name],
    ["ABC123", UNKNOWN_TAPE.name],
    ["L6", UNKNOWN_TAPE.name],
    ["", UNKNOWN_TAPE.name],
  ] as const;
  for (const [barCode, name] of cases) {
    assertEquals(TYPES.ofBarCode(barCode, false).name, name, barCode);
  }
  assertEquals(TYPES.ofBarCode(null, false), UNKNOWN_TAPE);
  assertEquals(TYPES.ofBarCode(null, true), CLEANING_TYPE);
  assertEquals(TYPES.ofBarCode("ABC123L6", true).name, "LTO cleaning");
});

Deno.test("whatever stands before it, the longest suffix that fits names the type", () => {
  const suffix = fc.string({
    minLength: 1,
    maxLength: 4,
    unit: fc.constantFrom(..."AB"),
  });
  fc.assert(fc.property(
    fc.uniqueArray(suffix, { minLength: 1, maxLength: 8 }),
    fc.string({ unit: fc.constantFrom(..."AB"), maxLength: 8 }),
    (suffixes, barCode) => {
      const types = new MediaTypes([
        ...MEDIA_TYPE_TABLE.filter((row) => row.barCodeSuffixes.length > 0)
          .map(({ name }) => ({ name, barCodeSuffixes: [], facts: null })),
        ...suffixes.map((one) => ({
          name: `Site ${one}`,
          barCodeSuffixes: [one],
          facts: { ...UNKNOWN_TAPE },
        })),
      ]);
      const fitting = suffixes
        .filter((one) => barCode.length > one.length && barCode.endsWith(one))
        .toSorted((a, b) => b.length - a.length);
      const expected = fitting[0] === undefined
        ? UNKNOWN_TAPE.name
        : `Site ${fitting[0]}`;
      assertEquals(types.ofBarCode(barCode, false).name, expected);
    },
  ));
});

Deno.test("a site's suffix takes the place of a built-in one, and a clash is refused", () => {
  const types = new MediaTypes([
    { name: "SDLT II", barCodeSuffixes: ["S2", "II"], facts: null },
  ]);
  assertEquals(types.ofBarCode("ABC123S2", false).name, "SDLT II");
  assertEquals(types.byName("SDLT II")?.origin, "builtIn");
  assertEquals(types.byName("SDLT II")?.suffixesFrom, "site");
  assertThrows(
    () =>
      new MediaTypes([
        { name: "SDLT II", barCodeSuffixes: ["S1"], facts: null },
      ]),
    RangeError,
    'the suffix "S1" of "SDLT II" is that of "SDLT I" too',
  );
});

Deno.test("a type that only the catalogue knows is taken by any drive of its device class", () => {
  const gone = { id: "1", name: "Former", deviceClass: "tape" } as const;
  const drive = { product: "ULT3580-TD8", deviceClass: "tape" } as const;
  assertEquals(TYPES.taken(drive, [gone], "write"), new Set(["1"]));
});
