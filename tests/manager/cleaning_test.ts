import { assert, assertEquals } from "@std/assert";
import {
  clean,
  CLEANER,
  driveOf,
  endedRequest,
  placeOf,
  raise,
  recordOf,
  URL,
  useMedium,
  withCleaner,
} from "./cleaning_fixture.ts";
import {
  cartridge,
  ended,
  hands,
  inject,
  openRequests,
  refused,
  until,
} from "./port_fixture.ts";
import { mountOf } from "./fixture.ts";

const UNCOUNTED = 0xffff_ffff;
const PRESENT = 0x2;

Deno.test("a library that goes by bar codes finds its cleaning cartridge by itself", async () => {
  await withCleaner(async (fixture, library) => {
    const { cleanerSlot, cleanerUsesRemaining, flags } = await recordOf(
      fixture,
      library,
    );
    const { location, homeSlot } = await cartridge(fixture, CLEANER);
    assertEquals(cleanerSlot, location);
    assertEquals(cleanerSlot, homeSlot);
    assertEquals(cleanerUsesRemaining, UNCOUNTED);
    assertEquals(flags & PRESENT, PRESENT);
  });
});

Deno.test("a cleaning takes one use, is noted with the drive, and brings the cartridge home", async () => {
  await withCleaner(async (fixture, library) => {
    const { manager } = fixture;
    await manager.objects.set(fixture.caller(), library, {
      cleanerUsesRemaining: 5,
    });
    const { id } = await driveOf(fixture);
    const request = await clean(fixture, id);
    await ended(fixture, [request]);
    const drive = await driveOf(fixture);
    assert(drive.lastCleaned !== null);
    assertEquals(drive.state, "dismounted");
    assertEquals(await placeOf(fixture, CLEANER), "Slot 3");
    assertEquals((await recordOf(fixture, library)).cleanerUsesRemaining, 4);
  });
});

Deno.test("what is left in the drive goes home first, and what is mounted stays", async () => {
  await withCleaner(async (fixture) => {
    const pool = await fixture.pool();
    const medium = await fixture.allocate(pool);
    const { id } = await driveOf(fixture);
    const { manager } = fixture;
    await manager.mount(fixture.caller(), {
      media: [medium],
      drives: [id],
      priority: 0,
      timeoutMs: UNCOUNTED,
    });
    const request = await clean(fixture, id);
    const waits = await until(async () => {
      const all = await fixture.all("libraryRequest");
      const found = all.find((one) => one.id === request);
      return found?.state === "waiting" ? found.message : undefined;
    });
    assertEquals(waits, "waits for drive 0 to be free");
    await manager.dismount(fixture.caller(), { media: [medium] });
    await ended(fixture, [request]);
    assertEquals(await placeOf(fixture, "LAB001L6"), "Slot 1");
  });
});

Deno.test("a drive that asks for it is cleaned by itself once its medium is out", async () => {
  await withCleaner(async (fixture, library) => {
    const medium = await fixture.allocate(await fixture.pool());
    const { id } = await driveOf(fixture);
    await raise(fixture, library, id, 20);
    await useMedium(fixture, medium, id);
    const { application, driveId } = await endedRequest(fixture, "cleanDrive")
      .then((one) => ({ application: one.application, driveId: one.drive }));
    assertEquals([application, driveId], ["RSM", id]);
    const drive = await driveOf(fixture);
    assertEquals(drive.alerts, []);
    assert(drive.lastCleaned !== null);
  });
});

Deno.test("a library that is set so leaves a dirty drive to people", async () => {
  await withCleaner(async (fixture, library) => {
    const { manager } = fixture;
    const autoClean = (on: boolean) =>
      manager.objects.set(fixture.caller(), library, { autoClean: on });
    await autoClean(false);
    const medium = await fixture.allocate(await fixture.pool());
    const { id } = await driveOf(fixture);
    await raise(fixture, library, id, 20);
    await useMedium(fixture, medium, id);
    assertEquals((await driveOf(fixture)).alerts, [20]);
    const requests = await fixture.all("libraryRequest");
    assert(!requests.some(({ operation }) => operation === "cleanDrive"));
    // What it asked for it gets when it is set so again.
    await autoClean(true);
    await endedRequest(fixture, "cleanDrive");
    assertEquals((await driveOf(fixture)).alerts, []);
  });
});

Deno.test("a used up cleaning cartridge takes no use, is not used again, and a person is asked", async () => {
  await withCleaner(async (fixture, library) => {
    const { id } = await driveOf(fixture);
    for (let turn = 0; turn < 2; turn++) {
      await ended(fixture, [await clean(fixture, id)]);
    }
    const third = await clean(fixture, id);
    await refused(ended(fixture, [third]), "ERROR_CLEANER_CARTRIDGE_SPENT");
    assertEquals((await recordOf(fixture, library)).cleanerUsesRemaining, 0);
    assertEquals(await placeOf(fixture, CLEANER), "Slot 3");
    const [asked] = await openRequests(fixture);
    assertEquals([asked?.command, asked?.argument1?.id], ["cleaner", library]);
    // The next one waits for another cartridge.
    const fourth = await clean(fixture, id);
    const message = await until(async () => {
      const all = await fixture.all("libraryRequest");
      const found = all.find((one) => one.id === fourth);
      return found?.state === "waiting" ? found.message : undefined;
    });
    assertEquals(message, "waits for a cleaning cartridge");
    const { manager } = fixture;
    await manager.queue.cancel(fixture.caller(), fourth);
    await refused(ended(fixture, [fourth]), "ERROR_CANCELLED");
  });
});

