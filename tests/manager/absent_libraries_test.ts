import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openChanger } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { settle } from "../simulation/simulated_clock.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Fixture, mountOf, openFixture, startFixture } from "./fixture.ts";

const PRESENT =
  "virtual:here?files=no&slots=4&cartridges=2&drives=1&barcodes=HERE%02dL6";
const AWAY =
  "virtual:away?files=no&slots=4&cartridges=3&drives=1&barcodes=AWAY%02dL6";

/** The device of a library that is switched off until a test says otherwise. */
class Switch {
  isOn = false;
  tries = 0;

  readonly open = (device: string) => {
    if (device === AWAY) {
      this.tries++;
      if (!this.isOn) return Promise.reject(new Error("no power"));
    }
    return openChanger(device, { clock: systemClock });
  };
}

async function mapOf(fixture: Fixture, device: string) {
  const maps = await fixture.manager.map(null);
  const map = maps.find(({ library }) => library.device === device);
  assert(map !== undefined, device);
  return map;
}

async function openRequests(fixture: Fixture): Promise<string[]> {
  return (await fixture.all("operatorRequest"))
    .filter(({ state }) => state === "submitted")
    .map(({ message }) => message);
}

Deno.test("a library that cannot be opened at the start is shown as not present with the reason, and keeps nobody from work", async () => {
  const clock = new FakeClock();
  const { open } = new Switch();
  await using fixture = await openFixture({
    urls: [AWAY, PRESENT],
    clock,
    open,
  });
  const { library, obstacle, slots } = await mapOf(fixture, AWAY);
  assertEquals(library.operationalState, "notPresent");
  assertStringIncludes(obstacle ?? "", "no power");
  assertEquals(slots, []);
  const [request = "", ...more] = await openRequests(fixture);
  assertStringIncludes(request, "no power");
  assertEquals(more, []);
  const { obstacle: none } = await mapOf(fixture, PRESENT);
  assertEquals(none, null);
  const medium = await fixture.allocate(await fixture.pool());
  await fixture.manager.mount(fixture.caller(), mountOf(medium));
});

Deno.test("a library that could not be opened at the start is tried again after growing pauses, and comes online with its inventory", async () => {
  const clock = new FakeClock();
  const device = new Switch();
  await using fixture = await openFixture({
    urls: [AWAY],
    clock,
    open: device.open,
  });
  assertEquals(device.tries, 1);
  const { library: { id: standIn } } = await mapOf(fixture, AWAY);
  for (const pauseMs of [5_000, 10_000, 20_000]) {
    const { tries } = device;
    clock.advance(pauseMs - 1);
    assertEquals(device.tries, tries);
    const before = fixture.log.lines.length;
    clock.advance(1);
    assertEquals(device.tries, tries + 1);
    // The try has failed, and the next one is waited for.
    while (fixture.log.lines.length === before) await fixture.map();
    await fixture.map();
  }
  device.isOn = true;
  clock.advance(40_000);
  while ((await mapOf(fixture, AWAY)).library.operationalState !== "ready");
  const map = await mapOf(fixture, AWAY);
  assertEquals([map.obstacle, map.cartridges.length], [null, 3]);
  assertEquals(
    (await fixture.all("library")).some(({ id }) => id === standIn),
    false,
  );
  while ((await openRequests(fixture)).length > 0);
  assertEquals((await fixture.manager.map(null)).length, 1);
  const medium = await fixture.allocate(await fixture.pool());
  await fixture.manager.mount(fixture.caller(), mountOf(medium));
});

Deno.test("a known library that cannot be opened keeps its cartridges and allocations until it comes back", async () => {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  const device = new Switch();
  device.isOn = true;
  const options = { urls: [AWAY], path, open: device.open };
  let medium = "";
  {
    await using fixture = await openFixture(options);
    medium = await fixture.allocate(await fixture.pool());
  }
  device.isOn = false;
  const clock = new FakeClock();
  {
    await using fixture = await openFixture({ ...options, clock });
    const { cartridges, library, obstacle } = await mapOf(fixture, AWAY);
    assertEquals(library.operationalState, "notPresent");
    assertStringIncludes(obstacle ?? "", "no power");
    assertEquals(cartridges.length, 3);
    device.isOn = true;
    clock.advance(5_000);
    while ((await mapOf(fixture, AWAY)).library.operationalState !== "ready");
    await fixture.manager.mount(fixture.caller(), mountOf(medium));
  }
  await Deno.remove(path);
});

Deno.test("a known library that is not found at the start is waited for where it was, and nothing else is taken for it", async () => {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  let away = true;
  const clock = new FakeClock();
  const open = (device: string) =>
    openChanger(away && device === AWAY ? PRESENT : device, {
      clock: systemClock,
    });
  {
    await using _ = await openFixture({ urls: [AWAY, PRESENT], path });
  }
  {
    // Its device's name is another library's now.
    const urls = [PRESENT];
    const options = { urls, path, open, clock, looksForKnown: true };
    await using fixture = await openFixture(options);
    const { library, obstacle } = await mapOf(fixture, AWAY);
    assertEquals(library.operationalState, "notPresent");
    assertStringIncludes(obstacle ?? "", "another one is there");
    assertEquals((await mapOf(fixture, PRESENT)).cartridges.length, 2);
    away = false;
    clock.advance(5_000);
    while ((await mapOf(fixture, AWAY)).library.operationalState !== "ready");
    assertEquals((await fixture.manager.map(null)).length, 2);
  }
  await Deno.remove(path);
});

Deno.test("what was given once, never opened and is no longer given is forgotten", async () => {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  const { open } = new Switch();
  {
    await using _ = await openFixture({ urls: [AWAY, PRESENT], path, open });
  }
  {
    await using fixture = await openFixture({ urls: [PRESENT], path, open });
    const maps = await fixture.manager.map(null);
    assertEquals(maps.map(({ library }) => library.device), [PRESENT]);
    assertEquals(await openRequests(fixture), []);
  }
  await Deno.remove(path);
});

Deno.test("a service that stops while it tries to open a library again waits for the end of that", async () => {
  const clock = new FakeClock();
  const opening = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  let tries = 0;
  const fixture = await startFixture({
    urls: [AWAY],
    clock,
    open: async (device) => {
      if (++tries === 1) throw new Error("no power");
      opening.resolve();
      await goOn.promise;
      return await openChanger(device, { clock: systemClock });
    },
  });
  await fixture.manager.ready;
  clock.advance(5_000);
  await opening.promise;
  let isClosed = false;
  const closed = fixture[Symbol.asyncDispose]().then(() => isClosed = true);
  await settle();
  assertEquals(isClosed, false);
  goOn.resolve();
  await closed;
});
