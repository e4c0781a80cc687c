import { assert, assertEquals, assertRejects } from "@std/assert";
import { openChanger } from "../../src/changer/mod.ts";
import type { HotPlug, LibrarySource } from "../../src/manager/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const FIRST =
  "virtual:first?files=no&slots=4&cartridges=2&drives=1&barcodes=ONE%02dL6";
const SECOND =
  "virtual:second?files=no&slots=4&cartridges=2&drives=1&barcodes=TWO%02dL6";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

/** The devices of a computer, which a test plugs in and out. */
class Host implements HotPlug {
  readonly here = new Set<string>();
  #tell: () => void = () => {};

  watch(changed: () => void): () => void {
    this.#tell = changed;
    return () => this.#tell = () => {};
  }

  find(): Promise<readonly LibrarySource[]> {
    return Promise.resolve(
      [...this.here].map((device) => this.sourceOf(device)),
    );
  }

  sourceOf(device: string): LibrarySource {
    return {
      device,
      open: (signal) =>
        this.here.has(device) || device === FIRST
          ? openChanger(device, { clock: systemClock, signal })
          : Promise.reject(new Error("it is not there")),
      isThere: () => Promise.resolve(this.here.has(device)),
    };
  }

  plug(device: string): void {
    this.here.add(device);
    this.#tell();
  }

  unplug(device: string): void {
    this.here.delete(device);
    this.#tell();
  }
}

/** Reads the state of a library until it is one. */
async function until(
  fixture: Fixture,
  device: string,
  state: string,
): Promise<string> {
  for (;;) {
    const found = (await fixture.all("library")).find((one) =>
      one.device === device
    );
    if (found?.operationalState === state) return found.id;
  }
}

Deno.test("a library that comes while the service runs is taken in, one that goes is not present, and it is the same one when it comes back", async () => {
  const hotPlug = new Host();
  await using fixture = await openFixture({ urls: [FIRST], hotPlug });
  const { manager } = fixture;
  hotPlug.plug(SECOND);
  const id = await until(fixture, SECOND, "ready");
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const media: string[] = [];
  const ofSecond = async () => {
    for (const side of await fixture.all("side")) {
      const cartridge = await manager.object(side.cartridge);
      assert(cartridge.type === "cartridge");
      if (cartridge.library !== id) continue;
      const { logicalMedium } = await manager.allocate(caller, {
        pool,
        side: side.id,
        timeoutMs: 0,
      });
      media.push(logicalMedium);
    }
  };
  await ofSecond();
  const [mounted = "", waiting = ""] = media;
  await manager.mount(caller, mountOf(mounted));
  const { requests } = await manager.mount(caller, {
    ...mountOf(waiting),
    noWait: true,
  });
  hotPlug.unplug(SECOND);
  await until(fixture, SECOND, "notPresent");
  assertEquals(
    await code(manager.requestsEnded(requests, 10_000)),
    "ERROR_DEVICE_NOT_AVAILABLE",
  );
  assertEquals(
    await code(manager.mount(caller, mountOf(waiting))),
    "ERROR_DEVICE_NOT_AVAILABLE",
  );
  const { obstacle } = (await manager.map(id))[0] ?? {};
  assert(obstacle?.includes("not there"), obstacle ?? "");
  hotPlug.plug(SECOND);
  assertEquals(await until(fixture, SECOND, "ready"), id);
  // The model of the library began anew: nothing is in its drive.
  await manager.mount(caller, mountOf(waiting));
  const open = (await fixture.all("operatorRequest"))
    .filter(({ state }) => state === "submitted");
  assertEquals(open, []);
});

Deno.test("a library that is deleted while it is gone is a new one when it comes again", async () => {
  const hotPlug = new Host();
  await using fixture = await openFixture({ urls: [FIRST], hotPlug });
  hotPlug.plug(SECOND);
  const id = await until(fixture, SECOND, "ready");
  hotPlug.unplug(SECOND);
  await until(fixture, SECOND, "notPresent");
  await fixture.manager.devices.deleteLibrary(fixture.caller(), id);
  const devices = (await fixture.all("library")).map(({ device }) => device);
  assertEquals(devices.includes(SECOND), false);
  hotPlug.plug(SECOND);
  assert(await until(fixture, SECOND, "ready") !== id);
});

Deno.test("a person plugs a virtual library in and out", async () => {
  const hotPlug = new Host();
  hotPlug.here.add(SECOND);
  await using fixture = await openFixture({ urls: [FIRST], hotPlug });
  const { manager } = fixture;
  const caller = fixture.caller();
  const plugIn = (device: string) => manager.devices.plugIn(caller, { device });
  const id = await plugIn(SECOND);
  assertEquals((await manager.object(id)).operationalState, "ready");
  assertEquals(await code(plugIn(SECOND)), "ERROR_ALREADY_EXISTS");
  await manager.ports.useHands(caller, { library: id, action: "unplug" });
  assertEquals((await manager.object(id)).operationalState, "notPresent");
  assertEquals(await plugIn(SECOND), id);
  assertEquals(
    await code(plugIn("virtual:third")),
    "ERROR_DEVICE_NOT_AVAILABLE",
  );
  assertEquals((await fixture.all("library")).length, 3);
});
