import { assertEquals } from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import type { OperatorRequestRecord } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import {
  eventually,
  isOpen,
  SMALL,
  stateOf,
  submit,
} from "./operator_fixture.ts";

const SLOT_OFFSET = 3;

/** A library of four slots, two of them full, that a test has its hands in. */
async function withHands(
  test: (fixture: Fixture, library: VirtualLibrary) => Promise<void>,
): Promise<void> {
  await using library = await VirtualLibrary.open(SMALL, {
    clock: systemClock,
  });
  await using fixture = await openFixture({
    open: () => library.openChanger(),
  });
  await test(fixture, library);
}

async function takeInventory({ caller, manager, map }: Fixture): Promise<void> {
  const { library } = await map();
  await manager.inventory(caller(), {
    library: library.id,
    method: "fast",
    wait: true,
  });
}

Deno.test("the operator brings a cartridge: an allocation that waits goes through, and its request is closed", async () => {
  await withHands(async (fixture, library) => {
    const pool = await fixture.pool();
    for (let n = 0; n < 2; n++) await fixture.allocate(pool);
    const waiting = fixture.allocate(pool);
    const { command, id } = await eventually(fixture, isOpen);
    assertEquals(command, "newMedia");
    const { slots } = await fixture.map();
    await library.insert(slots[SLOT_OFFSET]?.elementAddress ?? 0, "NEW001L6");
    await takeInventory(fixture);
    const medium = await waiting;
    const [side] = await fixture.all("side", medium);
    const cartridges = await fixture.all("cartridge");
    const cartridge = cartridges.find((one) => one.id === side?.cartridge);
    assertEquals(cartridge?.barCode, "NEW001L6");
    assertEquals(await stateOf(fixture, id), "complete");
  });
});

Deno.test("the operator brings back a cartridge that is to be mounted: the mount goes through, and the requests for it are closed", async () => {
  await withHands(async (fixture, library) => {
    const { caller, manager } = fixture;
    const medium = await fixture.allocate(await fixture.pool());
    const [side] = await fixture.all("side", medium);
    const cartridges = await fixture.all("cartridge");
    const taken = cartridges.find((one) => one.id === side?.cartridge);
    const { slots } = await fixture.map();
    const slot = slots.find(({ id }) => id === taken?.location);
    await library.remove(slot?.elementAddress ?? 0);
    await takeInventory(fixture);
    const waiting = manager.mount(caller(), mountOf(medium));
    const own = (one: OperatorRequestRecord) =>
      isOpen(one) && one.application === "backup";
    const asked = await eventually(fixture, own);
    // The operator is too early, and is asked again.
    await manager.operators.satisfy(caller(), asked.id);
    const again = await eventually(fixture, own);
    await library.insert(slot?.elementAddress ?? 0, taken?.barCode ?? "");
    await takeInventory(fixture);
    const { mounts } = await waiting;
    assertEquals(mounts.length, 1);
    assertEquals(await stateOf(fixture, again.id), "complete");
    assertEquals((await fixture.all("operatorRequest")).filter(isOpen), []);
  });
});

Deno.test("the operator is asked again for a cartridge that left after its mount was queued, and that was not brought", async () => {
  await withHands(async (fixture, library) => {
    const { caller, manager } = fixture;
    const pool = await fixture.pool();
    const first = await fixture.allocate(pool);
    const second = await fixture.allocate(pool);
    await manager.mount(caller(), mountOf(first));
    const waiting = manager.mount(caller(), mountOf(second));
    const [side] = await fixture.all("side", second);
    const cartridges = await fixture.all("cartridge");
    const taken = cartridges.find((one) => one.id === side?.cartridge);
    const { slots } = await fixture.map();
    const slot = slots.find(({ id }) => id === taken?.location);
    await library.remove(slot?.elementAddress ?? 0);
    await takeInventory(fixture);
    const asked = await eventually(fixture, isOpen);
    assertEquals(asked.command, "moveMedia");
    await manager.operators.satisfy(caller(), asked.id);
    const again = await eventually(fixture, isOpen);
    await library.insert(slot?.elementAddress ?? 0, taken?.barCode ?? "");
    await takeInventory(fixture);
    assertEquals(await stateOf(fixture, again.id), "complete");
    await manager.dismount(caller(), { media: [first] });
    assertEquals((await waiting).mounts.length, 1);
  });
});

Deno.test("what a program asks for is closed by the service only where it can see that it was done", async () => {
  await withHands(async (fixture, library) => {
    const { library: { id: here }, slots } = await fixture.map();
    const [cartridge] = await fixture.all("cartridge");
    const there = (await fixture.all("library")).find(({ kind }) =>
      kind === "offline"
    );
    const move = {
      command: "moveMedia",
      argument1: cartridge?.id ?? null,
    } as const;
    const look = await submit(fixture, {
      command: "deviceService",
      argument1: here,
    });
    const out = await submit(fixture, {
      ...move,
      argument2: there?.id ?? null,
    });
    const slot = slots.find(({ id }) => id === cartridge?.location);
    await library.remove(slot?.elementAddress ?? 0);
    await takeInventory(fixture);
    const back = await submit(fixture, { ...move, argument2: here });
    await library.insert(slot?.elementAddress ?? 0, cartridge?.barCode ?? "");
    await takeInventory(fixture);
    assertEquals(await stateOf(fixture, look), "submitted");
    assertEquals(await stateOf(fixture, out), "submitted");
    assertEquals(await stateOf(fixture, back), "complete");
  });
});
