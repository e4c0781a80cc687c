import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { type Caller, type CallKey, NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import type { Crash } from "../../src/manager/mod.ts";
import { FakeClock } from "./fake_clock.ts";
import {
  type Fixture,
  type FixtureOptions,
  mountOf,
  openFixture,
} from "./fixture.ts";

const NOBODY = "0123abcd-0000-4000-8000-000000000001";

function keyOf(fingerprint = "f"): CallKey {
  return { key: crypto.randomUUID(), fingerprint, sessionHash: "s" };
}

/** A caller with a key of its own. */
function keyed(fixture: Fixture, callKey = keyOf()) {
  return { ...fixture.caller(), callKey };
}

/** What a repetition of a call would be answered. */
async function recalled(
  { manager }: Fixture,
  caller: Caller & { callKey: CallKey },
): Promise<unknown> {
  const text = await manager.recall(caller.callKey, caller);
  return text === null ? null : JSON.parse(text);
}

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

Deno.test("the answer of a call that changed something is kept with the change", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const pool = await fixture.pool();
  const { library } = await fixture.map();

  const creating = keyed(fixture);
  const created = await manager.createPool(creating, {
    name: "Folder",
    mediaType: null,
    parent: null,
    mode: "new",
  });
  assertEquals(await recalled(fixture, creating), created);

  const allocating = keyed(fixture);
  const allocation = await manager.allocate(allocating, {
    pool,
    side: null,
    timeoutMs: 0,
  });
  assertEquals(await recalled(fixture, allocating), allocation);
  const { logicalMedium } = allocation;

  const mounting = keyed(fixture);
  const mounted = await manager.mount(mounting, mountOf(logicalMedium));
  assertEquals(mounted.mounts.length, 1);
  assertEquals(await recalled(fixture, mounting), mounted);

  const queueing = keyed(fixture);
  const queued = await manager.mount(queueing, {
    ...mountOf(logicalMedium),
    noWait: true,
  });
  assertEquals(await recalled(fixture, queueing), queued);
  await manager.requestsEnded(queued.requests, 10_000);
  assertEquals(await recalled(fixture, queueing), queued);

  for (const wait of [false, true]) {
    const dismounting = keyed(fixture);
    const dismounted = await manager.dismount(dismounting, {
      media: [logicalMedium],
      wait,
    });
    assertEquals(await recalled(fixture, dismounting), dismounted);
  }

  const giving = keyed(fixture);
  await manager.deallocate(giving, logicalMedium);
  assertEquals(await recalled(fixture, giving), {});

  for (const wait of [false, true]) {
    const looking = keyed(fixture);
    const input = { library: library.id, method: "fast", wait } as const;
    const found = await manager.inventory(looking, input);
    assertEquals(found.report === null, !wait);
    await manager.requestsEnded([found.request ?? ""], 10_000);
    assertEquals(await recalled(fixture, looking), found);
  }
});

Deno.test("a call that failed, changed nothing or has no key keeps no answer", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const pool = await fixture.pool();
  const opening = keyed(fixture);
  const opened = await manager.createPool(opening, {
    name: "backup",
    mediaType: null,
    parent: null,
    mode: "existing",
  });
  assertEquals(opened, { pool, created: false });
  assertEquals(await recalled(fixture, opening), null);
  const failing = keyed(fixture);
  assertEquals(
    await code(manager.deallocate(failing, NOBODY)),
    "ERROR_INVALID_MEDIA",
  );
  assertEquals(
    await code(manager.mount(failing, mountOf(NOBODY))),
    "ERROR_INVALID_MEDIA",
  );
  assertEquals(await recalled(fixture, failing), null);
  const { logicalMedium } = await manager.allocate(fixture.caller(), {
    pool,
    side: null,
    timeoutMs: 0,
  });
  await manager.deallocate(fixture.caller(), logicalMedium);
});

Deno.test("a key is that of one user, application and computer, and of one call", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = keyed(fixture);
  const create = (who: Caller, name: string) =>
    manager.createPool(who, {
      name,
      mediaType: null,
      parent: null,
      mode: "new",
    });
  const answer = await create(caller, "One");
  for (
    const other of [
      { ...caller, user: "other" },
      { ...caller, application: "other" },
      { ...caller, computer: "other" },
    ]
  ) {
    assertEquals(await recalled(fixture, other), null);
    // The same key in other hands is another key.
    await create(other, `${other.user} ${other.application} ${other.computer}`);
    assertNotEquals(await recalled(fixture, other), answer);
  }
  assertEquals(await recalled(fixture, caller), answer);
  const changed = { ...caller.callKey, fingerprint: "g" };
  assertEquals(
    await code(manager.recall(changed, caller)),
    "ERROR_INVALID_PARAMETER",
  );
});

Deno.test("an ended session gets its own answers, and nobody else does", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = keyed(fixture);
  const answer = await manager.createPool(caller, {
    name: "One",
    mediaType: null,
    parent: null,
    mode: "new",
  });
  const { callKey } = caller;
  const text = await manager.recall(callKey, null);
  assertEquals(JSON.parse(text ?? ""), answer);
  assertEquals(
    await manager.recall({ ...callKey, sessionHash: "t" }, null),
    null,
  );
});

