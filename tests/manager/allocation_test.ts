import { assert, assertEquals, assertRejects } from "@std/assert";
import { INFINITE, NtmsError } from "../../src/model/mod.ts";
import { mountOf, openFixture } from "./fixture.ts";

const SMALL = "virtual:small?files=no&slots=4&cartridges=3&barcodes=LAB%03dL6";

async function rejectsWith(code: string, call: () => Promise<unknown>) {
  const error = await assertRejects(call, NtmsError);
  assertEquals(error.code, code, error.message);
  return error;
}

Deno.test("allocation draws from the free pool of the media type and tells where from", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const pool = await fixture.pool();
  const allocation = await fixture.manager.allocate(fixture.caller(), {
    pool,
    side: null,
    timeoutMs: 0,
    name: "Monday",
  });
  const [source] = (await fixture.all(
    "mediaPool",
    (await fixture.all("mediaPool"))
      .find((one) => one.path === "\\Free")?.id,
  )).filter((one) => one.id === allocation.allocatedFrom);
  assertEquals(source?.path, "\\Free\\LTO-6");
  const side = (await fixture.all("side")).find((one) =>
    one.id === allocation.side
  );
  assertEquals(side?.state, "allocated");
  assertEquals(side?.allocateCount, 1);
  const [medium] = await fixture.all("logicalMedium", pool);
  assertEquals(medium?.name, "Monday");
  assertEquals((await fixture.all("cartridge", pool)).length, 1);
});

Deno.test("programs that allocate at once from a pool of n cartridges get n different ones, then the answer for empty", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const pool = await fixture.pool();
  const calls = Array.from(
    { length: 5 },
    (_, index) =>
      fixture.manager.allocate(fixture.caller(`app${index % 2}`), {
        pool,
        side: null,
        errorIfUnavailable: true,
        timeoutMs: INFINITE,
      }),
  );
  const results = await Promise.allSettled(calls);
  const sides = results.flatMap((result) =>
    result.status === "fulfilled" ? result.value.side : []
  );
  assertEquals(new Set(sides).size, 3);
  const codes = results.flatMap((result) =>
    result.status === "rejected" ? result.reason.code : []
  );
  assertEquals(codes, ["ERROR_MEDIA_UNAVAILABLE", "ERROR_MEDIA_UNAVAILABLE"]);
});

Deno.test("an allocation that waits asks the operator and takes what is given back", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const pool = await fixture.pool();
  const taken = [];
  for (let n = 0; n < 3; n++) taken.push(await fixture.allocate(pool));
  const waiting = fixture.allocate(pool);
  const asked = await eventually(async () => {
    const requests = await fixture.all("operatorRequest");
    return requests.find((one) => one.state === "submitted");
  });
  assertEquals(asked.command, "newMedia");
  assertEquals(asked.argument1, { type: "mediaPool", id: pool });
  await fixture.manager.deallocate(fixture.caller(), taken[1] ?? "");
  assert(await waiting);
  const [after] = await fixture.all("operatorRequest");
  assertEquals(after?.state, "complete");
});

/** How many look for a medium while one is given back to who waits. */
const NEWCOMERS = 30;

Deno.test("a medium that is given back goes to the allocation that waits longest, also where a new call comes first", async () => {
  const newcomers: Promise<string>[] = [];
  let comes = async () => {};
  await using fixture = await openFixture({
    url: SMALL,
    crash: (point) => {
      if (point === "commit.deallocation.before") comes();
    },
  });
  const pool = await fixture.pool();
  const taken = [];
  for (let n = 0; n < 3; n++) taken.push(await fixture.allocate(pool));
  const order: string[] = [];
  const waiters = [];
  for (const name of ["first", "second"]) {
    const asked = (await fixture.all("operatorRequest")).length;
    waiters.push(
      fixture.allocate(pool, name).then(() => void order.push(name)),
    );
    await eventually(async () => (await fixture.all("operatorRequest"))[asked]);
  }
  // Each of them comes a moment later than the one before.
  comes = async () => {
    for (let moment = 0; moment < NEWCOMERS; moment++) {
      newcomers.push(
        fixture.manager.allocate(fixture.caller("newcomer"), {
          pool,
          side: null,
          errorIfUnavailable: true,
          timeoutMs: INFINITE,
        }).then(() => "served", ({ code }) => code),
      );
      await Promise.resolve();
    }
  };
  for (const medium of taken.slice(0, 2)) {
    await fixture.manager.deallocate(fixture.caller(), medium);
  }
  await Promise.all(waiters);
  assertEquals(order, ["first", "second"]);
  assertEquals(
    await Promise.all(newcomers),
    Array(2 * NEWCOMERS).fill("ERROR_MEDIA_UNAVAILABLE"),
  );
});

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < 500; n++) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error("it did not happen");
}

