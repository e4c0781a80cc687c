import { assertEquals } from "@std/assert";
import {
  decide,
  nextLook,
  type Work,
} from "../../../src/manager/scheduling/mod.ts";
import {
  AGEING_LIMIT_MS,
  drive,
  medium,
  mount,
  NOW,
  outcome,
  outcomes,
  situation,
} from "./fixture.ts";

const COMMON = {
  submitted: NOW,
  priority: 0,
  order: 0,
  owner: "somebody",
} as const;

function transfer(cartridgeId: string, fromPort = false, arrival = 0): Work {
  return { ...COMMON, kind: "transfer", cartridgeId, fromPort, arrival };
}

Deno.test("documented kinds go in their order, then priority, order number and arrival", () => {
  const works: Work[] = [
    mount(["a"], { arrival: 1 }),
    mount(["b"], { arrival: 2, priority: 7 }),
    mount(["c"], { arrival: 0 }),
    mount(["d"], { arrival: 6, order: 1 }),
    { ...COMMON, kind: "dismount", cartridgeId: "x", driveId: "1", arrival: 5 },
    transfer("y", false, 7),
  ];
  const drives = ["1", "2", "3", "4", "5"].map((id) => drive(id));
  const decided = decide(works, situation(drives));
  assertEquals(decided.map(({ work }) => work.arrival), [7, 5, 2, 6, 0, 1]);
});

Deno.test("an inventory or a door waits for the robot to finish, and nothing starts before it or beside it", () => {
  for (const kind of ["inventory", "door"] as const) {
    const alone: Work = { ...COMMON, kind, arrival: 9 };
    const works = [mount(["a"]), alone];
    const drives = [drive("1")];
    assertEquals(
      outcomes(works, situation(drives, { working: true })),
      [undefined, "the robot to finish"],
    );
    assertEquals(outcomes(works, situation(drives)), [undefined, []]);
  }
});

Deno.test("nothing but an inventory starts in a library that is frozen", () => {
  const state = situation([drive("1")], { frozen: "an inventory" });
  assertEquals(outcome(mount(["a"]), state), "an inventory");
  assertEquals(
    outcome({ ...COMMON, kind: "inventory", arrival: 0 }, state),
    [],
  );
});

Deno.test("a medium already in a drive is used where it is", () => {
  const state = situation([
    drive("empty"),
    drive("holds", { cartridgeId: "a", evictableFrom: NOW + 99_999 }),
  ]);
  assertEquals(outcome(mount(["a"]), state), ["holds"]);
});

Deno.test("an empty drive is better than one that has to be emptied", () => {
  const state = situation([
    drive("full", { cartridgeId: "x", evictableFrom: 0 }),
    drive("empty"),
  ]);
  assertEquals(outcome(mount(["a"]), state), ["empty"]);
});

Deno.test("of media left in drives the one left longest goes, but one that a mount waits for stays", () => {
  const drives = [
    drive("later", { cartridgeId: "x", evictableFrom: 900 }),
    drive("sooner", { cartridgeId: "y", evictableFrom: 100 }),
  ];
  assertEquals(outcome(mount(["a"]), situation(drives)), ["sooner"]);
  const waits = mount([medium("y", { online: false })], { priority: -1 });
  assertEquals(
    outcomes([mount(["a"]), waits], situation(drives))[0],
    ["later"],
  );
});

Deno.test("of equal drives the one goes that takes the fewest types", () => {
  const state = situation([
    drive("new", { mediaTypes: new Set(["lto", "lto2"]) }),
    drive("old"),
  ]);
  assertEquals(outcome(mount(["a"]), state), ["old"]);
});

Deno.test("before its delay ends a medium goes only for equal or higher priority", () => {
  const left = drive("left", {
    cartridgeId: "x",
    evictableFrom: NOW + 2000,
    unloaded: false,
    leftPriority: 5,
  });
  assertEquals(outcome(mount(["a"], { priority: 5 }), situation([left])), [
    "left",
  ]);
  assertEquals(
    outcome(mount(["a"], { priority: 4 }), situation([left])),
    "a drive for a",
  );
});

