import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  type Fault,
  type PlannedCommand,
  type SenseCode,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import type { OperatorRequestRecord } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import { isOpen, rejectsWith } from "./operator_fixture.ts";

const TEST_UNIT_READY = 0x00;
const LOAD_UNLOAD = 0x1b;
const MOVE_MEDIUM = 0xa5;
const FIRST_DRIVE = 500;
const SECOND_DRIVE = 501;

const LOAD_FAILED = { key: 4, asc: 0x53, ascq: 0x09 };
const UNLOAD_FAILED = { key: 4, asc: 0x53, ascq: 0x01 };
const UNKNOWN_FORMAT = { key: 3, asc: 0x30, ascq: 0x01 };

/** A library of two drives whose faults the test tells. */
interface Scene {
  readonly fixture: Fixture;
  readonly library: VirtualLibrary;
  readonly clock: FakeClock;
  /** What becomes of each command. */
  readonly faults: { plan: (command: PlannedCommand) => Fault };
  readonly media: readonly string[];
}

async function withScene(
  test: (scene: Scene) => Promise<void>,
  path = ":memory:",
): Promise<void> {
  const faults: Scene["faults"] = { plan: () => "none" };
  const clock = new FakeClock();
  await using library = await VirtualLibrary.open(
    "virtual:failing?files=no&slots=6&cartridges=4&drives=2&barcodes=LAB%03dL6",
    { clock: systemClock, faults: (command) => faults.plan(command) },
  );
  await using fixture = await openFixture({
    clock,
    path,
    open: () => library.openChanger(),
  });
  const pool = await fixture.pool();
  const media = [await fixture.allocate(pool), await fixture.allocate(pool)];
  await test({ fixture, library, clock, faults, media });
}

/** Drives that do not become ready with a cartridge, until they let go of it. */
function failing(
  sense: SenseCode,
  ...drives: readonly number[]
): Scene["faults"]["plan"] {
  const unloaded = new Set<number>();
  return ({ cdb, unit }) => {
    if (unit === "changer") {
      if (cdb[0] === MOVE_MEDIUM) unloaded.clear();
      return "none";
    }
    if (cdb[0] === LOAD_UNLOAD) unloaded.add(unit);
    const fails = cdb[0] === TEST_UNIT_READY && drives.includes(unit) &&
      !unloaded.has(unit);
    return fails ? { sense } : "none";
  };
}

async function driveAt({ fixture }: Pick<Scene, "fixture">, address: number) {
  const drives = await fixture.all("drive");
  const drive = drives.find(({ elementAddress }) => elementAddress === address);
  assert(drive !== undefined);
  return drive;
}

async function mountAndBack(
  { fixture: { manager, caller } }: Scene,
  medium: string,
  drive?: string,
): Promise<string> {
  const { mounts } = await manager.mount(caller(), {
    ...mountOf(medium),
    ...(drive === undefined ? {} : { drives: [drive] }),
  });
  await manager.dismount(caller(), { media: [medium], wait: true });
  return mounts[0]?.drive ?? "";
}

/** Has a drive that was asked for fail, again and again. */
async function fail(scene: Scene, times: number): Promise<void> {
  const { fixture: { manager, caller }, media: [medium = ""] } = scene;
  const { id } = await driveAt(scene, FIRST_DRIVE);
  scene.faults.plan = failing(LOAD_FAILED, FIRST_DRIVE);
  for (let time = 0; time < times; time++) {
    await rejectsWith(
      "ERROR_DEVICE_NOT_AVAILABLE",
      () => manager.mount(caller(), { ...mountOf(medium), drives: [id] }),
    );
    await atRest(scene);
  }
  scene.faults.plan = () => "none";
}

