/** What follows from a label: the rules by themselves. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type FoundLabel,
  judgeLabel,
  type KnownSide,
  type LabelOwner,
  type SideLabel,
} from "../../src/manager/label_rules.ts";
import { SIDE_STATES, type SideState } from "../../src/model/mod.ts";

const FREE = "RSM free medium";
const NONE: SideLabel = { type: "", id: "", info: "" };
const MINE: SideLabel = { type: "ANSI", id: "4d494e45", info: "Volume MINE" };
const OTHER: SideLabel = { type: "ANSI", id: "4f54", info: "Volume OT" };
const FREE_ONE: SideLabel = { type: FREE, id: "01", info: "Free" };
const FREE_TWO: SideLabel = { type: FREE, id: "02", info: "Free" };

function side(
  state: SideState,
  label: SideLabel = NONE,
  binds = false,
): KnownSide {
  return { state, label, binds };
}

function found(label: SideLabel, failed: readonly string[] = []): FoundLabel {
  const status = label.type === ""
    ? "unknown"
    : label.id === ""
    ? "recognized"
    : "claimed";
  return { status, label, isFree: label.type === FREE, failed };
}

function judge(
  known: KnownSide,
  label: FoundLabel,
  owner: LabelOwner | null = null,
): string {
  const verdict = judgeLabel(known, label, owner, FREE);
  if (verdict.kind === "enter") return `enter ${verdict.nature}`;
  if (verdict.kind !== "keep") return verdict.kind;
  return verdict.label === null ? "keep none" : `keep ${verdict.label.id}`;
}

const TAR: SideLabel = { type: "tar", id: "", info: "tar" };

Deno.test("a medium that nobody owns is what its label says", () => {
  for (const state of ["unknown", "foreign", "import"] as const) {
    assertEquals(judge(side(state), found(MINE)), "enter import");
    assertEquals(judge(side(state), found(TAR)), "enter import");
    assertEquals(judge(side(state), found(NONE)), "enter foreign");
    assertEquals(judge(side(state), found(FREE_ONE)), "enter free");
  }
  assertEquals(judge(side("import", MINE), found(MINE)), "same");
});

Deno.test("a medium with an owner keeps him, and the label that was there before is his to write over", () => {
  for (const state of ["allocated", "complete", "reserved"] as const) {
    assertEquals(judge(side(state, FREE_ONE), found(NONE)), "keep none");
    assertEquals(judge(side(state, FREE_ONE), found(MINE)), "keep 4d494e45");
    assertEquals(judge(side(state, FREE_ONE), found(FREE_ONE)), "same");
    assertEquals(judge(side(state, FREE_ONE), found(FREE_TWO)), "clash");
    assertEquals(judge(side(state, MINE, true), found(OTHER)), "clash");
    assertEquals(judge(side(state, MINE, true), found(NONE)), "clash");
    assertEquals(judge(side(state, MINE, true), found(MINE)), "same");
  }
});

Deno.test("a medium that is free by its label is not free any more when another one is on it", () => {
  assertEquals(
    judge(side("available", FREE_ONE), found(NONE)),
    "enter foreign",
  );
  assertEquals(judge(side("available", FREE_ONE), found(MINE)), "enter import");
  assertEquals(judge(side("unprepared", MINE), found(OTHER)), "enter import");
  assertEquals(judge(side("unprepared"), found(FREE_ONE)), "enter free");
  // By its bar code, or because its owner gave it back as it was.
  assertEquals(judge(side("available"), found(MINE)), "keep 4d494e45");
  assertEquals(judge(side("unprepared"), found(MINE)), "keep 4d494e45");
});

Deno.test("the label of another medium is that medium where it was missing, and a clash where it is elsewhere", () => {
  const missing = { isElsewhere: false, placesAreGuesses: false };
  const elsewhere = { isElsewhere: true, placesAreGuesses: false };
  const guessed = { isElsewhere: true, placesAreGuesses: true };
  assertEquals(judge(side("foreign"), found(MINE), missing), "known");
  assertEquals(judge(side("foreign"), found(MINE), elsewhere), "clash");
  assertEquals(judge(side("allocated"), found(MINE), missing), "clash");
  assertEquals(judge(side("allocated"), found(MINE), guessed), "exchanged");
});

Deno.test("nothing follows for a medium with a label while a label library fails", () => {
  const failing = found(NONE, ["ACME"]);
  assertEquals(judge(side("allocated", MINE, true), failing), "doubt");
  assertEquals(judge(side("available", FREE_ONE), failing), "doubt");
  assertEquals(judge(side("foreign"), failing), "enter foreign");
  assertEquals(
    judge(side("allocated", MINE, true), found(MINE, ["ACME"])),
    "same",
  );
});

Deno.test("whatever is on a medium, no owner loses it, and none is free but by our own label", () => {
  const isState = (text: string): text is SideState =>
    Object.hasOwn(SIDE_STATES, text);
  const states = Object.keys(SIDE_STATES).filter(isState);
  const labels = fc.constantFrom(NONE, MINE, OTHER, FREE_ONE, FREE_TWO, TAR);
  const owners: fc.Arbitrary<LabelOwner | null> = fc.option(
    fc.record({ isElsewhere: fc.boolean(), placesAreGuesses: fc.boolean() }),
  );
  const owned = ["allocated", "complete", "reserved", "decommissioned"];
  let entered = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...states),
      labels,
      fc.boolean(),
      labels,
      owners,
      (state, label, binds, onMedium, owner) => {
        const read = found(onMedium);
        const verdict = judgeLabel(
          side(state, label, binds),
          read,
          owner,
          FREE,
        );
        if (verdict.kind === "enter") {
          entered++;
          assertEquals(owned.includes(state), false);
          assertEquals(verdict.nature === "free", read.isFree);
        }
        if (verdict.kind === "known") {
          assert(["unknown", "foreign", "import"].includes(state));
        }
        // What its owner told of is there, or it is not handed out.
        if (owned.includes(state) && binds && label.id !== "") {
          const same = label.id === onMedium.id && label.type === onMedium.type;
          assertEquals(verdict.kind === "same", same);
          assertEquals(verdict.kind === "keep", false);
        }
      },
    ),
    { numRuns: 2_000 },
  );
  assert(entered > 0);
});
