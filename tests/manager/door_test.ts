import { assert, assertEquals } from "@std/assert";
import { SENSE, VirtualLibrary } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { mountOf, openFixture } from "./fixture.ts";
import {
  cartridge,
  eject,
  ended,
  hands,
  inject,
  openRequests,
  refused,
  until,
  URL,
  withLibrary,
} from "./port_fixture.ts";

const PREVENT_ALLOW_MEDIUM_REMOVAL = 0x1e;

Deno.test("while the door is open nothing moves; what was changed is known once it is closed", () =>
  withLibrary(async (fixture, library) => {
    const { door, insert } = hands(fixture, library);
    const medium = await fixture.allocate(await fixture.pool());
    const { requests } = await fixture.manager.ports.accessDoor(
      fixture.caller(),
      { library, inventory: "default" },
    );
    await door("open");
    await until(async () =>
      (await fixture.all("door")).find(({ state }) => state === "open")
    );
    const mount = fixture.manager.mount(fixture.caller(), mountOf(medium));
    const slots = await fixture.all("slot");
    await insert("NEW001L6", slots[3]?.id);
    const [waiting] = (await fixture.all("libraryRequest")).filter((one) =>
      one.operation === "mount"
    );
    assert(waiting === undefined || waiting.state !== "inProcess");
    await door("close");
    await ended(fixture, requests);
    assertEquals((await mount).mounts.length, 1);
    await cartridge(fixture, "NEW001L6");
    assertEquals((await fixture.all("door"))[0]?.state, "closed");
  }));

Deno.test("a door that stays open calls the operator, who may say that it is closed", () =>
  withLibrary(async (fixture, library) => {
    const [door] = await fixture.all("door");
    await fixture.manager.objects.set(fixture.caller(), door?.id ?? "", {
      maxOpenSeconds: 0,
    });
    const { requests } = await fixture.manager.ports.accessDoor(
      fixture.caller(),
      { library, inventory: "none" },
    );
    const asked = await until(async () => (await openRequests(fixture))[0]);
    assert(asked.message.includes("Close the door"), asked.message);
    await fixture.manager.operators.satisfy(fixture.caller(), asked.id);
    await ended(fixture, requests);
  }));

Deno.test("a library without ports says that its door is the way", () =>
  withLibrary(async (fixture, library) => {
    const { id } = await cartridge(fixture, "LAB001L6");
    const message = await refused(eject(fixture, id), "ERROR_NOT_SUPPORTED");
    assert(message.includes("rsm door"), message);
    await refused(inject(fixture, library), "ERROR_NOT_SUPPORTED");
  }, URL.replace("ports=2", "ports=0")));

Deno.test("a door that cannot be locked is treated as one that can", async () => {
  await using library = await VirtualLibrary.open(URL, {
    clock: systemClock,
    faults: ({ cdb }) =>
      cdb[0] === PREVENT_ALLOW_MEDIUM_REMOVAL
        ? { sense: SENSE.unsupportedCommand }
        : "none",
  });
  await using fixture = await openFixture({
    open: () => library.openChanger(),
    limits: { portAskedMs: 2 },
  });
  const { library: { id } } = await fixture.map();
  const { door } = hands(fixture, id);
  const { requests } = await fixture.manager.ports.accessDoor(
    fixture.caller(),
    { library: id, inventory: "fast" },
  );
  await door("open");
  await door("close");
  await ended(fixture, requests);
});