/** Waits until no request is left, of those that bring cartridges home too. */
async function atRest({ fixture }: Scene): Promise<void> {
  for (;;) {
    const { requests } = await fixture.map();
    if (requests.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function openRequests(
  { fixture }: Pick<Scene, "fixture">,
): Promise<OperatorRequestRecord[]> {
  return (await fixture.all("operatorRequest")).filter(isOpen);
}

Deno.test("a mount whose drive fails is done in another drive, and the failure is counted", () =>
  withScene(async (scene) => {
    const { fixture, faults, media: [medium = ""] } = scene;
    faults.plan = failing(LOAD_FAILED, FIRST_DRIVE);
    const { mounts: [mount] } = await fixture.manager.mount(
      fixture.caller(),
      mountOf(medium),
    );
    assertEquals(mount?.drive, (await driveAt(scene, SECOND_DRIVE)).id);
    const { enabled, failures } = await driveAt(scene, FIRST_DRIVE);
    assertEquals([enabled, failures?.inARow], [true, 1]);
    assertStringIncludes(failures?.reason ?? "", "drive failed to load");
    assertEquals((await driveAt(scene, SECOND_DRIVE)).failures, null);
  }));

Deno.test("a drive that was asked for is not replaced by another", () =>
  withScene(async (scene) => {
    await fail(scene, 1);
    assertEquals((await driveAt(scene, SECOND_DRIVE)).mountCount, 0);
  }));

Deno.test("what a drive does after a failure makes its next failure the first", () =>
  withScene(async (scene) => {
    await fail(scene, 2);
    const { id } = await driveAt(scene, FIRST_DRIVE);
    await mountAndBack(scene, scene.media[0] ?? "", id);
    assertEquals((await driveAt(scene, FIRST_DRIVE)).failures?.inARow, 0);
    await fail(scene, 2);
    const { enabled, failures } = await driveAt(scene, FIRST_DRIVE);
    assertEquals([enabled, failures?.inARow], [true, 2]);
  }));

Deno.test("three failures in a row take a drive out of service until the operator has seen to it, also across a restart", async () => {
  const path = await Deno.makeTempFile();
  try {
    await withScene(async (scene) => {
      await fail(scene, 3);
      const { enabled, failures, id } = await driveAt(scene, FIRST_DRIVE);
      assertEquals([enabled, failures?.outOfService], [false, true]);
      const [request] = await openRequests(scene);
      assertEquals(request?.command, "deviceService");
      assertEquals(request?.argument1, { type: "drive", id });
      assertStringIncludes(request?.message ?? "", "3 failures in a row");
    }, path);
    await withScene(async (scene) => {
      const { fixture: { manager, caller }, media: [medium = ""] } = scene;
      const { enabled, failures, id } = await driveAt(scene, FIRST_DRIVE);
      assertEquals([enabled, failures?.inARow], [false, 3]);
      await rejectsWith(
        "ERROR_RESOURCE_DISABLED",
        () => manager.mount(caller(), { ...mountOf(medium), drives: [id] }),
      );
      const [request] = await openRequests(scene);
      await manager.operators.satisfy(caller(), request?.id ?? "");
      const after = await driveAt(scene, FIRST_DRIVE);
      assertEquals([after.enabled, after.failures?.inARow], [true, 0]);
      assertEquals(await mountAndBack(scene, medium, id), id);
    }, path);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("a drive that failed three times is used again once somebody enables it", () =>
  withScene(async (scene) => {
    const { fixture: { manager, caller } } = scene;
    await fail(scene, 3);
    const { id } = await driveAt(scene, FIRST_DRIVE);
    await manager.objects.enable(caller(), { id, type: "drive" });
    const { enabled, failures } = await driveAt(scene, FIRST_DRIVE);
    assertEquals([enabled, failures?.inARow], [true, 0]);
    assertEquals(await openRequests(scene), []);
  }));

Deno.test("a drive that somebody disabled is not enabled by an operator request about it", () =>
  withScene(async (scene) => {
    const { fixture: { manager, caller } } = scene;
    await fail(scene, 3);
    const { id } = await driveAt(scene, FIRST_DRIVE);
    const [request] = await openRequests(scene);
    await manager.objects.enable(caller(), { id, type: "drive" });
    await manager.objects.disable(caller(), { id, type: "drive" });
    await rejectsWith(
      "ERROR_INVALID_STATE",
      () => manager.operators.satisfy(caller(), request?.id ?? ""),
    );
    assertEquals((await driveAt(scene, FIRST_DRIVE)).enabled, false);
  }));

Deno.test("a drive that does not let go of its cartridge is used no more, and it is told where the cartridge is", () =>
  withScene(async (scene) => {
    const { fixture: { manager, caller }, faults, media: [medium = ""] } =
      scene;
    const { mounts: [mount] } = await manager.mount(caller(), mountOf(medium));
    faults.plan = ({ cdb, unit }) =>
      unit !== "changer" && cdb[0] === LOAD_UNLOAD
        ? { sense: UNLOAD_FAILED }
        : "none";
    await rejectsWith(
      "ERROR_DEVICE_NOT_AVAILABLE",
      () => manager.dismount(caller(), { media: [medium], wait: true }),
    );
    const { enabled, failures } = await driveAt(scene, FIRST_DRIVE);
    assertEquals([enabled, failures?.outOfService], [false, true]);
    const [request] = await openRequests(scene);
    assertStringIncludes(request?.message ?? "", `holds ${mount?.barCode}`);
    faults.plan = () => "none";
    await manager.operators.satisfy(caller(), request?.id ?? "");
    await mountAndBack(scene, medium);
  }));

Deno.test("a cartridge that two drives cannot use is disabled, and neither drive is blamed", () =>
  withScene(async (scene) => {
    const { fixture, faults, media: [medium = ""] } = scene;
    const { manager, caller } = fixture;
    faults.plan = failing(UNKNOWN_FORMAT, FIRST_DRIVE, SECOND_DRIVE);
    await rejectsWith(
      "ERROR_UNABLE_TO_LOAD_MEDIUM",
      () => manager.mount(caller(), mountOf(medium)),
    );
    const [request] = await openRequests(scene);
    assertEquals(request?.argument1?.type, "cartridge");
    assertStringIncludes(request?.message ?? "", "2 drives");
    const cartridges = await fixture.all("cartridge");
    assertEquals(cartridges.filter(({ enabled }) => !enabled).length, 1);
    for (const { failures } of await fixture.all("drive")) {
      assertEquals(failures, null);
    }
  }));

Deno.test("a drive that cannot use a medium that another drive can has failed", () =>
  withScene(async (scene) => {
    const { fixture, faults, media: [medium = ""] } = scene;
    faults.plan = failing(UNKNOWN_FORMAT, FIRST_DRIVE);
    await fixture.manager.mount(fixture.caller(), mountOf(medium));
    assertEquals((await driveAt(scene, FIRST_DRIVE)).failures?.inARow, 1);
  }));

Deno.test("a step that the robot did not take is taken again after a pause, and not blindly", () =>
  withScene(async (scene) => {
    const { fixture, faults, clock, media: [medium = ""] } = scene;
    const sent: number[] = [];
    faults.plan = ({ cdb, unit }) => {
      if (unit !== "changer") return "none";
      sent.push(cdb[0] ?? 0);
      const moves = sent.filter((one) => one === MOVE_MEDIUM).length;
      return cdb[0] === MOVE_MEDIUM && moves === 1
        ? { sense: { key: 2, asc: 0x04, ascq: 0x88 } }
        : "none";
    };
    const mounting = fixture.manager.mount(fixture.caller(), mountOf(medium));
    const log = () => fixture.log.lines.join();
    while (!log().includes("A robot step is tried again")) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    clock.advance(5_000);
    await mounting;
    const first = sent.indexOf(MOVE_MEDIUM);
    const second = sent.indexOf(MOVE_MEDIUM, first + 1);
    const READ_ELEMENT_STATUS = 0xb8;
    assert(sent.slice(first, second).includes(READ_ELEMENT_STATUS));
    assertEquals((await driveAt(scene, FIRST_DRIVE)).failures, null);
  }));

Deno.test("a library that says it is broken is used no more before the operator has seen to it", () =>
  withScene(async (scene) => {
    const { fixture, faults, media: [medium = ""] } = scene;
    const { manager, caller } = fixture;
    faults.plan = ({ cdb, unit }) =>
      unit === "changer" && cdb[0] === MOVE_MEDIUM
        ? { sense: { key: 4, asc: 0x4c, ascq: 0 } }
        : "none";
    await rejectsWith(
      "ERROR_DEVICE_NOT_AVAILABLE",
      () => manager.mount(caller(), mountOf(medium)),
    );
    const { library } = await fixture.map();
    assertEquals([library.enabled, library.failures?.outOfService], [
      false,
      true,
    ]);
    faults.plan = () => "none";
    const [request] = await openRequests(scene);
    await manager.operators.satisfy(caller(), request?.id ?? "");
    await mountAndBack(scene, medium);
    assertEquals((await fixture.map()).library.failures?.inARow, 0);
  }));

Deno.test("a library that takes no commands fails the mount at once, and is used again after an inventory", () =>
  withScene(async (scene) => {
    const { fixture, faults, media: [medium = ""] } = scene;
    const { manager, caller } = fixture;
    faults.plan = ({ unit }) =>
      unit === "changer" ? { lose: "command" } : "none";
    await rejectsWith(
      "ERROR_DEVICE_NOT_AVAILABLE",
      () => manager.mount(caller(), mountOf(medium)),
    );
    const { library: { id } } = await fixture.map();
    const [request] = await openRequests(scene);
    assertEquals(request?.argument1, { type: "library", id });
    faults.plan = () => "none";
    await manager.inventory(caller(), {
      library: id,
      method: "fast",
      wait: true,
    });
    assertEquals(await openRequests(scene), []);
    await mountAndBack(scene, medium);
  }));

Deno.test("a drive that another locked keeps its cartridge, and says so when it was asked three times", () =>
  withScene(async (scene) => {
    const { fixture, faults, clock, media: [medium = ""] } = scene;
    const { manager, caller } = fixture;
    await manager.mount(caller(), mountOf(medium));
    let moves = 0;
    faults.plan = ({ cdb, unit }) => {
      if (unit !== "changer" || cdb[0] !== MOVE_MEDIUM) return "none";
      moves++;
      return { sense: { key: 5, asc: 0x53, ascq: 0x02 } };
    };
    const refused = rejectsWith(
      "ERROR_BUSY",
      () => manager.dismount(caller(), { media: [medium], wait: true }),
    );
    let isOver = false;
    refused.finally(() => isOver = true).catch(() => {});
    const tries = () => fixture.log.lines.join().split("tried again").length;
    for (const [index, pauseMs] of [5_000, 30_000].entries()) {
      while (!isOver && tries() < index + 2) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      clock.advance(pauseMs);
    }
    await refused;
    assertEquals(moves, 3);
    const { cartridges, drives } = await fixture.map();
    const inDrive = drives.map(({ id }) => id);
    const kept = cartridges.filter(({ location }) =>
      inDrive.some((id) => id === location)
    );
    assertEquals(kept.length, 1);
    faults.plan = () => "none";
  }));
