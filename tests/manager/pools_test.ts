import { assert, assertEquals, assertRejects } from "@std/assert";
import { INFINITE, NtmsError } from "../../src/model/mod.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const NOBODY = "0123abcd-0000-4000-8000-000000000001";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

/** A pool by its path; the pools in Free, Import and Unrecognized too. */
async function poolAt({ all }: Fixture, path: string) {
  let level = await all("mediaPool");
  while (level.length > 0) {
    const found = level.find((pool) => pool.path === path);
    if (found !== undefined) return found;
    level = (await Promise.all(level.map(({ id }) => all("mediaPool", id))))
      .flat();
  }
  throw new Error(`no pool ${path}`);
}

/** A cartridge and its one side, as they are now. */
async function cartridgeNow({ all }: Fixture, barCode: string) {
  const cartridge = (await all("cartridge")).find((one) =>
    one.barCode === barCode
  );
  assert(cartridge !== undefined);
  const [side] = await all("side", cartridge.id);
  assert(side !== undefined);
  return { cartridge, side };
}

function folder(fixture: Fixture, name: string, parent: string | null = null) {
  return fixture.manager.createPool(fixture.caller(), {
    name,
    mediaType: null,
    parent,
    mode: "new",
  });
}

Deno.test("an empty application pool is deleted, and its name is free again", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const { pool } = await folder(fixture, "App");
  const { pool: inner } = await folder(fixture, "Daily", pool);
  assertEquals(await manager.pools.pathOf(inner), "\\App\\Daily");
  assertEquals(
    await code(manager.pools.delete(caller, pool)),
    "ERROR_NOT_EMPTY",
  );
  await manager.pools.delete(caller, inner);
  await manager.pools.delete(caller, pool);
  assertEquals(await code(manager.object(pool)), "ERROR_OBJECT_NOT_FOUND");
  assertEquals(
    await code(manager.pools.pathOf(pool)),
    "ERROR_INVALID_MEDIA_POOL",
  );
  await folder(fixture, "App");
});

Deno.test("a pool with media, one of the service and an unknown one are not deleted", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  await fixture.allocate(pool);
  assertEquals(
    await code(manager.pools.delete(caller, pool)),
    "ERROR_NOT_EMPTY",
  );
  for (const path of ["\\Free", "\\Free\\LTO-6", "\\Import\\LTO-6"]) {
    const { id } = await poolAt(fixture, path);
    assertEquals(
      await code(manager.pools.delete(caller, id)),
      "ERROR_INVALID_MEDIA_POOL",
    );
  }
  assertEquals(
    await code(manager.pools.delete(caller, NOBODY)),
    "ERROR_INVALID_MEDIA_POOL",
  );
});

Deno.test("an allocation that waits for a pool ends when the pool is deleted", async () => {
  await using fixture = await openFixture({
    url: "virtual:none?slots=2&cartridges=0&files=no",
  });
  const { manager } = fixture;
  const { pool } = await manager.createPool(fixture.caller(), {
    name: "P",
    mediaType: (await fixture.all("mediaType"))[0]?.id ?? null,
    parent: null,
    mode: "new",
  });
  const waiting = manager.allocate(fixture.caller(), {
    pool,
    side: null,
    timeoutMs: INFINITE,
  });
  waiting.catch(() => {});
  while ((await fixture.all("operatorRequest")).length === 0);
  await manager.pools.delete(fixture.caller(), pool);
  assertEquals(await code(waiting), "ERROR_INVALID_MEDIA_POOL");
  assertEquals(await fixture.all("operatorRequest"), []);
});

Deno.test("a cartridge moves between free and application pools with its side and its logical medium", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const one = await fixture.pool("one");
  const other = await fixture.pool("other");
  const free = await poolAt(fixture, "\\Free\\LTO-6");
  const { cartridge, side } = await cartridgeNow(fixture, "LAB001L6");
  const move = (pool: string) =>
    manager.pools.move(caller, { cartridge: cartridge.id, pool });
  await move(one);
  assertEquals(
    (await cartridgeNow(fixture, "LAB001L6")).cartridge.mediaPool,
    one,
  );
  assertEquals(side.state, "available");
  const { logicalMedium } = await manager.allocate(caller, {
    pool: one,
    side: side.id,
    timeoutMs: 0,
  });
  await move(other);
  const record = await manager.object(logicalMedium);
  assert(record.type === "logicalMedium");
  assertEquals(record.mediaPool, other);
  assertEquals(await code(move(free.id)), "ERROR_BUSY");
  await manager.deallocate(caller, logicalMedium);
  await move(free.id);
  const back = await cartridgeNow(fixture, "LAB001L6");
  assertEquals([back.cartridge.mediaPool, back.side.state], [
    free.id,
    "available",
  ]);
});