Deno.test("a drive that does not take the media type, does not write it, is mounted, busy, disabled or not there is not chosen", () => {
  for (
    const bad of [
      drive("d", { writableTypes: new Set(["dlt"]) }),
      drive("d", { holder: "another", cartridgeId: "x", evictableFrom: 0 }),
      drive("d", { busy: true }),
      drive("d", { enabled: false }),
      drive("d", { present: false }),
      drive("d", { cartridgeId: "x" }),
    ]
  ) {
    assertEquals(
      outcome(mount([medium("a", { write: true })]), situation([bad])),
      "a drive for a",
    );
  }
  const other = drive("d", { mediaTypes: new Set(["dlt"]) });
  assertEquals(outcome(mount(["a"]), situation([other])), "a drive for a");
});

Deno.test("a medium in use, about to be had by a person, or out of the library is waited for", () => {
  const drives = [drive("d")];
  const busy = situation(drives, { busyCartridges: new Set(["a"]) });
  assertEquals(outcome(mount(["a"]), busy), "a, which is in use");
  const held = situation(drives, { heldCartridges: new Set(["a"]) });
  assertEquals(outcome(mount(["a"]), held), "a, which is in use");
  assertEquals(outcome(transfer("a"), held), []);
  assertEquals(outcome(transfer("a"), busy), "the cartridge, which is in use");
  const gone = medium("a", { online: false });
  const offline = mount([gone]);
  const [decision] = decide([offline], situation(drives));
  assertEquals(decision?.verdict, {
    start: false,
    waitsFor: "the operator to bring a",
    offline: gone,
  });
});

Deno.test("a transfer into the library has nothing left to do for what was mounted out of its port", () => {
  const state = situation(
    [drive("d", { cartridgeId: "a", holder: "somebody" })],
    { busyCartridges: new Set(["a"]) },
  );
  assertEquals(outcome(transfer("a", true), state), []);
  assertEquals(
    outcome(transfer("a", false), state),
    "the cartridge, which is in use",
  );
});

Deno.test("a medium that the caller holds keeps its drive", () => {
  const state = situation(
    [drive("d", { cartridgeId: "a", holder: "somebody" })],
    { busyCartridges: new Set(["a"]) },
  );
  const work = mount([medium("a", { heldDriveId: "d" })]);
  assertEquals(outcome(work, state), ["d"]);
});

Deno.test("media of one call that fit only some drives get them, whatever they are called in", () => {
  const state = situation([
    drive("both", { mediaTypes: new Set(["lto", "lto2"]) }),
    drive("lto"),
  ]);
  const old = medium("a");
  const young = medium("b", { mediaTypeId: "lto2" });
  assertEquals(outcome(mount([old, young]), state), ["lto", "both"]);
  assertEquals(outcome(mount([young, old]), state), ["both", "lto"]);
});

Deno.test("one pass gives a drive or a cartridge to one mount", () => {
  const [first, second, third] = outcomes([
    mount(["a"], { arrival: 1 }),
    mount(["b"], { arrival: 2 }),
    mount(["a"], { arrival: 3 }),
  ], situation([drive("1"), drive("2")]));
  assertEquals([first, second], [["1"], ["2"]]);
  assertEquals(third, "a, which is in use");
});

Deno.test("what a dismount is about is not mounted beside it, although its drive does not hold it any more", () => {
  const dismount: Work = {
    ...COMMON,
    kind: "dismount",
    cartridgeId: "a",
    driveId: "1",
    arrival: 0,
  };
  assertEquals(
    outcomes(
      [dismount, mount(["a"], { arrival: 1 })],
      situation([drive("1"), drive("2")]),
    ),
    [["1"], "a, which is in use"],
  );
});

Deno.test("a cartridge left in a drive is mounted there before others need the drive", () => {
  const drives = [drive("d", { cartridgeId: "b", evictableFrom: 0 })];
  assertEquals(
    outcomes([
      mount(["a"], { arrival: 1 }),
      mount(["b"], { arrival: 2 }),
    ], situation(drives)),
    ["a drive for a", ["d"]],
  );
});

Deno.test("who has fewer drives goes before who has more", () => {
  const drives = [drive("d"), drive("in use", { holder: "busy one" })];
  assertEquals(
    outcomes([
      mount(["a"], { arrival: 1, owner: "busy one" }),
      mount(["b"], { arrival: 2, owner: "another" }),
    ], situation(drives)),
    ["a drive for a", ["d"]],
  );
});

