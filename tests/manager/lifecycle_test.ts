import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  nextSideState,
  SIDE_TRANSITIONS,
  type SideEvent,
} from "../../src/manager/lifecycle.ts";
import { checkMove, type PoolFacts } from "../../src/manager/pool_rules.ts";
import {
  NtmsError,
  POOL_KINDS,
  type PoolKind,
  SIDE_STATES,
  type SideState,
} from "../../src/model/mod.ts";

/** Sides that nobody owns: what they are, their labels say. */
const UNOWNED = ["unknown", "foreign", "import", "available", "unprepared"];

/** The documented life of a side, as far as calls lead through it. */
const DOCUMENTED: Readonly<Record<SideEvent, readonly string[]>> = {
  allocate: [
    "available > allocated",
    "import > allocated",
    "reserved > allocated",
  ],
  reserve: ["available > reserved"],
  release: ["reserved > available"],
  complete: ["allocated > complete"],
  deallocate: ["allocated > available", "complete > available"],
  "wear out": ["allocated > decommissioned", "complete > decommissioned"],
  decommission: ["available > decommissioned"],
  free: [
    "available > unprepared",
    "foreign > unprepared",
    "import > unprepared",
    "unprepared > unprepared",
  ],
  label: ["unprepared > available"],
  "find import": UNOWNED.map((state) => `${state} > import`),
  "find foreign": UNOWNED.map((state) => `${state} > foreign`),
  "find free": UNOWNED.map((state) => `${state} > available`),
};

function isState(text: string): text is SideState {
  return Object.hasOwn(SIDE_STATES, text);
}

function isEvent(text: string): text is SideEvent {
  return Object.hasOwn(DOCUMENTED, text);
}

const STATES = Object.keys(SIDE_STATES).filter(isState);
const EVENTS = Object.keys(DOCUMENTED).filter(isEvent);

/** The state after an event; null where it cannot happen. */
function after(state: SideState, event: SideEvent): SideState | null {
  try {
    return nextSideState(state, event);
  } catch (error) {
    if (error instanceof NtmsError) return null;
    throw error;
  }
}

Deno.test("each event leads from the documented states to the documented ones, and from no other", () => {
  assertEquals(Object.keys(SIDE_TRANSITIONS).sort(), [...EVENTS].sort());
  for (const event of EVENTS) {
    const found = STATES.flatMap((state) => {
      const next = after(state, event);
      return next === null ? [] : [`${state} > ${next}`];
    });
    assertEquals(found.sort(), [...DOCUMENTED[event]].sort(), event);
  }
});

Deno.test("no sequence of events brings back a decommissioned side, or has one allocated that was not available, reserved or to be imported", () => {
  fc.assert(fc.property(
    fc.constantFrom(...STATES),
    fc.array(fc.constantFrom(...EVENTS)),
    (start, sequence) => {
      let state = start;
      for (const event of sequence) {
        const next = after(state, event);
        if (next === null) continue;
        assertEquals(state === "decommissioned", false);
        if (next === "allocated") {
          assertEquals(
            ["available", "reserved", "import"].includes(state),
            true,
          );
        }
        state = next;
      }
    },
  ));
});

Deno.test("whatever moves to another pool fits it, is nobody's where it is free, and comes from where it may", () => {
  const isKind = (text: string): text is PoolKind =>
    Object.hasOwn(POOL_KINDS, text);
  const pool = fc.record({
    id: fc.constantFrom("a", "b"),
    kind: fc.constantFrom(...Object.keys(POOL_KINDS).filter(isKind)),
    path: fc.constant("\\P"),
    mediaTypeId: fc.constantFrom("lto", "dlt", null),
  });
  const facts = fc.record({
    cartridge: fc.constant({ name: "A", mediaTypeId: "lto" }),
    sides: fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 2 }),
    inUse: fc.boolean(),
    // The root pool holds pools.
    source: pool.filter(({ kind }) => kind !== "root"),
    target: pool,
  });
  const open = (kind: PoolKind) => kind === "free" || kind === "application";
  let moved = 0;
  fc.assert(
    fc.property(facts, ({ inUse, sides, source, target, cartridge }) => {
      try {
        checkMove({ cartridge, inUse, sides, source, target });
      } catch (error) {
        if (error instanceof NtmsError) return;
        throw error;
      }
      moved++;
      assertEquals(inUse, false);
      assertEquals(target.mediaTypeId, "lto");
      assertEquals(["root", "unrecognized"].includes(target.kind), false);
      if (target.kind === "free") {
        for (const state of sides) nextSideState(state, "free");
      } else if (source.id !== target.id) {
        assertEquals(open(source.kind), true);
      }
    }),
    { numRuns: 2_000 },
  );
  assertEquals(moved > 0, true);
});

Deno.test("a cartridge stays in its own import pool, and comes to another only while all of it is to be imported", () => {
  const at = (kind: PoolKind, id: string): PoolFacts => ({
    id,
    kind,
    path: `\\${id}`,
    mediaTypeId: "lto",
  });
  const move = (sides: readonly SideState[], source: PoolFacts) => {
    try {
      checkMove({
        cartridge: { name: "A", mediaTypeId: "lto" },
        inUse: false,
        sides,
        source,
        target: at("import", "i"),
      });
      return "moved";
    } catch (error) {
      return error instanceof NtmsError ? error.code : `${error}`;
    }
  };
  const own = at("import", "i");
  const application = at("application", "p");
  assertEquals(move(["import", "allocated"], own), "moved");
  assertEquals(move(["import", "import"], application), "moved");
  assertEquals(
    move(["import", "allocated"], application),
    "ERROR_INVALID_MEDIA_POOL",
  );
});