Deno.test("a cartridge does not move while it is mounted", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const other = await fixture.pool("other");
  const medium = await fixture.allocate(pool);
  await manager.mount(caller, mountOf(medium));
  const cartridge =
    (await fixture.all("cartridge")).find((one) => one.mediaPool === pool)
      ?.id ?? "";
  const move = () => manager.pools.move(caller, { cartridge, pool: other });
  assertEquals(await code(move()), "ERROR_BUSY");
  await manager.dismount(caller, { media: [medium], wait: true });
  await move();
});

Deno.test("foreign media go to the free pool only, and wait there for their label where bar codes are not trusted", async () => {
  await using fixture = await openFixture({ trustBarCodes: false });
  const { manager } = fixture;
  const caller = fixture.caller();
  const { cartridge, side } = await cartridgeNow(fixture, "LAB001L6");
  assertEquals(side.state, "foreign");
  const pool = await fixture.pool();
  const move = (to: string) =>
    manager.pools.move(caller, { cartridge: cartridge.id, pool: to });
  assertEquals(await code(move(pool)), "ERROR_INVALID_MEDIA_POOL");
  const free = await poolAt(fixture, "\\Free\\LTO-6");
  await move(free.id);
  const freed = await cartridgeNow(fixture, "LAB001L6");
  assertEquals([freed.cartridge.mediaPool, freed.side.state], [
    free.id,
    "unprepared",
  ]);
  assertEquals(
    await code(manager.allocate(caller, {
      pool,
      side: null,
      timeoutMs: 0,
      errorIfUnavailable: true,
    })),
    "ERROR_MEDIA_UNAVAILABLE",
  );
});

Deno.test("no cartridge goes to a pool of pools, of another media type, or that only the service fills", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const { cartridge } = await cartridgeNow(fixture, "LAB001L6");
  const move = (pool: string, id = cartridge.id) =>
    code(manager.pools.move(fixture.caller(), { cartridge: id, pool }));
  assertEquals(
    await move((await folder(fixture, "App")).pool),
    "ERROR_INVALID_MEDIA_POOL",
  );
  for (const path of ["\\Import\\LTO-6", "\\Unrecognized\\LTO-6", "\\Free"]) {
    const { id } = await poolAt(fixture, path);
    assertEquals(await move(id), "ERROR_INVALID_MEDIA_POOL", path);
  }
  const other = (await fixture.all("mediaType")).find(({ name }) =>
    name === "LTO-5"
  );
  const { pool } = await manager.createPool(fixture.caller(), {
    name: "old",
    mediaType: other?.id ?? null,
    parent: null,
    mode: "new",
  });
  assertEquals(await move(pool), "ERROR_MEDIA_INCOMPATIBLE");
  assertEquals(await move(NOBODY), "ERROR_INVALID_MEDIA_POOL");
  assertEquals(await move(pool, NOBODY), "ERROR_INVALID_MEDIA");
});

Deno.test("a pool's allocation limit retires a side at its last deallocation, and a pool of pools has none", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const type = (await fixture.all("mediaType")).find(({ name }) =>
    name === "LTO-6"
  );
  const input = { parent: null, mode: "new", maxAllocates: 1 } as const;
  assertEquals(
    await code(
      manager.createPool(caller, { ...input, name: "F", mediaType: null }),
    ),
    "ERROR_INVALID_PARAMETER",
  );
  const { pool } = await manager.createPool(caller, {
    ...input,
    name: "once",
    mediaType: type?.id ?? null,
    drawFromFree: true,
    returnToFree: true,
  });
  const medium = await fixture.allocate(pool);
  await manager.deallocate(caller, medium);
  const sides = await fixture.all("side", pool);
  assertEquals(sides.map(({ state }) => state), ["decommissioned"]);
  const free = await poolAt(fixture, "\\Free\\LTO-6");
  assertEquals(
    await code(
      manager.pools.move(caller, {
        cartridge: sides[0]?.cartridge ?? "",
        pool: free.id,
      }),
    ),
    "ERROR_INVALID_MEDIA",
  );
});
