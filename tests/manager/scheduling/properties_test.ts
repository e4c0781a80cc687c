import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  decide,
  type DriveSituation,
  type MountWork,
  type Situation,
} from "../../../src/manager/scheduling/mod.ts";
import { LIMITS } from "../../../src/model/mod.ts";
import { drive, medium, mount, NOW, situation } from "./fixture.ts";
import { type Asked, runLibrary } from "./library_run.ts";

const CARTRIDGES = ["a", "b", "c", "d", "e"];

const anyDrive = fc.record({
  cartridgeId: fc.constantFrom(null, ...CARTRIDGES),
  isHeld: fc.boolean(),
  busy: fc.boolean(),
  enabled: fc.boolean(),
  evictableFrom: fc.constantFrom(null, NOW - 5, NOW + 5),
  unloaded: fc.boolean(),
  leftPriority: fc.integer({ min: -1, max: 1 }),
  types: fc.constantFrom(["lto"], ["lto", "lto2"]),
});

const anyMount = fc.record({
  cartridges: fc.uniqueArray(fc.constantFrom(...CARTRIDGES), {
    minLength: 1,
    maxLength: 3,
  }),
  type: fc.constantFrom("lto", "lto2"),
  driveId: fc.constantFrom(null, null, "drive 0"),
  priority: fc.integer({ min: -1, max: 1 }),
  age: fc.integer({ min: 0, max: 100_000 }),
  owner: fc.constantFrom("one", "two"),
});

const anySituation = fc.record({
  drives: fc.array(anyDrive, { maxLength: 4 }),
  mounts: fc.array(anyMount, { maxLength: 8 }),
}).map(({ drives, mounts }) => {
  const seen = new Set<string>();
  const list = drives.map((one, index): DriveSituation => {
    // A cartridge is in one drive.
    const cartridgeId = seen.has(one.cartridgeId ?? "")
      ? null
      : one.cartridgeId;
    if (cartridgeId !== null) seen.add(cartridgeId);
    return drive(`drive ${index}`, {
      cartridgeId,
      busy: one.busy,
      enabled: one.enabled,
      holder: cartridgeId !== null && one.isHeld ? "one" : null,
      evictableFrom: cartridgeId === null || one.isHeld
        ? null
        : one.evictableFrom,
      unloaded: one.unloaded,
      leftPriority: one.leftPriority,
      mediaTypes: new Set(one.types),
      writableTypes: new Set(one.types),
    });
  });
  const works = mounts.map((one, arrival) =>
    mount(
      one.cartridges.map((cartridgeId, index) =>
        medium(cartridgeId, {
          mediaTypeId: one.type,
          driveId: index === 0 ? one.driveId : null,
        })
      ),
      {
        arrival,
        priority: one.priority,
        submitted: NOW - one.age,
        owner: one.owner,
      },
    )
  );
  const busyCartridges = new Set(
    list.flatMap(({ cartridgeId, holder, busy }) =>
      cartridgeId !== null && (holder !== null || busy) ? cartridgeId : []
    ),
  );
  return { works, state: situation(list, { busyCartridges }) };
});

function started(works: readonly MountWork[], state: Situation) {
  return decide(works, state).flatMap(({ work, verdict }) =>
    verdict.start && work.kind === "mount"
      ? { work, driveIds: verdict.driveIds }
      : []
  );
}

Deno.test("each mount that starts gets free drives that fit, one a medium, and shares nothing with another", () => {
  fc.assert(fc.property(anySituation, ({ works, state }) => {
    const starts = started(works, state);
    const driveIds = starts.flatMap((start) => start.driveIds);
    assertEquals(new Set(driveIds).size, driveIds.length);
    const cartridges = starts.flatMap(({ work }) =>
      work.media.map(({ cartridgeId }) => cartridgeId)
    );
    assertEquals(new Set(cartridges).size, cartridges.length);
    for (const { work, driveIds } of starts) {
      assertEquals(driveIds.length, work.media.length);
      for (const [index, one] of work.media.entries()) {
        const given = state.drives.find(({ id }) => id === driveIds[index]);
        assert(given?.enabled && !given.busy && given.holder === null);
        assert(given.mediaTypes.has(one.mediaTypeId));
        assert(one.driveId === null || one.driveId === given.id);
        assert(!state.busyCartridges.has(one.cartridgeId));
      }
    }
  }));
});

