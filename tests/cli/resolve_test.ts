import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { resolveDrive, resolveLibrary } from "../../src/cli/resolve_library.ts";
import {
  type MediumFinder,
  resolveLogicalMedium,
  resolveMedium,
} from "../../src/cli/resolve_medium.ts";
import {
  findPool,
  listPools,
  onlyMediaType,
  resolveMediaType,
  resolvePool,
} from "../../src/cli/resolve_pool.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import { NtmsError } from "../../src/model/errors.ts";
import type { Guid } from "../../src/model/ids.ts";
import type {
  LogicalMediumRecord,
  MediaPoolRecord,
  MediaTypeRecord,
  NtmsObject,
  RecordOf,
  SideRecord,
} from "../../src/model/objects.ts";
import type { ObjectType } from "../../src/model/states.ts";
import { cartridgeRecord, drive, id, map } from "./sample_map.ts";

const BASE = {
  description: "",
  enabled: true,
  operationalState: "ready",
  created: new Date(0),
  modified: new Date(0),
} as const;

function side(
  number: number,
  of: number,
  logicalMedium: Guid | null,
  name = "",
): SideRecord {
  return {
    ...BASE,
    type: "side",
    id: id(6, number),
    name,
    cartridge: id(5, of),
    logicalMedium,
    state: logicalMedium === null ? "available" : "allocated",
    sideNumber: number % 2 === 0 ? 1 : 0,
    label: { type: "", id: "", info: "" },
    mountCount: 0,
    allocateCount: 0,
    capacityBytes: 0,
  };
}

function logicalMedium(number: number, name: string): LogicalMediumRecord {
  return {
    ...BASE,
    type: "logicalMedium",
    id: id(0, number),
    name,
    mediaPool: id(8, 1),
    sideCount: 1,
  };
}

function pool(
  number: number,
  path: string,
  poolCount = 0,
  content: { mediaType: Guid; cartridgeCount: number } | null = null,
): MediaPoolRecord {
  const levels = path.split("\\");
  return {
    ...BASE,
    type: "mediaPool",
    id: id(8, number),
    name: levels.at(-1) ?? "",
    kind: "application",
    mediaType: content?.mediaType ?? null,
    parent: null,
    path,
    drawFromFree: false,
    returnToFree: false,
    maxAllocates: 0,
    checkLabels: true,
    cartridgeCount: content?.cartridgeCount ?? 0,
    logicalMediumCount: 0,
    poolCount,
  };
}

function mediaType(
  number: number,
  name: string,
  writability: MediaTypeRecord["writability"] = "rewritable",
): MediaTypeRecord {
  return {
    ...BASE,
    type: "mediaType",
    id: id(7, number),
    name,
    code: 86,
    sideCount: 1,
    writability,
    deviceClass: "tape",
  };
}

/** A session over a handful of records. */
class Catalogue implements MediumFinder {
  readonly #records: readonly NtmsObject[];
  constructor(records: readonly NtmsObject[]) {
    this.#records = records;
  }
  objects<Type extends ObjectType>(
    type: Type,
    options: {
      container?: Guid | null;
      name?: string;
      barCode?: string;
    } = {},
  ): Promise<RecordOf<Type>[]> {
    const isOfType = (record: NtmsObject): record is RecordOf<Type> =>
      record.type === type;
    const within = options.container ?? null;
    const isIn = (record: NtmsObject) =>
      record.type === "side"
        ? within === null || record.cartridge === within ||
          record.logicalMedium === within
        : record.type === "mediaPool"
        ? within === parentOf(record)
        : true;
    const { barCode, name } = options;
    const isCalled = (record: NtmsObject) =>
      (name === undefined || record.name === name) &&
      (barCode === undefined ||
        (record.type === "cartridge" && record.barCode === barCode));
    return Promise.resolve(
      this.#records.filter(isOfType).filter(isIn).filter(isCalled),
    );
  }
  object(wanted: Guid): Promise<NtmsObject> {
    const record = this.#records.find((each) => each.id === wanted);
    return record === undefined
      ? Promise.reject(new NtmsError("ERROR_OBJECT_NOT_FOUND", "No object"))
      : Promise.resolve(record);
  }
}