Deno.test("the cartridge nearest to where the arm puts the last one goes first", () => {
  const drives = [
    drive("d", { cartridgeId: "x", evictableFrom: 0, homePosition: 500 }),
  ];
  assertEquals(
    outcomes([
      mount([medium("far", { position: 40 })], { arrival: 1 }),
      mount([medium("near", { position: 498 })], { arrival: 2 }),
    ], situation(drives)),
    ["a drive for far", ["d"]],
  );
});

Deno.test("a mount that is due is overtaken by none that needs the arm, and at last by none", () => {
  const drives = [
    drive("d", { cartridgeId: "x", evictableFrom: 0, homePosition: 500 }),
  ];
  const far = medium("far", { position: 40 });
  const near = mount([medium("near", { position: 498 })], { arrival: 2 });
  const inPlace = mount(["x"], { arrival: 3 });
  const due = mount([far], { submitted: NOW - AGEING_LIMIT_MS / 2 });
  assertEquals(outcomes([due, near], situation(drives))[0], ["d"]);
  assertEquals(outcomes([due, inPlace], situation(drives))[1], ["d"]);
  const overdue = mount([far], { submitted: NOW - AGEING_LIMIT_MS * 3 / 4 });
  assertEquals(outcomes([overdue, inPlace], situation(drives))[0], ["d"]);
});

Deno.test("a mount of several keeps what is free from those of lower rank while it waits for the rest", () => {
  const drives = [
    drive("free"),
    drive("in use", { holder: "another", cartridgeId: "x", heldSince: NOW }),
  ];
  const several = mount(["a", "b"], { priority: 1 });
  const one = mount(["c"], { arrival: 1 });
  const same = mount(["c"], { arrival: 1, priority: 1 });
  assertEquals(outcomes([several, one], situation(drives)), [
    "a drive for a",
    "a drive for c",
  ]);
  // Of one rank it keeps them when it is due.
  assertEquals(outcomes([several, same], situation(drives))[1], ["free"]);
  const due = { ...several, submitted: NOW - AGEING_LIMIT_MS / 2 };
  assertEquals(outcomes([due, same], situation(drives))[1], "a drive for c");
});

Deno.test("what is kept for a mount of several is its cartridges, too", () => {
  const drives = [
    drive("1"),
    drive("2"),
    drive("in use", { holder: "another", cartridgeId: "b", heldSince: NOW }),
  ];
  const state = situation(drives, { busyCartridges: new Set(["b"]) });
  const several = mount(["a", "b"], { priority: 1 });
  assertEquals(outcomes([several, mount(["a"], { arrival: 1 })], state), [
    "b, which is in use",
    "a, which a request before it waits for",
  ]);
});

Deno.test("nothing is kept for what cannot come about, nor from who has waited long with a drive in hand", () => {
  const several = mount(["a", "b"], { priority: 1 });
  const one = mount(["c"], { arrival: 1, owner: "another" });
  const disabled = [drive("free"), drive("off", { enabled: false })];
  assertEquals(outcomes([several, one], situation(disabled))[1], ["free"]);
  const offline = mount([medium("a", { online: false }), "b"], { priority: 1 });
  assertEquals(
    outcomes([offline, one], situation([drive("1"), drive("2")]))[1],
    ["1"],
  );
  const long = [
    drive("free"),
    drive("in use", { holder: "another", cartridgeId: "x", heldSince: 0 }),
  ];
  assertEquals(outcomes([several, one], situation(long))[1], ["free"]);
});

Deno.test("nextLook() tells when a medium may go and when what is kept is given free", () => {
  const left = drive("left", { cartridgeId: "x", evictableFrom: NOW + 70_000 });
  const held = drive("held", { holder: "another", heldSince: NOW - 10_000 });
  const waits = mount(["c"], { owner: "another" });
  assertEquals(nextLook([waits], situation([left])), NOW + 70_000);
  assertEquals(nextLook([waits], situation([left, held])), NOW + 40_000);
  assertEquals(nextLook([mount(["c"])], situation([held])), null);
});
