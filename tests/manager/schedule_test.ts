import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  compareWork,
  type DriveSituation,
  judge,
  type Situation,
  type WantedMedium,
  type Work,
} from "../../src/manager/schedule.ts";

function drive(id: string, more: Partial<DriveSituation> = {}): DriveSituation {
  return {
    id,
    name: id,
    number: 0,
    usable: true,
    enabled: true,
    cartridgeId: null,
    mounted: false,
    evictableFrom: null,
    leftPriority: 0,
    mediaTypes: new Set(["lto"]),
    writableTypes: new Set(["lto"]),
    ...more,
  };
}

function medium(
  cartridgeId: string,
  more: Partial<WantedMedium> = {},
): WantedMedium {
  return {
    cartridgeId,
    mediaTypeId: "lto",
    label: cartridgeId,
    driveId: null,
    heldDriveId: null,
    online: true,
    write: false,
    ...more,
  };
}

function mount(media: WantedMedium[], priority = 0, arrival = 0): Work {
  return { kind: "mount", media, priority, arrival };
}

function situation(drives: DriveSituation[], busy: string[] = []): Situation {
  return { now: 1000, drives, busyCartridges: new Set(busy), working: false };
}

function drivesOf(work: Work, state: Situation) {
  const verdict = judge(work, state);
  return verdict.start ? verdict.driveIds : verdict.waitsFor;
}

Deno.test("inventory goes before dismount before mount, then priority, then arrival", () => {
  const dismount: Work = {
    kind: "dismount",
    cartridgeId: "x",
    driveId: "d",
    priority: 0,
    arrival: 5,
  };
  const work = [
    mount([], 0, 1),
    mount([], 7, 2),
    mount([], 0, 0),
    dismount,
    { kind: "inventory", priority: 0, arrival: 9 } as const,
  ];
  assertEquals(
    work.toSorted(compareWork).map(({ arrival }) => arrival),
    [9, 5, 2, 0, 1],
  );
});

Deno.test("a medium already in a drive is used where it is", () => {
  const state = situation([
    drive("empty"),
    drive("holds", { cartridgeId: "a", evictableFrom: 99_999 }),
  ]);
  assertEquals(drivesOf(mount([medium("a")]), state), ["holds"]);
});

Deno.test("an empty drive is better than one that has to be emptied", () => {
  const state = situation([
    drive("full", { cartridgeId: "x", evictableFrom: 0 }),
    drive("empty"),
  ]);
  assertEquals(drivesOf(mount([medium("a")]), state), ["empty"]);
});

Deno.test("of media left in drives the one left longest goes", () => {
  const state = situation([
    drive("later", { cartridgeId: "x", evictableFrom: 900 }),
    drive("sooner", { cartridgeId: "y", evictableFrom: 100 }),
  ]);
  assertEquals(drivesOf(mount([medium("a")]), state), ["sooner"]);
});

Deno.test("before its delay ends a medium goes only for equal or higher priority", () => {
  const left = drive("left", {
    cartridgeId: "x",
    evictableFrom: 2000,
    leftPriority: 5,
  });
  assertEquals(drivesOf(mount([medium("a")], 5), situation([left])), ["left"]);
  assertEquals(
    drivesOf(mount([medium("a")], 4), situation([left])),
    "a drive for a",
  );
});

Deno.test("a drive that does not take the media type, is mounted or out of use is not chosen", () => {
  for (
    const bad of [
      drive("d", { mediaTypes: new Set(["dlt"]) }),
      drive("d", { mounted: true, cartridgeId: "x" }),
      drive("d", { usable: false }),
    ]
  ) {
    assertEquals(
      drivesOf(mount([medium("a")]), situation([bad])),
      "a drive for a",
    );
  }
});

Deno.test("a medium in use, or out of the library, is waited for", () => {
  assertEquals(
    drivesOf(mount([medium("a")]), situation([drive("d")], ["a"])),
    "a, which is in use",
  );
  assertEquals(
    drivesOf(mount([medium("a", { online: false })]), situation([drive("d")])),
    "the operator to bring a",
  );
});

Deno.test("a medium that the caller holds keeps its drive", () => {
  const state = situation(
    [drive("d", { cartridgeId: "a", mounted: true })],
    ["a"],
  );
  assertEquals(drivesOf(mount([medium("a", { heldDriveId: "d" })]), state), [
    "d",
  ]);
});

Deno.test("one medium of a call does not push another of it out of its drive", () => {
  const state = situation([
    drive("holds b", { cartridgeId: "b", evictableFrom: 0 }),
    drive("empty"),
  ]);
  assertEquals(
    drivesOf(mount([medium("a"), medium("b")]), state),
    ["empty", "holds b"],
  );
});

Deno.test("an inventory waits until the robot rests", () => {
  const inventory: Work = { kind: "inventory", priority: 0, arrival: 0 };
  assert(!judge(inventory, { ...situation([]), working: true }).start);
  assert(judge(inventory, situation([])).start);
});

Deno.test("a mount that starts has a drive of its own for each medium, and never one in use", () => {
  const driveArbitrary = fc.record({
    cartridgeId: fc.option(fc.constantFrom("a", "b", "c", "x", "y")),
    mounted: fc.boolean(),
    usable: fc.boolean(),
    enabled: fc.boolean(),
    evictableFrom: fc.option(fc.integer({ min: 0, max: 2000 })),
    leftPriority: fc.integer({ min: -15, max: 15 }),
  });
  fc.assert(fc.property(
    fc.uniqueArray(driveArbitrary, {
      maxLength: 6,
      selector: ({ cartridgeId }) => cartridgeId ?? Symbol(),
    }),
    fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 }),
    fc.integer({ min: -15, max: 15 }),
    (rows, wanted, priority) => {
      const drives = rows.map((row, index) => drive(`d${index}`, row));
      const verdict = judge(
        mount(wanted.map((id) => medium(id)), priority),
        situation(drives),
      );
      if (!verdict.start) return;
      assertEquals(verdict.driveIds.length, wanted.length);
      assertEquals(new Set(verdict.driveIds).size, wanted.length);
      for (const [index, id] of verdict.driveIds.entries()) {
        const chosen = drives.find((one) => one.id === id);
        assert(chosen?.usable && chosen.enabled && !chosen.mounted);
        const holds = chosen.cartridgeId;
        assert(
          holds === null || holds === wanted[index] ||
            chosen.evictableFrom !== null,
        );
      }
    },
  ));
});

Deno.test("a medium to be written goes to a drive that writes its type, and else to any that reads it", () => {
  const state = situation([
    drive("reads", { writableTypes: new Set() }),
    drive("writes"),
  ]);
  assertEquals(drivesOf(mount([medium("a")]), state), ["reads"]);
  assertEquals(drivesOf(mount([medium("a", { write: true })]), state), [
    "writes",
  ]);
});