const POOLS = [
  pool(1, "\\Free", 1),
  pool(2, "\\Free\\LTO-6"),
  pool(3, "\\App", 1),
  pool(4, "\\App\\LTO-6", 0, { mediaType: id(7, 1), cartridgeCount: 3 }),
];
const PARENTS = new Map([["\\Free\\LTO-6", id(8, 1)], [
  "\\App\\LTO-6",
  id(8, 3),
]]);
function parentOf(record: MediaPoolRecord): Guid | null {
  return PARENTS.get(record.path) ?? null;
}

const LIBRARY = map({}).library;
const CATALOGUE = new Catalogue([
  LIBRARY,
  { ...LIBRARY, id: id(1, 2), name: "twin" },
  { ...LIBRARY, id: id(1, 3), name: "twin" },
  { ...LIBRARY, id: id(1, 4), name: "ACME Big SN7", device: "/dev/sch4" },
  drive(0),
  drive(1),
  drive(1, { id: id(2, 9), library: id(1, 2) }),
  cartridgeRecord(1),
  cartridgeRecord(2),
  cartridgeRecord(3),
  side(1, 1, null),
  side(3, 2, id(0, 1), "ABC002L6"),
  side(5, 3, null),
  side(6, 3, id(0, 2)),
  logicalMedium(1, "monday"),
  logicalMedium(2, "ABC001L6"),
  ...POOLS,
  mediaType(1, "LTO-6"),
  mediaType(2, "Cleaning cartridge", "readOnly"),
  mediaType(3, "LTO-7"),
]);

const MEDIA: [string, string, string, string][] = [
  ["the id of a logical medium", id(0, 1), id(0, 1), id(6, 3)],
  ["the id of a side", id(6, 1), id(6, 1), id(6, 1)],
  [
    "the id of a side in capitals and braces",
    `{${id(6, 1)}}`,
    id(6, 1),
    id(6, 1),
  ],
  ["the id of a cartridge with one side", id(5, 1), id(6, 1), id(6, 1)],
  ["the name of a logical medium", "monday", id(0, 1), id(6, 3)],
  [
    "a bar code that is the name of its side too",
    "ABC002L6",
    id(0, 1),
    id(6, 3),
  ],
];

for (const [what, word, medium, ofSide] of MEDIA) {
  Deno.test(`resolveMedium() finds ${what}`, async () => {
    const found = await resolveMedium(CATALOGUE, word);
    assertEquals([found.id, found.side.id], [medium, ofSide]);
  });
}

Deno.test("resolveMedium() lists the candidates of a word that means several", async () => {
  for (const word of ["ABC001L6", "ABC003L6", id(5, 3)]) {
    const error = await assertRejects(
      () => resolveMedium(CATALOGUE, word),
      UsageError,
    );
    assertEquals(error.message.split("\n").length, 3, error.message);
    assertStringIncludes(error.message, "side A, available");
  }
});

Deno.test("resolveMedium() refuses what names no medium", async () => {
  for (const word of ["nothing", "abc001l6", id(2, 0)]) {
    const error = await assertRejects(
      () => resolveMedium(CATALOGUE, word),
      NtmsError,
      "No medium is called",
    );
    assertEquals(error.code, "ERROR_INVALID_MEDIA");
  }
});

Deno.test("resolveLogicalMedium() refuses a medium that is not allocated", async () => {
  assertEquals(await resolveLogicalMedium(CATALOGUE, "monday"), id(0, 1));
  await assertRejects(
    () => resolveLogicalMedium(CATALOGUE, id(6, 1)),
    NtmsError,
    "is not allocated",
  );
});