Deno.test("who waits for a cleaning cartridge has the person asked again where none came, and gives up where the person refuses", async () => {
  await withCleaner(async (fixture) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const { id } = await driveOf(fixture);
    const waiting = await clean(fixture, id);
    const asked = (not = "") =>
      until(async () =>
        (await openRequests(fixture)).find((one) => one.id !== not)
      );
    const first = await asked();
    await manager.operators.satisfy(caller, first.id);
    const second = await asked(first.id);
    assertEquals(second.command, "cleaner");
    await manager.operators.refuse(caller, second.id);
    await refused(ended(fixture, [waiting]), "ERROR_REQUEST_REFUSED");
  }, URL.replace(",CLN001L6", ""));
});

Deno.test("the last use has a person asked for another cartridge, which ends with one", async () => {
  await withCleaner(async (fixture, library) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    await manager.objects.set(caller, library, { cleanerUsesRemaining: 1 });
    const { id } = await driveOf(fixture);
    await ended(fixture, [await clean(fixture, id)]);
    assertEquals((await openRequests(fixture)).length, 1);
    const waiting = await clean(fixture, id);
    const person = hands(fixture, library);
    const out = await manager.cleaners.eject(caller, {
      library,
      action: "start",
      operation: null,
    });
    const port = await until(async () => {
      const { location } = await cartridge(fixture, CLEANER);
      const ports = await fixture.all("port");
      return ports.find((one) => one.id === location)?.id;
    });
    await person.remove(port);
    await ended(fixture, out.requests);
    assertEquals(await placeOf(fixture, CLEANER), "gone");
    const { cleanerSlot, flags } = await recordOf(fixture, library);
    assert(cleanerSlot !== null);
    assertEquals(flags & PRESENT, 0);
    const begun = await manager.cleaners.inject(caller, {
      library,
      action: "start",
      operation: null,
      uses: 7,
    });
    await person.insert("CLN002L6");
    await ended(fixture, begun.requests);
    await ended(fixture, [waiting]);
    assertEquals((await recordOf(fixture, library)).cleanerUsesRemaining, 6);
    assertEquals(await placeOf(fixture, "CLN002L6"), "Slot 3");
    assertEquals(await openRequests(fixture), []);
  });
});

Deno.test("no data medium goes to the reserved slot, and none is taken for the cleaning cartridge", async () => {
  const url = URL.replace("slots=6", "slots=4").replace(",CLN001L6", "");
  await withCleaner(async (fixture, library) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const slots = await fixture.all("slot");
    const slot = slots.find(({ number }) => number === 3)?.id ?? "";
    await manager.cleaners.reserve(caller, { library, slot });
    const person = hands(fixture, library);
    await person.insert("LAB003L6");
    const { requests } = await inject(fixture, library);
    await ended(fixture, requests);
    assertEquals(await placeOf(fixture, "LAB003L6"), "Slot 4");
    await refused(inject(fixture, library), "ERROR_LIBRARY_FULL");
    const begun = await manager.cleaners.inject(caller, {
      library,
      action: "start",
      operation: null,
      uses: 7,
    });
    await person.insert("LAB004L6");
    await refused(ended(fixture, begun.requests), "ERROR_INVALID_MEDIA");
    assertEquals(await placeOf(fixture, "LAB004L6"), "Port 1");
    assertEquals((await recordOf(fixture, library)).cleanerUsesRemaining, 0);
    assertEquals((await openRequests(fixture)).length, 1);
  }, url);
});

Deno.test("a cleaning cartridge is neither mounted nor moved to a pool of programs", async () => {
  await withCleaner(async (fixture) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const { id } = await cartridge(fixture, CLEANER);
    const side = (await fixture.all("side")).find((one) =>
      one.cartridge === id
    );
    const mount = mountOf(side?.id ?? "");
    await refused(manager.mount(caller, mount), "ERROR_INVALID_MEDIA");
    const move = { cartridge: id, pool: await fixture.pool() };
    await refused(manager.pools.move(caller, move), "ERROR_INVALID_MEDIA");
  });
});

Deno.test("a serious flag is shown, logged and brought before the operator; a harmless one is only shown", async () => {
  await withCleaner(async (fixture, library) => {
    const medium = await fixture.allocate(await fixture.pool());
    const { id } = await driveOf(fixture);
    for (const flag of [9, 30, 4]) await raise(fixture, library, id, flag);
    await useMedium(fixture, medium, id);
    assertEquals((await driveOf(fixture)).alerts, [4, 9, 30]);
    const warnings = fixture.log.lines.filter((line) =>
      line === "warn A drive raises an alert"
    );
    assertEquals(warnings.length, 2);
    const asked = await openRequests(fixture);
    assertEquals(
      asked.map(({ argument1, command }) => [command, argument1?.type])
        .toSorted(),
      [["deviceService", "cartridge"], ["deviceService", "drive"]],
    );
    // The next time that it is asked, it has nothing to tell.
    await useMedium(fixture, medium, id);
    assertEquals((await driveOf(fixture)).alerts, []);
  });
});

Deno.test("a drive that asks again soon after a cleaning has a person look after it", async () => {
  await withCleaner(async (fixture, library) => {
    const medium = await fixture.allocate(await fixture.pool());
    const { id } = await driveOf(fixture);
    await ended(fixture, [await clean(fixture, id)]);
    await raise(fixture, library, id, 21);
    await useMedium(fixture, medium, id);
    const [asked] = await until(async () => {
      const all = await openRequests(fixture);
      return all.length === 0 ? undefined : all;
    });
    assertEquals(asked?.command, "deviceService");
    assertEquals((await driveOf(fixture)).alerts, [21]);
  });
});
