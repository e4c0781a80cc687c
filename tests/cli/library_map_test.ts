import { assert, assertEquals } from "@std/assert";
import { drawMaps, type MapLayout } from "../../src/cli/library_map.ts";
import { COLOURED, PLAIN } from "../../src/cli/style.ts";
import { displayWidth } from "../../src/cli/width.ts";
import {
  cartridge,
  drive,
  id,
  map,
  NOW,
  port,
  request,
  shelf,
  slot,
} from "./sample_map.ts";

const LAYOUT: MapLayout = { columns: 80, style: PLAIN, nowMs: NOW };

/** 24 slots, two drives, one of them in use, a port, a request that waits. */
function small() {
  const { slots, cartridges } = shelf(24, (number) => {
    if (number > 18) return null;
    return number === 3 || number === 4 ? "allocated" : "available";
  });
  const moved = cartridge(3, "allocated", {
    location: id(2, 0),
    locationType: "drive",
    poolPath: "\\backup",
    mountedBy: "backup",
  });
  return map({
    slots: slots.map((each) =>
      each.number === 3 ? { ...each, state: "empty" } : each
    ),
    cartridges: [
      ...cartridges.filter((each) => each.barCode !== moved.barCode),
      moved,
    ],
    drives: [drive(0, { state: "loaded" }), drive(1)],
    ports: [port(0)],
    requests: [
      request({
        cartridge: id(5, 4),
        drive: id(2, 0),
        state: "waiting",
        message: "drive 0, in use by backup",
      }),
    ],
  });
}

Deno.test("drawMaps() shows a small library on one screen", () => {
  assertEquals(
    drawMaps([small()], LAYOUT).split("\n"),
    [
      "demo  ready",
      "  virtual:demo",
      "  2 drives, 24 slots (17 full), 1 port, 18 cartridges",
      "",
      "  Drive  State   Cartridge  Pool     Mounted by  Device",
      "      0  loaded  ABC003L6   \\backup  backup      /dev/nst0",
      "      1  empty                                   /dev/nst1",
      "",
      "  Port  State  Position",
      "     0  empty  retracted",
      "",
      "   1 o ABC001L6   2 o ABC002L6   3 ^ ABC003L6   4 * ABC004L6   5 o ABC005L6",
      "   6 o ABC006L6   7 o ABC007L6   8 o ABC008L6   9 o ABC009L6  10 o ABC010L6",
      "  11 o ABC011L6  12 o ABC012L6  13 o ABC013L6  14 o ABC014L6  15 o ABC015L6",
      "  16 o ABC016L6  17 o ABC017L6  18 o ABC018L6",
      "     . 19-24 empty",
      "  * allocated   o available   ^ in a drive   . empty",
      "",
      "  Request  State    Cartridge  Drive  For     Since  Waits on",
      "  mount    waiting  ABC004L6       0  backup  5 min  drive 0, in use by backup",
      "",
      "Pool         Cartridges  Available sides  Allocated sides",
      "\\Free\\LTO-6          17               16                1",
      "\\backup               1                0                1",
    ],
  );
});

Deno.test("drawMaps() says why a library cannot be used, within the columns", () => {
  const obstacle = `Cannot open "virtual:demo": ${"no power ".repeat(12)}`;
  const absent = map({ obstacle }, { operationalState: "notPresent" });
  const [heading, , ...lines] = drawMaps([absent], LAYOUT).split("\n");
  assertEquals(heading, "demo  not present");
  assertEquals(
    lines.slice(0, 2).map((line) => line.trim()).join(" "),
    obstacle.trim(),
  );
  assert(lines.every((line) => line.length <= 80));
});

Deno.test("drawMaps() keeps within the columns, with and without colours", () => {
  const wide = map({
    ...small(),
    drives: [drive(0, { device: `/dev/tape/by-id/${"x".repeat(90)}` })],
    requests: [request({ message: "long ".repeat(40) })],
  }, { name: "磁带库".repeat(30), device: "virtual:".repeat(30) });
  for (const columns of [60, 80, 132]) {
    for (const style of [PLAIN, COLOURED]) {
      const text = drawMaps([small(), wide], { ...LAYOUT, columns, style });
      for (const line of text.split("\n")) {
        assert(displayWidth(line) <= columns, line);
      }
    }
  }
});

Deno.test("drawMaps() cuts nothing where the reader is no terminal", () => {
  const device = `/dev/tape/by-id/${"x".repeat(90)}`;
  const text = drawMaps([map({ drives: [drive(0, { device })] })], {
    ...LAYOUT,
    whole: true,
  });
  assert(text.includes(device));
});

