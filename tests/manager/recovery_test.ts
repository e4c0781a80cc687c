import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Fault,
  type PlannedCommand,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const URL =
  "virtual:faults?files=no&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6";
/** What a jammed arm says. */
const POSITIONING_ERROR = { key: 0x4, asc: 0x15, ascq: 0x01 };
const MOVE_MEDIUM = 0xa5;
const READ_ELEMENT_STATUS = 0xb8;

/** A manager on a library whose next moves have faults, one after the other. */
async function withFaults(
  test: (setup: {
    fixture: Fixture;
    library: VirtualLibrary;
    medium: string;
    /** The faults of the moves to come. */
    moves: Fault[];
    /** Decides about every other command of the changer. */
    others: { plan: (command: PlannedCommand) => Fault };
    clock: FakeClock;
  }) => Promise<void>,
): Promise<void> {
  const moves: Fault[] = [];
  const others = { plan: (_: PlannedCommand): Fault => "none" };
  const clock = new FakeClock();
  await using library = await VirtualLibrary.open(URL, {
    clock: systemClock,
    faults: (command) =>
      command.unit === "changer" && command.cdb[0] === MOVE_MEDIUM
        ? moves.shift() ?? "none"
        : others.plan(command),
  });
  await using fixture = await openFixture({
    clock,
    open: () => library.openChanger(),
  });
  const medium = await fixture.allocate(await fixture.pool());
  await test({ fixture, library, medium, moves, others, clock });
  await agree(fixture);
}

/** Catalogue and library agree about every place, and no step is left open. */
async function agree(fixture: Fixture): Promise<void> {
  const map = await fixture.map();
  const [changer] = fixture.changers;
  assert(changer !== undefined);
  const elements = await changer.readElements();
  const held = new Map(
    map.cartridges.map(({ location, barCode }) => [location, barCode]),
  );
  for (const place of [...map.slots, ...map.drives, ...map.ports]) {
    const element = elements.find(({ elementAddress }) =>
      elementAddress === place.elementAddress
    );
    assertEquals(held.get(place.id) ?? null, element?.barCode ?? null);
  }
  assertEquals(map.cartridges.length, 2);
}

async function worksOn({ manager, caller }: Fixture, medium: string) {
  await manager.mount(caller(), mountOf(medium));
  await manager.dismount(caller(), { media: [medium], wait: true });
}

Deno.test("a move that failed and was not done is taken again after an inventory, once, and fails its mount then, and nothing else", () =>
  withFaults(async ({ fixture, medium, moves }) => {
    moves.push({ sense: POSITIONING_ERROR });
    await worksOn(fixture, medium);
    moves.push({ sense: POSITIONING_ERROR }, { sense: POSITIONING_ERROR });
    const error = await assertRejects(
      () => fixture.manager.mount(fixture.caller(), mountOf(medium)),
      NtmsError,
    );
    assertEquals(error.code, "ERROR_DEVICE_NOT_AVAILABLE");
    await agree(fixture);
    await worksOn(fixture, medium);
  }));

Deno.test("a move that was done though the device says it failed counts as done", () =>
  withFaults(async ({ fixture, medium, moves }) => {
    moves.push({ sense: POSITIONING_ERROR, effect: "done" });
    await worksOn(fixture, medium);
  }));

Deno.test("a move whose answer was lost is not sent again when it was done", () =>
  withFaults(async ({ fixture, medium, moves }) => {
    moves.push({ lose: "answer" });
    await worksOn(fixture, medium);
    assertEquals(moves, []);
  }));

Deno.test("a move that was lost on its way is taken again after an inventory, once, and fails its mount then", () =>
  withFaults(async ({ fixture, medium, moves }) => {
    moves.push({ lose: "command" });
    await worksOn(fixture, medium);
    moves.push({ lose: "command" }, { lose: "command" });
    await assertRejects(
      () => fixture.manager.mount(fixture.caller(), mountOf(medium)),
      NtmsError,
    );
    await worksOn(fixture, medium);
  }));

Deno.test("a cartridge left in the gripper goes on to its drive", () =>
  withFaults(async ({ fixture, medium, moves }) => {
    const inventories = async () =>
      (await fixture.all("libraryRequest")).filter(({ operation }) =>
        operation === "inventory"
      ).length;
    const before = await inventories();
    moves.push({ sense: POSITIONING_ERROR, effect: "gripper" });
    await worksOn(fixture, medium);
    // At once: it does not wait until an inventory empties the gripper.
    assertEquals(await inventories(), before);
  }));

Deno.test("a cartridge left in the gripper that the drive does not take goes back, and is taken again after an inventory", () =>
  withFaults(async ({ fixture, medium, moves }) => {
    moves.push(
      { sense: POSITIONING_ERROR, effect: "gripper" },
      { sense: POSITIONING_ERROR },
    );
    await worksOn(fixture, medium);
    assertEquals(moves, []);
  }));

Deno.test("a gripper that lets go of nothing is emptied by the next inventory", () =>
  withFaults(async ({ fixture, medium, moves }) => {
    moves.push(
      { sense: POSITIONING_ERROR, effect: "gripper" },
      { sense: POSITIONING_ERROR },
      { sense: POSITIONING_ERROR },
    );
    await fixture.manager.mount(fixture.caller(), mountOf(medium));
    await fixture.manager.dismount(fixture.caller(), {
      media: [medium],
      wait: true,
    });
  }));

Deno.test("a library that does not answer after a move is frozen, asked again, and goes on", () =>
  withFaults(async ({ fixture, medium, moves, others, clock }) => {
    moves.push({ lose: "answer" });
    let silent = false;
    others.plan = ({ cdb }) => {
      if (cdb[0] !== READ_ELEMENT_STATUS || !silent) return "none";
      return { lose: "command" };
    };
    const library = (await fixture.map()).library.id;
    const stateOf = async () => {
      const record = await fixture.manager.object(library);
      return record.operationalState;
    };
    silent = true;
    // The question before the move is answered; those after it are not.
    const before = others.plan;
    others.plan = (command) => moves.length > 0 ? "none" : before(command);
    const mounting = fixture.manager.mount(fixture.caller(), mountOf(medium));
    mounting.catch(() => {});
    while (await stateOf() !== "needsService");
    const [request] = (await fixture.all("operatorRequest")).filter((one) =>
      one.state === "submitted"
    );
    assertEquals(request?.command, "deviceService");
    silent = false;
    clock.advance(5_000);
    assertEquals((await mounting).mounts.length, 1);
    assertEquals(await stateOf(), "ready");
    assertEquals(
      (await fixture.all("operatorRequest")).map(({ state }) => state),
      ["complete"],
    );
  }));