Deno.test("resolveLibrary() finds by id, name, a word of the name and device, and refuses doubtful words", async () => {
  assertEquals((await resolveLibrary(CATALOGUE, "demo")).id, id(1, 1));
  assertEquals((await resolveLibrary(CATALOGUE, id(1, 2))).name, "twin");
  assertEquals((await resolveLibrary(CATALOGUE, "SN7")).id, id(1, 4));
  assertEquals((await resolveLibrary(CATALOGUE, "/dev/sch4")).id, id(1, 4));
  await assertRejects(() => resolveLibrary(CATALOGUE, "twin"), UsageError);
  const error = await assertRejects(
    () => resolveLibrary(CATALOGUE, "nothing"),
    NtmsError,
    "demo",
  );
  assertEquals(error.code, "ERROR_INVALID_LIBRARY");
});

Deno.test("resolveDrive() finds by number, name and id, within the medium's library", async () => {
  const here = () => Promise.resolve(id(1, 1));
  const there = () => Promise.resolve(id(1, 2));
  assertEquals((await resolveDrive(CATALOGUE, "0", there)).id, id(2, 0));
  assertEquals((await resolveDrive(CATALOGUE, "1", here)).id, id(2, 1));
  assertEquals((await resolveDrive(CATALOGUE, "1", there)).id, id(2, 9));
  assertEquals((await resolveDrive(CATALOGUE, "Drive 0", here)).id, id(2, 0));
  assertEquals((await resolveDrive(CATALOGUE, id(2, 9), here)).id, id(2, 9));
  const error = await assertRejects(
    () => resolveDrive(CATALOGUE, "7", here),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_INVALID_DRIVE");
});

Deno.test("listPools() lists the pools of all levels", async () => {
  const paths = (await listPools(CATALOGUE)).map(({ path }) => path);
  assertEquals(paths, ["\\Free", "\\App", "\\Free\\LTO-6", "\\App\\LTO-6"]);
});

Deno.test("findPool() takes either slash, a unique name, or an id", async () => {
  for (const word of ["\\App\\LTO-6", "App\\LTO-6", "App/LTO-6", id(8, 4)]) {
    assertEquals((await findPool(CATALOGUE, word))?.id, id(8, 4), word);
  }
  assertEquals((await findPool(CATALOGUE, "App"))?.id, id(8, 3));
  assertEquals(await findPool(CATALOGUE, "nothing"), null);
  await assertRejects(
    () => findPool(CATALOGUE, "LTO-6"),
    UsageError,
    "\\Free\\LTO-6, \\App\\LTO-6",
  );
  const error = await assertRejects(
    () => resolvePool(CATALOGUE, "nothing"),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_INVALID_MEDIA_POOL");
});

Deno.test("resolveMediaType() takes the name without its hyphen too", async () => {
  for (const word of ["LTO-6", "lto6", "Lto 6", id(7, 1)]) {
    assertEquals((await resolveMediaType(CATALOGUE, word)).name, "LTO-6");
  }
  const error = await assertRejects(
    () => resolveMediaType(CATALOGUE, "lto-66"),
    UsageError,
  );
  assertStringIncludes(error.next, "lto-6");
});

Deno.test("onlyMediaType() is that of the cartridges there are, cleaners aside", async () => {
  assertEquals((await onlyMediaType(CATALOGUE)).name, "LTO-6");
  const records = [
    mediaType(1, "LTO-6"),
    mediaType(2, "Cleaning cartridge", "readOnly"),
    mediaType(3, "LTO-7"),
    pool(5, "\\Six", 0, { mediaType: id(7, 1), cartridgeCount: 1 }),
    pool(6, "\\Cleaners", 0, { mediaType: id(7, 2), cartridgeCount: 1 }),
    pool(7, "\\Seven", 0, { mediaType: id(7, 3), cartridgeCount: 0 }),
  ];
  assertEquals((await onlyMediaType(new Catalogue(records))).name, "LTO-6");
  const mixed = [
    ...records,
    pool(8, "\\More", 0, { mediaType: id(7, 3), cartridgeCount: 1 }),
  ];
  await assertRejects(
    () => onlyMediaType(new Catalogue(mixed)),
    UsageError,
    "LTO-6, LTO-7",
  );
  await assertRejects(() => onlyMediaType(new Catalogue([])), UsageError);
});