Deno.test("drawMaps() draws 10,000 slots in few lines, alike ones together", () => {
  const parts = shelf(10_000, (number) => {
    if (number > 9_000) return null;
    return number % 1_000 === 7 ? "allocated" : "available";
  });
  const lines = drawMaps([map(parts)], LAYOUT).split("\n");
  assert(lines.length < 40, `${lines.length} lines`);
  assertEquals(lines.slice(4, 9), [
    "           1-50  oooooo*ooo oooooooooo oooooooooo oooooooooo oooooooooo",
    "       51-1,000  o all available",
    "    1,001-1,050  oooooo*ooo oooooooooo oooooooooo oooooooooo oooooooooo",
    "    1,051-2,000  o all available",
    "    2,001-2,050  oooooo*ooo oooooooooo oooooooooo oooooooooo oooooooooo",
  ]);
});

Deno.test("drawMaps() with all shows every slot with its bar code", () => {
  const parts = shelf(1_000, (number) => number > 500 ? null : "available");
  const text = drawMaps([map(parts)], { ...LAYOUT, all: true });
  for (const number of [1, 250, 500]) {
    assert(text.includes(`ABC${String(number).padStart(3, "0")}L6`));
  }
  assert(text.includes(" 999 ."));
});

Deno.test("drawMaps() condenses a run of empty slots among few cartridges", () => {
  const parts = shelf(500, (number) => number % 250 === 1 ? "import" : null);
  assertEquals(drawMaps([map(parts)], LAYOUT).split("\n").slice(4, 9), [
    "    1 i ABC001L6",
    "      . 2-250 empty",
    "  251 i ABC251L6",
    "      . 252-500 empty",
    "  i to be imported   . empty",
  ]);
});

Deno.test("drawMaps() shows what is wrong", () => {
  const parts = shelf(1, () => "available");
  const text = drawMaps([
    map({
      ...parts,
      drives: [
        drive(0, { operationalState: "needsService" }),
        drive(1, { enabled: false }),
        drive(2, { operationalState: "notPresent" }),
      ],
    }, { operationalState: "notPresent" }),
  ], LAYOUT);
  for (
    const words of [
      "demo  not present",
      "needs service",
      "disabled",
    ]
  ) assert(text.includes(words), words);
});

Deno.test("drawMaps() tells the state of each slot by a sign of its own", () => {
  const states = [
    "allocated",
    "complete",
    "reserved",
    "available",
    "unprepared",
    "import",
    "foreign",
    "unknown",
    "incompatible",
    "decommissioned",
  ] as const;
  const cartridges = states.map((state, index) => cartridge(index + 1, state));
  const slots = [
    ...states.map((_, index) => slot(index + 1, { state: "full" })),
    slot(11, { state: "notPresent" }),
    slot(12, { state: "needsInventory" }),
    slot(13, { enabled: false }),
    slot(14, { state: "full" }),
    slot(15),
    slot(16, { state: "full" }),
  ];
  const unlabelled = cartridge(14, "available", {
    barCodeState: "unreadable",
    barCode: "",
    name: "00042",
  });
  const refused = cartridge(16, "available", { state: "operationError" });
  const text = drawMaps([
    map({ slots, cartridges: [...cartridges, unlabelled, refused] }),
  ], LAYOUT);
  const signs = Array.from(
    text.matchAll(/(\d+) ([^\d\s])(?= ABC| 0|\s*$|\s{3})/gm),
    ([, number, sign]) => `${number}${sign}`,
  );
  assertEquals(signs, [
    "1*",
    "2c",
    "3*",
    "4o",
    "5u",
    "6i",
    "7?",
    "8?",
    "9x",
    "10d",
    "11-",
    "12?",
    "13!",
    "14!",
    "15.",
    "16!",
  ]);
  assert(text.includes("00042"), "an unlabelled cartridge shows its name");
});

Deno.test("drawMaps() says so when there is no library", () => {
  assertEquals(drawMaps([], LAYOUT), "No library");
});

Deno.test("drawMaps() tells of drives that failed, and that one is out of service", () => {
  const failures = {
    inARow: 3,
    lastFailed: new Date(NOW),
    reason: "drive failed to load",
    outOfService: true,
  };
  const drawn = drawMaps([map({
    drives: [
      drive(0, { enabled: false, failures }),
      drive(1, { failures: { ...failures, inARow: 1, outOfService: false } }),
      drive(2, { failures: { ...failures, inARow: 0, outOfService: false } }),
    ],
  })], LAYOUT).split("\n");
  const told = drawn.filter((line) => line.includes("failed to load"));
  assertEquals(told, [
    "  Drive 0: out of service: drive failed to load",
    "  Drive 1: 1 failure in a row: drive failed to load",
  ]);
  assert(drawn.some((line) => /^ +0 +out of service/.test(line)));
});