Deno.test("an allocation that runs out of time leaves no operator request", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const pool = await fixture.pool();
  for (let n = 0; n < 3; n++) await fixture.allocate(pool);
  for (const timeoutMs of [0, 20]) {
    await rejectsWith(
      "ERROR_TIMEOUT",
      () =>
        fixture.manager.allocate(fixture.caller(), {
          pool,
          side: null,
          timeoutMs,
        }),
    );
  }
  assertEquals(await fixture.all("operatorRequest"), []);
});

Deno.test("a cancelled allocation leaves no operator request", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const pool = await fixture.pool();
  for (let n = 0; n < 3; n++) await fixture.allocate(pool);
  const stop = new AbortController();
  const waiting = fixture.manager.allocate(
    fixture.caller(),
    { pool, side: null, timeoutMs: INFINITE },
    stop.signal,
  );
  await eventually(async () => (await fixture.all("operatorRequest"))[0]);
  stop.abort();
  await rejectsWith("ERROR_CANCELLED", () => waiting);
  assertEquals(await fixture.all("operatorRequest"), []);
});

Deno.test("only application pools that hold media may be named", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const { pool: folder } = await manager.createPool(fixture.caller(), {
    name: "folder",
    mediaType: null,
    parent: null,
    mode: "new",
  });
  const free = (await fixture.all("mediaPool")).find((one) =>
    one.path === "\\Free"
  );
  for (const pool of [folder, free?.id ?? "", crypto.randomUUID()]) {
    await rejectsWith(
      "ERROR_INVALID_MEDIA_POOL",
      () =>
        manager.allocate(fixture.caller(), { pool, side: null, timeoutMs: 0 }),
    );
  }
});

Deno.test("a particular side must be available and of the pool's media type", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const pool = await fixture.pool();
  const [side] = await fixture.all("side");
  const input = { pool, side: side?.id ?? "", timeoutMs: 0 };
  const { logicalMedium } = await manager.allocate(fixture.caller(), input);
  await rejectsWith(
    "ERROR_MEDIA_UNAVAILABLE",
    () => manager.allocate(fixture.caller(), input),
  );
  await rejectsWith(
    "ERROR_INVALID_MEDIA",
    () =>
      manager.allocate(fixture.caller(), {
        ...input,
        side: String(logicalMedium),
      }),
  );
  await rejectsWith(
    "ERROR_INVALID_MEDIA",
    () =>
      manager.allocate(fixture.caller(), {
        ...input,
        side: crypto.randomUUID(),
      }),
  );
});

Deno.test("NEXT without a reserved side is refused, and NEW with NEXT", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  const input = { pool, side: null, timeoutMs: 0, nextOf: medium };
  await rejectsWith(
    "ERROR_INVALID_MEDIA",
    () => manager.allocate(fixture.caller(), input),
  );
  await rejectsWith(
    "ERROR_INVALID_PARAMETER",
    () =>
      manager.allocate(fixture.caller(), { ...input, wholeCartridge: true }),
  );
});

