import { DatabaseSync } from "node:sqlite";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { NtmsError, type SideState } from "../../src/model/mod.ts";
import { type Fixture, openFixture } from "./fixture.ts";

const B = "0123abcd-0000-4000-8000-00000000000b";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

/** Gives the only cartridge of a catalogue another side. */
function addSide(path: string, states: readonly [SideState, SideState]): void {
  const database = new DatabaseSync(path);
  try {
    database.prepare(
      `INSERT INTO object (id, type, name, description, operationalState,
        enabled, created, modified)
       SELECT ?, type, name, description, operationalState, enabled, created,
        modified FROM object WHERE type = 'side'`,
    ).run(B);
    database.prepare(
      `INSERT INTO side (id, cartridgeId, poolId, logicalMediumId, state,
        labelType, labelId, labelInfo, position, sideNumber, ordinal, mountCount,
        allocateCount, capacityBytes)
       SELECT ?, cartridgeId, poolId, NULL, state, labelType, labelId,
        labelInfo, (SELECT max(position) FROM object), 1, ordinal + 1, mountCount, allocateCount, capacityBytes
       FROM side`,
    ).run(B);
    const set = database.prepare(
      "UPDATE side SET state = ? WHERE sideNumber = ?",
    );
    for (const [number, state] of states.entries()) set.run(state, number);
  } finally {
    database.close();
  }
}

/** Runs a test in a library with one cartridge of two sides. */
async function withTwoSides(
  states: readonly [SideState, SideState],
  test: (fixture: Fixture, pool: string, a: string) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  const url = "virtual:two?slots=2&cartridges=1&files=no&barcodes=LAB%03dL6";
  try {
    {
      await using first = await openFixture({ path, url });
      assertEquals((await first.all("side")).length, 1);
    }
    addSide(path, states);
    await using fixture = await openFixture({ path, url });
    const a = (await fixture.all("side")).find(({ id }) => id !== B)?.id;
    assert(a !== undefined);
    await test(fixture, await fixture.pool(), a);
  } finally {
    await Deno.remove(path);
  }
}

async function states({ all }: Fixture): Promise<SideState[]> {
  const sides = await all("side");
  return sides.toSorted((one, other) => one.sideNumber - other.sideNumber)
    .map(({ state }) => state);
}

const AT_ONCE = { side: null, timeoutMs: 0, errorIfUnavailable: true } as const;

Deno.test("NEW reserves the other side, NEXT takes it, and no other call does", async () => {
  await withTwoSides(["available", "available"], async (fixture, pool) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const first = await manager.allocate(caller, {
      ...AT_ONCE,
      pool,
      wholeCartridge: true,
    });
    assertEquals(await states(fixture), ["allocated", "reserved"]);
    const other = fixture.caller("other");
    for (const side of [null, B]) {
      assertEquals(
        await code(manager.allocate(other, { ...AT_ONCE, pool, side })),
        "ERROR_MEDIA_UNAVAILABLE",
      );
    }
    const nextOf = first.logicalMedium;
    const elsewhere = await fixture.pool("elsewhere");
    assertEquals(
      await code(
        manager.allocate(caller, { ...AT_ONCE, pool: elsewhere, nextOf }),
      ),
      "ERROR_INVALID_MEDIA_POOL",
    );
    assertEquals(
      await code(
        manager.allocate(caller, {
          ...AT_ONCE,
          pool,
          nextOf,
          side: first.side,
        }),
      ),
      "ERROR_INVALID_MEDIA",
    );
    const second = await manager.allocate(caller, { ...AT_ONCE, pool, nextOf });
    assertEquals([second.side, second.allocatedFrom], [B, pool]);
    assertEquals(await states(fixture), ["allocated", "allocated"]);
    assertEquals(
      await code(manager.allocate(caller, { ...AT_ONCE, pool, nextOf })),
      "ERROR_INVALID_MEDIA",
    );
  });
});

Deno.test("a reserved side is available again when the last allocated side of its cartridge is given back", async () => {
  await withTwoSides(["available", "available"], async (fixture, pool) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const { logicalMedium } = await manager.allocate(caller, {
      ...AT_ONCE,
      pool,
      wholeCartridge: true,
    });
    await manager.deallocate(caller, logicalMedium);
    assertEquals(await states(fixture), ["available", "available"]);
  });
});

Deno.test("NEW takes no cartridge of which another side is taken", async () => {
  await withTwoSides(["available", "available"], async (fixture, pool, a) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    await manager.allocate(caller, { ...AT_ONCE, pool, side: a });
    const other = fixture.caller("other");
    assertEquals(
      await code(
        manager.allocate(other, { ...AT_ONCE, pool, wholeCartridge: true }),
      ),
      "ERROR_MEDIA_UNAVAILABLE",
    );
    const { side } = await manager.allocate(other, { ...AT_ONCE, pool });
    assertEquals(side, B);
  });
});

Deno.test("an import side is imported by its id, with its cartridge; the other side stays to be imported", async () => {
  await withTwoSides(["import", "import"], async (fixture, pool, a) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const imported = await manager.allocate(caller, {
      ...AT_ONCE,
      pool,
      side: a,
    });
    assertEquals(await states(fixture), ["allocated", "import"]);
    const [cartridge] = await fixture.all("cartridge", pool);
    assert(cartridge !== undefined);
    // The other side is of no use to anybody before it is imported itself.
    assertEquals(
      await code(manager.allocate(caller, { ...AT_ONCE, pool })),
      "ERROR_MEDIA_UNAVAILABLE",
    );
    const other = await manager.allocate(caller, { ...AT_ONCE, pool, side: B });
    assertEquals(other.allocatedFrom, pool);
    assert(imported.allocatedFrom !== pool);
  });
});

Deno.test("a cartridge moves to the free pool only when no side of it is allocated, complete or reserved", async () => {
  for (const state of ["complete", "reserved"] as const) {
    await withTwoSides(
      ["available", state],
      async ({ manager, all, caller }) => {
        const [cartridge] = await all("cartridge");
        assert(cartridge !== undefined);
        assertEquals(
          await code(
            manager.pools.move(caller(), {
              cartridge: cartridge.id,
              pool: cartridge.mediaPool,
            }),
          ),
          "ERROR_BUSY",
          state,
        );
      },
    );
  }
});