Deno.test("the same situation gives the same decisions, in whatever order the work is told", () => {
  fc.assert(fc.property(anySituation, ({ works, state }) => {
    const decisions = decide(works, state);
    assertEquals(decisions.length, works.length);
    assertEquals(decide(works.toReversed(), state), decisions);
  }));
});

Deno.test("no mount gets a drive that one of higher priority could have", () => {
  fc.assert(fc.property(anySituation, ({ works, state }) => {
    const starts = started(works, state);
    const waiting = works.filter((work) =>
      starts.every((start) => start.work !== work)
    );
    for (const start of starts) {
      const before = waiting.filter(({ priority }) =>
        priority > start.work.priority
      );
      // With what came before it only: had it the drives, it would start.
      const rest = starts.filter(({ work }) =>
        work.priority > start.work.priority
      );
      for (const work of before) {
        const again = started([...rest.map(({ work }) => work), work], state);
        assert(again.every((one) => one.work !== work));
      }
    }
  }));
});

const anyAsked = fc.record({
  at: fc.integer({ min: 0, max: 200 }),
  cartridges: fc.uniqueArray(fc.constantFrom(...CARTRIDGES), {
    minLength: 1,
    maxLength: 3,
  }),
  priority: fc.integer({ min: 0, max: 1 }),
  holdMs: fc.integer({ min: 1, max: 60 }),
  owner: fc.constantFrom("one", "two", "three"),
});

Deno.test("whatever is asked for comes about in the end, also by who asks for more with a drive in hand", () => {
  const cases = fc.record({
    asked: fc.array(anyAsked, { minLength: 1, maxLength: 20 }),
    more: fc.boolean(),
  });
  fc.assert(
    fc.property(cases, ({ asked, more }) => {
      const works: Asked[] = [...asked];
      // One application holds a drive until it has had another one.
      if (more) {
        works.push({
          at: 50,
          cartridges: ["x"],
          priority: 0,
          holdMs: 10,
          owner: "holds on",
          then: { cartridges: ["y"], holdMs: 10 },
        });
      }
      const run = runLibrary(works, { drives: 3, ageingLimitMs: 1_000 });
      assertEquals(run.waiting, 0);
    }),
    { numRuns: 200 },
  );
});

Deno.test("a mount of several comes about although mounts of one never cease", () => {
  const several: Asked = {
    at: 5,
    cartridges: ["a", "b", "c"],
    priority: 0,
    holdMs: 10,
    owner: "several",
  };
  const stream = Array.from({ length: 400 }, (_, index): Asked => ({
    at: index * 3,
    cartridges: [`s${index % 50}`],
    priority: 0,
    holdMs: 10,
    owner: `owner ${index % 7}`,
  }));
  const run = runLibrary([several, ...stream], {
    drives: 3,
    ageingLimitMs: 200,
  });
  const waited = run.waitsMs[0] ?? Infinity;
  assert(waited <= 200, `It waited for ${waited} ms`);
});

Deno.test("no request is overtaken for longer than the limit says", () => {
  const limit = LIMITS.requestOvertakenMs;
  const holdMs = limit / 20;
  const common = { priority: 0, holdMs } as const;
  const far: Asked = {
    ...common,
    at: 1,
    cartridges: ["far"],
    position: 9_999,
    owner: "far",
  };
  // Another one is always there that is nearer to the arm.
  const near = Array.from({ length: 60 }, (_, index): Asked => ({
    ...common,
    at: index * holdMs * 0.9,
    cartridges: [`n${index}`],
    position: index % 5,
    owner: `owner ${index}`,
  }));
  const [waited = Infinity] = runLibrary([far, ...near], {
    drives: 1,
    ageingLimitMs: limit,
  }).waitsMs;
  assert(waited <= limit, `It waited for ${waited} ms`);
  assert(waited >= limit / 2 - holdMs, "Nothing overtook it");
});
