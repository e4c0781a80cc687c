import { assert, assertEquals } from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const ONE_DRIVE =
  "virtual:lost?files=no&slots=4&cartridges=3&drives=1&barcodes=LAB%03dL6";
const GRACE_MS = 600_000;

/** One drive, taken by one application; another one's mount waits, and nobody waits for it. */
async function withQueuedMount(
  test: (setup: {
    fixture: Fixture;
    clock: FakeClock;
    /** Is in the drive. */
    mounted: string;
    /** The request that waits. */
    request: string;
    state(): Promise<string>;
  }) => Promise<void>,
): Promise<void> {
  const clock = new FakeClock();
  await using fixture = await openFixture({ url: ONE_DRIVE, clock });
  const { manager } = fixture;
  const pool = await fixture.pool();
  const mounted = await fixture.allocate(pool);
  const queued = await fixture.allocate(pool);
  await manager.mount(fixture.caller("other", "s0"), mountOf(mounted));
  const { requests } = await manager.mount(fixture.caller("lost", "s1"), {
    ...mountOf(queued),
    noWait: true,
  });
  const [request = ""] = requests;
  const state = async () => {
    const record = await manager.object(request);
    assert(record.type === "libraryRequest");
    return record.state;
  };
  while (await state() !== "waiting");
  await test({ fixture, clock, mounted, request, state });
}

async function owners(fixture: Fixture): Promise<string[]> {
  const { cartridges } = await fixture.map();
  return cartridges.map(({ mountedBy }) => mountedBy)
    .filter((owner) => owner !== "");
}

Deno.test("a mount that still waits when a lost session's grace time ends is cancelled", () =>
  withQueuedMount(async ({ fixture, clock, mounted, state }) => {
    fixture.manager.sessionEnded("s1", true);
    clock.advance(GRACE_MS - 1);
    assertEquals(await state(), "waiting");
    clock.advance(2);
    // The drive becomes free: nothing may come into it for nobody.
    await fixture.manager.dismount(fixture.caller("other", "s0"), {
      media: [mounted],
      wait: true,
    });
    while (!["cancelled", "passed"].includes(await state()));
    assertEquals(await state(), "cancelled");
    assertEquals(await owners(fixture), []);
  }));

Deno.test("a mount that came about within a lost session's grace time is dismounted at its end", () =>
  withQueuedMount(async ({ fixture, clock, mounted, state }) => {
    fixture.manager.sessionEnded("s1", true);
    await fixture.manager.dismount(fixture.caller("other", "s0"), {
      media: [mounted],
      wait: true,
    });
    while (await state() !== "passed");
    assertEquals(await owners(fixture), ["lost"]);
    clock.advance(GRACE_MS);
    while ((await owners(fixture)).length > 0);
  }));

Deno.test("a mount that waits when its session is closed becomes its application's, as other mounts do", () =>
  withQueuedMount(async ({ fixture, clock, mounted, state }) => {
    fixture.manager.sessionEnded("s1", false);
    await fixture.manager.dismount(fixture.caller("other", "s0"), {
      media: [mounted],
      wait: true,
    });
    while (await state() !== "passed");
    // Were it still the session's, it would go now.
    fixture.manager.sessionEnded("s1", true);
    clock.advance(GRACE_MS + 1);
    const pool = await fixture.pool();
    await fixture.allocate(pool);
    assertEquals(await owners(fixture), ["lost"]);
  }));

Deno.test("what a lost session's mount wants of the operator is not wanted any more when it is cancelled", async () => {
  const clock = new FakeClock();
  await using library = await VirtualLibrary.open(ONE_DRIVE, {
    clock: systemClock,
  });
  await using fixture = await openFixture({
    clock,
    open: () => library.openChanger(),
  });
  const { manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  const before = await fixture.map();
  const cartridge = before.cartridges.find(({ sides }) =>
    sides.some(({ logicalMedium }) => logicalMedium === medium)
  );
  const slot = before.slots.find(({ id }) => id === cartridge?.location);
  await library.remove(slot?.elementAddress ?? 0);
  await manager.inventory(fixture.caller(), {
    library: before.library.id,
    method: "fast",
    wait: true,
  });
  const wanted = async () =>
    (await fixture.all("operatorRequest")).filter(({ application }) =>
      application === "lost"
    ).length;
  await manager.mount(fixture.caller("lost", "s1"), {
    ...mountOf(medium),
    noWait: true,
  });
  assertEquals(await wanted(), 1);
  manager.sessionEnded("s1", true);
  clock.advance(GRACE_MS + 1);
  while (await wanted() > 0);
  assertEquals((await fixture.map()).requests, []);
});
