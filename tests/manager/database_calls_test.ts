import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { checkCatalogue, copiesOf } from "../../src/database/mod.ts";
import { openCatalogue } from "../../src/manager/mod.ts";
import { LIMITS, NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { FakeClock } from "./fake_clock.ts";
import {
  type Fixture,
  type FixtureOptions,
  MemoryLog,
  openFixture,
} from "./fixture.ts";

const HOUR_MS = 3_600_000;

interface Place {
  readonly path: string;
  readonly library: string;
}

async function inState(test: (place: Place) => Promise<void>): Promise<void> {
  const state = await Deno.makeTempDir({ prefix: "rsm-calls-" });
  try {
    await test({
      path: `${state}/rsm.sqlite`,
      library:
        `virtual:copies?slots=8&drives=1&cartridges=4&barcodes=LAB%03dL6&dir=${state}/library`,
    });
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

/** Runs a manager after what was scheduled has been imported, as a service does. */
async function inRun<T>(
  { library, path }: Place,
  work: (fixture: Fixture) => Promise<T>,
  options: FixtureOptions = {},
): Promise<T> {
  const log = new MemoryLog();
  const database = await openCatalogue({
    path,
    clock: options.clock ?? systemClock,
    log,
    limits: { ...LIMITS, ...options.limits },
    crash: () => {},
  });
  await database[Symbol.asyncDispose]();
  await using fixture = await openFixture({ path, url: library, ...options });
  fixture.log.lines.unshift(...log.lines);
  return await work(fixture);
}

/** States and pools of all sides. */
async function sidesOf({ all, manager }: Fixture): Promise<string[]> {
  const pools = new Map(
    (await all("cartridge")).map(({ id, mediaPool }) => [id, mediaPool]),
  );
  const sides: string[] = [];
  for (const { cartridge, state } of await all("side")) {
    const path = await manager.pools.pathOf(pools.get(cartridge) ?? "");
    sides.push(`${state} in ${path}`);
  }
  return sides.toSorted();
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => call, NtmsError)).code;
}

Deno.test("a second export while one is being written is refused, and an import waits for it", () =>
  inState((place) =>
    inRun(place, async ({ manager, caller }) => {
      const first = manager.database.export();
      assertEquals(
        await codeOf(manager.database.export()),
        "ERROR_SHARING_VIOLATION",
      );
      const imported = manager.database.import(caller(), { copy: null });
      const { path } = await first;
      assertEquals((await Deno.stat(path)).isFile, true);
      assertEquals((await imported).name, "rsm.sqlite");
    })
  ));

Deno.test("a catalogue without a file is neither exported nor imported", async () => {
  await using fixture = await openFixture();
  const { manager, caller } = fixture;
  assertEquals(
    await codeOf(manager.database.export()),
    "ERROR_DATABASE_FAILURE",
  );
  assertEquals(
    await codeOf(manager.database.import(caller(), { copy: null })),
    "ERROR_DATABASE_FAILURE",
  );
});

Deno.test("calls go on while a copy is written", () =>
  inState((place) =>
    inRun(place, async (fixture) => {
      const pool = await fixture.pool();
      let exported = false;
      const copy = fixture.manager.database.export()
        .finally(() => exported = true);
      const media = [];
      while (!exported && media.length < 4) {
        media.push(await fixture.allocate(pool));
      }
      assert(media.length > 0, "no call came through");
      await copy;
    })
  ));

Deno.test("the service copies its catalogue each day, and keeps so many", () =>
  inState(async (place) => {
    const clock = new FakeClock(Date.UTC(2026, 10, 22));
    await inRun(place, async () => {
      const days = LIMITS.exportsKept + 2;
      clock.advance(LIMITS.exportAfterStartMs - 1);
      assertEquals(copiesOf(place.path), []);
      clock.advance(1);
      for (let day = 1; day < days; day++) {
        await untilCopied(place.path, day);
        clock.advance(LIMITS.exportEveryMs);
      }
      await untilCopied(place.path, days);
      const names = copiesOf(place.path).map(({ name }) => name).sort();
      assertEquals(names.length, LIMITS.exportsKept);
      assertEquals(names[0], "rsm-2026-11-24T001000.000Z.sqlite");
    }, { clock });
  }));

/** Waits for the copy of that day, counted from 1. */
async function untilCopied(path: string, day: number): Promise<void> {
  const date = `rsm-2026-11-${String(day + 21).padStart(2, "0")}`;
  for (let tries = 0; tries < 1_000; tries++) {
    if (copiesOf(path).some(({ name }) => name.startsWith(date))) {
      // The work ends a little after the name is there.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no copy ${date}`);
}

Deno.test("after a start the next copy is due a day after the last one", () =>
  inState(async (place) => {
    const clock = new FakeClock(systemClock.now());
    await inRun(place, async ({ manager }) => {
      await manager.database.export();
    }, { clock });
    await inRun(place, async () => {
      clock.advance(LIMITS.exportEveryMs - HOUR_MS);
      await new Promise((resolve) => setTimeout(resolve, 50));
      assertEquals(copiesOf(place.path).length, 1);
      clock.advance(2 * HOUR_MS);
      while (copiesOf(place.path).length < 2) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }, { clock });
  }));

Deno.test("after an import the catalogue says whose and what, the library where; epochs go on", () =>
  inState(async (place) => {
    const first = await inRun(place, async (fixture) => {
      const medium = await fixture.allocate(await fixture.pool());
      await fixture.manager.database.export();
      return medium;
    });
    await inRun(place, () => Promise.resolve());
    await inRun(place, async ({ manager, caller }) => {
      await manager.database.import(caller(), { copy: null });
    });
    await inRun(place, async (fixture) => {
      const [medium] = await fixture.all("logicalMedium");
      assertEquals(medium?.id, first);
      const map = await fixture.map();
      assertEquals(map.cartridges.length, 4);
      assertStringIncludes(
        fixture.log.lines.join("\n"),
        "A copy has taken the place of the catalogue",
      );
    });
    assertEquals((await checkCatalogue(place.path, "quick")).starts, 4);
  }));

Deno.test("what was allocated after the copy was made is not free after its import", () =>
  inState(async (place) => {
    const later = await inRun(place, async (fixture) => {
      const pool = await fixture.pool();
      await fixture.manager.database.export();
      const medium = await fixture.allocate(pool);
      await fixture.manager.database.import(fixture.caller(), { copy: null });
      const [row] = await fixture.all("side");
      assert(row !== undefined);
      const sides = await fixture.all("side");
      return sides.find(({ logicalMedium }) => logicalMedium === medium)?.id;
    });
    await inRun(place, async (fixture) => {
      const sides = await fixture.all("side");
      const import_ = sides.filter(({ state }) => state === "import");
      assertEquals(import_.map(({ id }) => id), [later]);
      assertEquals(await sidesOf(fixture), [
        ...Array(3).fill("available in \\Free\\LTO-6"),
        "import in \\Import\\LTO-6",
      ]);
      // Its application takes it back by its id, as the documents say.
      const { side } = await fixture.manager.allocate(fixture.caller(), {
        pool: await fixture.pool(),
        side: later ?? "",
        timeoutMs: 0,
      });
      assertEquals(side, later);
    });
  }));

Deno.test("where the replaced catalogue cannot be read, nothing that the copy has for free stays free", () =>
  inState(async (place) => {
    await inRun(place, async ({ manager, caller }) => {
      await manager.database.export();
      await manager.database.import(caller(), { copy: null });
    });
    await Deno.writeTextFile(place.path, "broken");
    await inRun(place, async (fixture) => {
      assertEquals(
        await sidesOf(fixture),
        Array(4).fill("import in \\Import\\LTO-6"),
      );
      assertStringIncludes(fixture.log.lines.join("\n"), "import pools");
    });
  }));

Deno.test("what came in after the copy was made is not free after its import, though bar codes are trusted", () =>
  inState(async (place) => {
    const few = { ...place, library: place.library.replace("s=4", "s=0") };
    await inRun(few, async ({ manager, caller }) => {
      await manager.database.export();
      await manager.database.import(caller(), { copy: null });
    });
    await Deno.remove(`${place.path.replace("rsm.sqlite", "library")}`, {
      recursive: true,
    });
    await inRun(place, async (fixture) => {
      assertEquals(
        await sidesOf(fixture),
        Array(4).fill("foreign in \\Unrecognized\\LTO-6"),
      );
      assertStringIncludes(fixture.log.lines.join("\n"), "was restored");
    });
  }));

Deno.test("no more replaced catalogues are kept than the limit says", () =>
  inState(async (place) => {
    const limits = { replacedKept: 2 };
    for (let starts = 0; starts < 4; starts++) {
      await inRun(place, async ({ manager, caller }) => {
        await manager.database.export();
        await manager.database.import(caller(), { copy: null });
      }, { limits });
    }
    const replaced = place.path.replace("rsm.sqlite", "Replaced");
    const kept = await Array.fromAsync(Deno.readDir(replaced));
    assertEquals(kept.length, 2);
  }));

Deno.test("an import that is repeated after the start that imported is not done again", () =>
  inState(async (place) => {
    const callKey = { key: "k", fingerprint: "f", sessionHash: "s" };
    const answer = await inRun(place, async ({ manager, caller }) => {
      await manager.database.export();
      const keyed = { ...caller(), callKey };
      return await manager.database.import(keyed, { copy: null });
    });
    await inRun(place, async ({ manager, caller }) => {
      const recalled = await manager.recall(callKey, caller());
      assertEquals(JSON.parse(recalled ?? "null"), answer);
    });
  }));