Deno.test("the same key twice at once: one is done, the other changes nothing", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const pool = await fixture.pool();
  const caller = keyed(fixture);
  const input = { pool, side: null, timeoutMs: 0 };
  const first = await manager.allocate(caller, input);
  assertEquals(await code(manager.allocate(caller, input)), "ERROR_BUSY");
  assertEquals((await fixture.all("logicalMedium")).map(({ id }) => id), [
    first.logicalMedium,
  ]);
});

Deno.test("an allocation that is withdrawn leaves no answer", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const pool = await fixture.pool();
  const caller = keyed(fixture);
  const input = { pool, side: null, timeoutMs: 0 };
  const { logicalMedium } = await manager.allocate(caller, input);
  await manager.withdraw(caller, logicalMedium);
  assertEquals(await recalled(fixture, caller), null);
  assertEquals(await fixture.all("logicalMedium"), []);
  await manager.allocate(caller, input);
});

Deno.test("answers are kept for a time, and no more of them than the limit says", async () => {
  const clock = new FakeClock();
  await using fixture = await openFixture({
    clock,
    limits: { answersKept: 3, answersKeptMs: 1_000 },
  });
  const callers: (Caller & { callKey: CallKey })[] = [];
  const create = async () => {
    const caller = keyed(fixture);
    await fixture.manager.createPool(caller, {
      name: `Pool ${callers.length}`,
      mediaType: null,
      parent: null,
      mode: "new",
    });
    callers.push(caller);
  };
  const kept = async () => {
    const all = callers.map((caller) => recalled(fixture, caller));
    return (await Promise.all(all)).map((answer) => answer !== null);
  };
  for (let count = 0; count < 5; count++) await create();
  assertEquals(await kept(), [false, false, true, true, true]);
  clock.advance(1_000);
  assertEquals(await kept(), [false, false, true, true, true]);
  clock.advance(1);
  assertEquals(await kept(), [false, false, false, false, false]);
  await create();
  assertEquals((await kept()).at(-1), true);
});

async function freePools(fixture: Fixture): Promise<string> {
  const pools = await fixture.all("mediaPool");
  return pools.find(({ path }) => path === "\\Free")?.id ?? "";
}

/** Ends the service, as far as a thrown error can, at one crash point. */
class Death extends Error {}

for (const moment of ["before", "after"] as const) {
  Deno.test(`a service that dies ${moment} the commit has done it and kept the answer, or neither`, async () => {
    const directory = await Deno.makeTempDir({ prefix: "rsm-once-" });
    try {
      let armed = false;
      const crash: Crash = (point) => {
        if (armed && point === `commit.allocation.${moment}`) throw new Death();
      };
      const options: FixtureOptions = {
        path: `${directory}/rsm.sqlite`,
        clock: systemClock,
      };
      const callKey = keyOf();
      let pool = "";
      {
        await using dying = await openFixture({ ...options, crash });
        pool = await dying.pool();
        armed = true;
        await assertRejects(
          () =>
            dying.manager.allocate(keyed(dying, callKey), {
              pool,
              side: null,
              timeoutMs: 0,
            }),
          Death,
        );
        armed = false;
      }
      await using restarted = await openFixture(options);
      const caller = keyed(restarted, callKey);
      const media = await restarted.all("logicalMedium");
      const answer = await recalled(restarted, caller);
      if (moment === "before") {
        assertEquals([answer, media], [null, []]);
      } else {
        const [medium] = media;
        const [side] = await restarted.all("side", medium?.id);
        const free = await restarted.all(
          "mediaPool",
          await freePools(restarted),
        );
        assertEquals(answer, {
          logicalMedium: medium?.id,
          side: side?.id,
          allocatedFrom: free.find(({ name }) => name === "LTO-6")?.id,
        });
      }
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  });
}

Deno.test("the wait for requests ends with them: done, failed, or not in time", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  const { requests } = await manager.mount(fixture.caller(), {
    ...mountOf(medium),
    noWait: true,
  });
  await manager.requestsEnded(requests, 10_000);
  await manager.requestsEnded([], 0);
  const [map] = await manager.map(null);
  assertEquals(map?.drives.some(({ state }) => state === "loaded"), true);

  // Nobody gives the drives back: these wait, and are stopped.
  const others = [await fixture.allocate(pool), await fixture.allocate(pool)];
  const waiting = await Promise.all(
    others.map((other) =>
      manager.mount(fixture.caller("other"), {
        ...mountOf(other),
        noWait: true,
      })
    ),
  );
  const ids = waiting.flatMap(({ requests }) => requests);
  assertEquals(await code(manager.requestsEnded(ids, 0)), "ERROR_TIMEOUT");
  const abort = new AbortController();
  const given = code(manager.requestsEnded(ids, 10_000, abort.signal));
  abort.abort();
  assertEquals(await given, "ERROR_CANCELLED");
  const ended = code(manager.requestsEnded(ids, 10_000));
  await manager[Symbol.asyncDispose]();
  assertEquals(await ended, "ERROR_CANCELLED");
});
