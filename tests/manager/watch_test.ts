import { assert, assertEquals } from "@std/assert";
import { type Fault, SENSE, VirtualLibrary } from "../../src/changer/mod.ts";
import { LIMITS } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { settle } from "../simulation/simulated_clock.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const URL =
  "virtual:watch?files=no&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6";
const TEST_UNIT_READY = 0x00;
const INTERVAL_MS = LIMITS.restingLibraryAskedMs;

interface Setup {
  readonly fixture: Fixture;
  readonly library: VirtualLibrary;
  readonly clock: FakeClock;
  /** Questions of each unit whether it is ready. */
  readonly asked: { changer: number; drives: number };
  /** What the changer answers to them. */
  answer: Fault;
  medium: string;
}

async function withLibrary(
  test: (setup: Setup) => Promise<void>,
): Promise<void> {
  const clock = new FakeClock();
  const asked = { changer: 0, drives: 0 };
  const setup: { answer: Fault } = { answer: "none" };
  await using library = await VirtualLibrary.open(URL, {
    clock: systemClock,
    faults: ({ cdb, unit }) => {
      if (cdb[0] !== TEST_UNIT_READY) return "none";
      if (unit !== "changer") asked.drives++;
      else {
        asked.changer++;
        return setup.answer;
      }
      return "none";
    },
  });
  await using fixture = await openFixture({
    clock,
    open: () => library.openChanger(),
  });
  const medium = await fixture.allocate(await fixture.pool());
  asked.changer = asked.drives = 0;
  await test(Object.assign(setup, { fixture, library, clock, asked, medium }));
}

function firstSlotWith(map: Awaited<ReturnType<Fixture["map"]>>): number {
  const full = new Set(map.cartridges.map(({ location }) => location));
  const slot = map.slots.find(({ id }) => full.has(id));
  assert(slot !== undefined);
  return slot.elementAddress;
}

Deno.test("a library at rest is asked at each interval, and its drives are not", () =>
  withLibrary(async (setup) => {
    const { asked, clock } = setup;
    await settle();
    for (let times = 1; times <= 3; times++) {
      clock.advance(INTERVAL_MS - 1);
      assertEquals(asked.changer, times - 1);
      clock.advance(1);
      await settle();
      assertEquals(asked.changer, times);
    }
    assertEquals(asked, { changer: 3, drives: 0 });
  }));

Deno.test("what hands did in a library at rest is found without anybody asking for it", () =>
  withLibrary(async (setup) => {
    const { clock, fixture, library } = setup;
    const before = await fixture.map();
    const from = firstSlotWith(before);
    const barCode = await library.remove(from);
    await library.insert(from, "HAND01L6");
    clock.advance(INTERVAL_MS);
    const barCodes = async () =>
      (await fixture.map()).cartridges.map((one) => one.barCode);
    while (!(await barCodes()).includes("HAND01L6"));
    assertEquals((await barCodes()).includes(barCode ?? ""), false);
    assert(fixture.log.lines.includes("info A library has changed"));
  }));

Deno.test("a library in which something runs or waits is not asked", () =>
  withLibrary(async (setup) => {
    const { asked, clock, fixture, medium } = setup;
    const { caller, manager } = fixture;
    await manager.mount(caller("one"), mountOf(medium));
    const stop = new AbortController();
    const waiting = manager.mount(caller("two"), mountOf(medium), stop.signal);
    while ((await fixture.map()).requests[0]?.state !== "waiting");
    const before = { ...asked };
    clock.advance(INTERVAL_MS * 5);
    await fixture.map();
    assertEquals(asked, before);
    stop.abort();
    await waiting.catch(() => {});
    while ((await fixture.map()).requests.length > 0);
    clock.advance(INTERVAL_MS);
    await settle();
    assertEquals(asked.changer, before.changer + 1);
    // Mounted is at rest, too, and the drive is its application's.
    assertEquals(asked.drives, before.drives);
  }));

Deno.test("a library at rest that is busy or becoming ready is asked again at the next interval", () =>
  withLibrary(async (setup) => {
    const { asked, clock, fixture } = setup;
    const { requests } = await fixture.map();
    setup.answer = { sense: SENSE.becomingReady };
    clock.advance(INTERVAL_MS);
    await settle();
    assertEquals((await fixture.map()).requests, requests);
    clock.advance(INTERVAL_MS);
    await settle();
    assertEquals(asked.changer, 2);
  }));

Deno.test("a library at rest that no longer answers is shown so, and used again when it does", () =>
  withLibrary(async (setup) => {
    const { clock, fixture, medium } = setup;
    setup.answer = { lose: "command" };
    clock.advance(INTERVAL_MS);
    const state = async () => (await fixture.map()).library.operationalState;
    while (await state() !== "needsService");
    assert((await fixture.map()).obstacle !== null);
    setup.answer = "none";
    clock.advance(5_000);
    while (await state() !== "ready");
    assertEquals((await fixture.map()).obstacle, null);
    await fixture.manager.mount(fixture.caller(), mountOf(medium));
  }));