Deno.test("names of logical media have 1 to 64 characters without controls and backslash", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const pool = await fixture.pool();
  for (const name of ["", "x".repeat(65), "a\nb", "a\\b"]) {
    await rejectsWith(
      "ERROR_INVALID_PARAMETER",
      () =>
        fixture.manager.allocate(fixture.caller(), {
          pool,
          side: null,
          timeoutMs: 0,
          name,
        }),
    );
  }
  assertEquals(await fixture.all("logicalMedium"), []);
});

Deno.test("deallocation makes the side available again and destroys its logical medium", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  await manager.deallocate(fixture.caller(), medium);
  await rejectsWith(
    "ERROR_INVALID_MEDIA",
    () => manager.deallocate(fixture.caller(), medium),
  );
  await rejectsWith("ERROR_OBJECT_NOT_FOUND", () => manager.object(medium));
  const [side] = await fixture.all("side", pool);
  assertEquals([side?.state, side?.logicalMedium], ["available", null]);
});

Deno.test("a pool that returns media gives its cartridge back to the free pool", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const type = (await fixture.all("mediaType")).find((one) =>
    one.name === "LTO-6"
  );
  const { pool } = await manager.createPool(fixture.caller(), {
    name: "there and back",
    mediaType: type?.id ?? null,
    parent: null,
    mode: "new",
    drawFromFree: true,
    returnToFree: true,
  });
  const medium = await fixture.allocate(pool);
  assertEquals((await fixture.all("cartridge", pool)).length, 1);
  await manager.deallocate(fixture.caller(), medium);
  assertEquals(await fixture.all("cartridge", pool), []);
});

Deno.test("a mounted medium is not deallocated", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  await manager.mount(fixture.caller(), mountOf(medium));
  await rejectsWith(
    "ERROR_BUSY",
    () => manager.deallocate(fixture.caller(), medium),
  );
});

Deno.test("the least used cartridge is allocated first, so that wear spreads", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const pool = await fixture.pool();
  const seen = [];
  for (let n = 0; n < 6; n++) {
    const { logicalMedium, side } = await manager.allocate(fixture.caller(), {
      pool,
      side: null,
      timeoutMs: 0,
    });
    seen.push(side);
    // One stays in the pool, so the free pool must not be forgotten either.
    await manager.deallocate(fixture.caller(), logicalMedium);
  }
  const counts = (await fixture.all("side")).map((one) => one.allocateCount);
  assertEquals(counts.reduce((sum, count) => sum + count, 0), 6);
  assertEquals(
    new Set(seen).size,
    1,
    "the pool's own come before the free pool's",
  );
});

Deno.test("pools have paths, whose upper levels are created first", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const [type] = (await fixture.all("mediaType")).filter(({ name }) =>
    name === "LTO-6"
  );
  const create = (
    name: string,
    mode: "new" | "existing" | "always" = "always",
    mediaType: string | null = null,
  ) =>
    manager.createPool(fixture.caller(), {
      name,
      mediaType,
      parent: null,
      mode,
    });
  await rejectsWith("ERROR_OBJECT_NOT_FOUND", () => create("\\App\\Daily"));
  const app = await create("\\App");
  assertEquals(await create("App", "existing"), { ...app, created: false });
  await rejectsWith("ERROR_ALREADY_EXISTS", () => create("App", "new"));
  const daily = await create("\\App\\Daily", "new", type?.id ?? null);
  assertEquals(
    (await fixture.all("mediaPool", app.pool)).map(({ path }) => path),
    ["\\App\\Daily"],
  );
  await rejectsWith("ERROR_INVALID_PARAMETER", () => create("App\\Daily\\X"));
  await rejectsWith("ERROR_INVALID_PARAMETER", () => create("Free\\Mine"));
  await rejectsWith(
    "ERROR_INVALID_MEDIA",
    () => create("B", "new", daily.pool),
  );
  for (const bad of ["", "\\", "a\\\\b", "x".repeat(65), "a\tb"]) {
    await rejectsWith("ERROR_INVALID_NAME", () => create(bad));
  }
  const free = await create("\\Free\\LTO-6", "existing");
  assertEquals(free.created, false);
});
