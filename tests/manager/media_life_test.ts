import { assert, assertEquals, assertRejects } from "@std/assert";
import { NtmsError, type SideState } from "../../src/model/mod.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const NOBODY = "0123abcd-0000-4000-8000-000000000001";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

/** The side behind a logical medium. */
async function sideOf({ all }: Fixture, logicalMedium: string) {
  const side = (await all("side")).find((one) =>
    one.logicalMedium === logicalMedium
  );
  assert(side !== undefined);
  return side;
}

async function stateOf({ manager }: Fixture, id: string): Promise<SideState> {
  const side = await manager.object(id);
  assert(side.type === "side");
  return side.state;
}

Deno.test("a complete side keeps its logical medium, is mounted for reading only, and can be deallocated", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const medium = await fixture.allocate(await fixture.pool());
  const side = await sideOf(fixture, medium);
  await manager.media.complete(caller, medium);
  assertEquals(await stateOf(fixture, side.id), "complete");
  assertEquals(
    await code(manager.mount(caller, { ...mountOf(medium), write: true })),
    "ERROR_WRITE_PROTECT",
  );
  await manager.mount(caller, { ...mountOf(medium), read: true });
  await manager.dismount(caller, { media: [medium], wait: true });
  await manager.deallocate(caller, medium);
  assertEquals(await stateOf(fixture, side.id), "available");
});

Deno.test("a side is completed once, and never while it is mounted or about to be", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  await manager.mount(caller, mountOf(medium));
  assertEquals(
    await code(manager.media.complete(caller, medium)),
    "ERROR_INVALID_STATE",
  );
  const side = await sideOf(fixture, medium);
  assertEquals(
    await code(manager.media.complete(caller, String(side.id))),
    "ERROR_INVALID_MEDIA",
  );
  await manager.dismount(caller, { media: [medium], wait: true });
  await manager.media.complete(caller, medium);
  assertEquals(
    await code(manager.media.complete(caller, medium)),
    "ERROR_INVALID_STATE",
  );
});

Deno.test("a decommissioned side is never allocated again, and only an available one is decommissioned", async () => {
  await using fixture = await openFixture({
    url: "virtual:one?slots=2&cartridges=1&files=no&barcodes=LAB%03dL6",
  });
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  const side = await sideOf(fixture, medium);
  assertEquals(
    await code(manager.media.decommission(caller, side.id)),
    "ERROR_INVALID_STATE",
  );
  assertEquals(
    await code(manager.media.decommission(caller, medium)),
    "ERROR_INVALID_MEDIA",
  );
  await manager.deallocate(caller, medium);
  await manager.media.decommission(caller, side.id);
  assertEquals(await stateOf(fixture, side.id), "decommissioned");
  const input = { pool, timeoutMs: 0, errorIfUnavailable: true };
  for (const which of [null, side.id]) {
    assertEquals(
      await code(manager.allocate(caller, { ...input, side: which })),
      "ERROR_MEDIA_UNAVAILABLE",
    );
  }
});

Deno.test("swapped logical media have each other's side, name and pool", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const [first, second] = [
    await fixture.allocate(pool),
    await fixture.allocate(pool),
  ];
  const sides = [await sideOf(fixture, first), await sideOf(fixture, second)];
  await manager.media.swap(caller, { first, second });
  assertEquals(
    [(await sideOf(fixture, second)).id, (await sideOf(fixture, first)).id],
    sides.map(({ id }) => id),
  );
  const { mounts } = await manager.mount(caller, mountOf(first));
  assertEquals(mounts[0]?.side, sides[1]?.id);
});

Deno.test("media are swapped only when both are allocated, at rest and in one pool", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const first = await fixture.allocate(pool);
  const second = await fixture.allocate(pool);
  const elsewhere = await fixture.allocate(await fixture.pool("other"));
  const swap = (one: string, other: string) =>
    code(manager.media.swap(caller, { first: one, second: other }));
  assertEquals(await swap(first, first), "ERROR_INVALID_PARAMETER");
  assertEquals(await swap(first, NOBODY), "ERROR_INVALID_MEDIA");
  assertEquals(await swap(first, elsewhere), "ERROR_INVALID_MEDIA_POOL");
  await manager.mount(caller, mountOf(second));
  assertEquals(await swap(first, second), "ERROR_INVALID_MEDIA");
  await manager.dismount(caller, { media: [second], wait: true });
  await manager.media.complete(caller, second);
  assertEquals(await swap(first, second), "ERROR_INVALID_STATE");
});

Deno.test("only a cartridge that is in no library and nobody's is forgotten, with its sides", async () => {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  try {
    const url = "virtual:gone?slots=4&files=no&barcodes=LAB%03dL6&cartridges=";
    let medium = "";
    {
      await using fixture = await openFixture({ path, url: `${url}2` });
      const side = (await fixture.all("side")).at(-1)?.id ?? "";
      ({ logicalMedium: medium } = await fixture.manager.allocate(
        fixture.caller(),
        { pool: await fixture.pool(), side, timeoutMs: 0 },
      ));
    }
    await using fixture = await openFixture({ path, url: `${url}1` });
    const { manager } = fixture;
    const caller = fixture.caller();
    const { cartridge, id: sideId } = await sideOf(fixture, medium);
    const [inside] = (await fixture.map()).cartridges;
    const remove = (id: string) => code(manager.media.delete(caller, id));
    assertEquals(await remove(NOBODY), "ERROR_INVALID_MEDIA");
    assertEquals(await remove(inside?.id ?? ""), "ERROR_INVALID_STATE");
    assertEquals(await remove(cartridge), "ERROR_INVALID_STATE");
    await manager.deallocate(caller, medium);
    const { requests } = await manager.mount(caller, {
      ...mountOf(sideId),
      noWait: true,
    });
    assertEquals(await remove(cartridge), "ERROR_INVALID_STATE");
    await manager.objects.disable(caller, { id: cartridge, type: null });
    assertEquals(
      await code(manager.requestsEnded(requests, 10_000)),
      "ERROR_RESOURCE_DISABLED",
    );
    await manager.media.delete(caller, cartridge);
    for (const id of [cartridge, sideId]) {
      assertEquals(await code(manager.object(id)), "ERROR_OBJECT_NOT_FOUND");
    }
    const asked = await fixture.all("operatorRequest");
    assertEquals(
      asked.filter(({ argument1, state }) =>
        argument1?.id === cartridge && state !== "complete"
      ),
      [],
    );
  } finally {
    await Deno.remove(path);
  }
});
