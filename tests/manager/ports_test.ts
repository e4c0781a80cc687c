import { assert, assertEquals } from "@std/assert";
import { LIMITS, NtmsError } from "../../src/model/mod.ts";
import { settle } from "../simulation/simulated_clock.ts";
import { FakeClock } from "./fake_clock.ts";
import { mountOf, openFixture } from "./fixture.ts";
import {
  cartridge,
  eject,
  ended,
  hands,
  inject,
  openRequests,
  portOf,
  refused,
  stopEjection,
  until,
  URL,
  withLibrary,
} from "./port_fixture.ts";

Deno.test("an ejected cartridge is offered in a port, and is in the offline library once a person took it", () =>
  withLibrary(async (fixture, library) => {
    const medium = await fixture.allocate(await fixture.pool());
    const side = (await fixture.all("side")).find(({ logicalMedium }) =>
      logicalMedium === medium
    );
    const owned = (await fixture.all("cartridge")).find(({ id }) =>
      id === side?.cartridge
    );
    assert(owned !== undefined);
    const { requests } = await eject(fixture, owned.id);
    const port = await portOf(fixture, owned.barCode);
    const { barCode } = await hands(fixture, library).remove(port);
    assertEquals(barCode, owned.barCode);
    await ended(fixture, requests);
    const { library: now } = await cartridge(fixture, owned.barCode);
    const offline = (await fixture.all("library")).find(({ kind }) =>
      kind === "offline"
    );
    assertEquals(now, offline?.id);
    assertEquals(await openRequests(fixture), [], "it was meant to leave");
  }));

Deno.test("an offered cartridge that nobody takes in the time of its port goes back, and the operator is told", () =>
  withLibrary(async (fixture) => {
    const { manager } = fixture;
    for (const { id } of await fixture.all("port")) {
      await manager.objects.set(fixture.caller(), id, { maxExtendSeconds: 0 });
    }
    const before = await cartridge(fixture, "LAB001L6");
    const { requests } = await eject(fixture, before.id);
    await refused(ended(fixture, requests), "ERROR_TIMEOUT");
    const after = await cartridge(fixture, "LAB001L6");
    assertEquals(after.location, before.location);
    const [request] = await openRequests(fixture);
    assertEquals(request?.command, "moveMedia");
  }));

Deno.test("a port that a person is at is looked at as often as the limit says", async () => {
  const clock = new FakeClock();
  await using fixture = await openFixture({ url: URL, clock });
  const { library } = await fixture.map();
  const { requests } = await eject(
    fixture,
    (await cartridge(fixture, "LAB001L6")).id,
  );
  await settle();
  await hands(fixture, library.id).remove(await portOf(fixture, "LAB001L6"));
  await settle();
  const isOpen = async () => {
    const all = await fixture.all("libraryRequest");
    return all.find(({ id }) => id === requests[0])?.state === "inProcess";
  };
  clock.advance(LIMITS.portAskedMs - 1);
  await settle();
  assert(await isOpen(), "it was looked at too early");
  clock.advance(1);
  await ended(fixture, requests);
});

Deno.test("an ejection that is stopped brings the cartridge home", () =>
  withLibrary(async (fixture) => {
    const before = await cartridge(fixture, "LAB001L6");
    const { operation, requests } = await eject(fixture, before.id);
    await portOf(fixture, "LAB001L6");
    await stopEjection(fixture, operation);
    await refused(ended(fixture, requests), "ERROR_CANCELLED");
    const after = await cartridge(fixture, "LAB001L6");
    assertEquals(after.location, before.location);
  }));

Deno.test("a cartridge that is offered is not mounted before it is back", () =>
  withLibrary(async (fixture) => {
    const medium = await fixture.allocate(await fixture.pool());
    const owned = (await fixture.all("side")).find(({ logicalMedium }) =>
      logicalMedium === medium
    );
    assert(owned !== undefined);
    const { operation } = await eject(fixture, owned.cartridge);
    await until(async () => {
      const ports = await fixture.all("port");
      return ports.find(({ content }) => content === "full");
    });
    const mount = fixture.manager.mount(fixture.caller(), mountOf(medium));
    const request = await until(async () =>
      (await fixture.all("libraryRequest")).find((one) =>
        one.operation === "mount" && one.state === "waiting"
      )
    );
    assert(request.message.includes("in use"), request.message);
    await stopEjection(fixture, operation);
    assertEquals((await mount).mounts.length, 1);
  }));

Deno.test("a mounted cartridge is ejected only by force, which ends its mount", () =>
  withLibrary(async (fixture, library) => {
    const medium = await fixture.allocate(await fixture.pool());
    const { mounts } = await fixture.manager.mount(
      fixture.caller(),
      mountOf(medium),
    );
    const barCode = mounts[0]?.barCode ?? "";
    const { id } = await cartridge(fixture, barCode);
    const message = await refused(eject(fixture, id), "ERROR_BUSY");
    assert(message.includes("dismount it"), message);
    const { requests } = await eject(fixture, id, "force");
    await hands(fixture, library).remove(await portOf(fixture, barCode));
    await ended(fixture, requests);
    const [drive] = await fixture.all("drive");
    assertEquals(drive?.state, "dismounted");
  }));

Deno.test("an ejection goes to another port when a hand has filled the one it was to use", () =>
  withLibrary(async (fixture, library) => {
    const { insert, remove } = hands(fixture, library);
    const [first, second] = await fixture.all("port");
    await insert("NEW001L6", first?.id ?? null);
    const { id } = await cartridge(fixture, "LAB001L6");
    const { requests } = await eject(fixture, id);
    const over = ended(fixture, requests);
    const port = await Promise.race([portOf(fixture, "LAB001L6"), over]);
    assertEquals(port, second?.id);
    await remove(second?.id ?? "");
    await over;
  }));

Deno.test("a cartridge that is being ejected, or is queued for it, is not ejected once more", () =>
  withLibrary(async (fixture) => {
    const first = await cartridge(fixture, "LAB001L6");
    await eject(fixture, first.id);
    const port = await portOf(fixture, "LAB001L6");
    for (const action of ["start", "queue", "force"] as const) {
      await refused(eject(fixture, first.id, action), "ERROR_BUSY");
    }
    const { location } = await cartridge(fixture, "LAB001L6");
    assertEquals(location, port);
    const second = await cartridge(fixture, "LAB002L6");
    await eject(fixture, second.id, "queue");
    await refused(eject(fixture, second.id), "ERROR_BUSY");
  }));

Deno.test("cartridges that are queued are offered together with the one that starts", () =>
  withLibrary(async (fixture, library) => {
    const first = await cartridge(fixture, "LAB001L6");
    const second = await cartridge(fixture, "LAB002L6");
    const queued = await eject(fixture, first.id, "queue");
    const { requests } = await eject(fixture, second.id);
    assertEquals(requests.length, 2);
    assertEquals(requests[0], queued.operation);
    for (const { barCode } of [first, second]) {
      await hands(fixture, library).remove(await portOf(fixture, barCode));
    }
    await ended(fixture, requests);
  }));

Deno.test("no more cartridges are queued than the ports have places; START without one offers them", () =>
  withLibrary(async (fixture) => {
    const ids = await Promise.all(
      [1, 2, 3].map((one) => cartridge(fixture, `LAB00${one}L6`)),
    );
    await eject(fixture, ids[0]?.id ?? "", "queue");
    await eject(fixture, ids[1]?.id ?? "", "queue");
    await refused(eject(fixture, ids[2]?.id ?? "", "queue"), "ERROR_BUSY");
    const { operation, requests } = await eject(fixture, null);
    assertEquals(requests.length, 2);
    await portOf(fixture, "LAB002L6");
    await stopEjection(fixture, operation);
    await refused(ended(fixture, requests), "ERROR_CANCELLED");
    await refused(eject(fixture, null), "ERROR_INVALID_PARAMETER");
  }));

Deno.test("what waits for a port goes on when a person has emptied one, and asks for that", () =>
  withLibrary(async (fixture, library) => {
    const { insert, remove } = hands(fixture, library);
    const [one, other] = await fixture.all("port");
    await insert("NEW001L6", one?.id);
    await insert("NEW002L6", other?.id);
    await fixture.manager.inventory(fixture.caller(), {
      library,
      method: "fast",
      wait: true,
    });
    const { id } = await cartridge(fixture, "LAB001L6");
    const { requests } = await eject(fixture, id);
    const asked = await until(async () => (await openRequests(fixture))[0]);
    assert(asked.message.includes("take out"), asked.message);
    await remove(one?.id ?? "");
    await remove(await portOf(fixture, "LAB001L6"));
    await ended(fixture, requests);
  }));

Deno.test("a free cartridge that leaves is forgotten where the computer's policy says so", () =>
  withLibrary(async (fixture, library) => {
    const [computer] = await fixture.all("computer");
    await fixture.manager.objects.set(fixture.caller(), computer?.id ?? "", {
      mediaPoolPolicy: 1,
    });
    const { id } = await cartridge(fixture, "LAB001L6");
    const { requests } = await eject(fixture, id);
    await hands(fixture, library).remove(await portOf(fixture, "LAB001L6"));
    await ended(fixture, requests);
    const left = (await fixture.all("cartridge")).map((one) => one.barCode);
    assertEquals(left, ["LAB002L6", "LAB003L6"]);
  }));

Deno.test("an injected cartridge goes to a free slot, and what waits for it goes on", () =>
  withLibrary(async (fixture, library) => {
    const { insert, remove } = hands(fixture, library);
    const medium = await fixture.allocate(await fixture.pool());
    const side = (await fixture.all("side")).find(({ logicalMedium }) =>
      logicalMedium === medium
    );
    const { requests } = await eject(fixture, side?.cartridge ?? "");
    const { barCode } = await remove(await portOf(fixture, side?.name ?? ""));
    await ended(fixture, requests);
    const mount = fixture.manager.mount(fixture.caller(), mountOf(medium));
    await until(async () => (await openRequests(fixture))[0]);
    const injection = await inject(fixture, library);
    await insert(barCode ?? "");
    assertEquals((await mount).mounts[0]?.barCode, barCode);
    await ended(fixture, injection.requests);
    assertEquals(await openRequests(fixture), []);
  }));

Deno.test("an injection of many goes on until it is stopped, and is refused where no slot is free", () =>
  withLibrary(async (fixture, library) => {
    const { insert } = hands(fixture, library);
    const { operation, requests } = await inject(
      fixture,
      library,
      "startMany",
    );
    await refused(inject(fixture, library), "ERROR_BUSY");
    await insert("NEW001L6");
    await until(async () => {
      const found = (await fixture.all("cartridge"))
        .find(({ barCode }) => barCode === "NEW001L6");
      const slots = await fixture.all("slot");
      return slots.find(({ id }) => id === found?.location);
    });
    await inject(fixture, library, "retract", operation);
    await inject(fixture, library, "stop", operation);
    await ended(fixture, requests);
    await refused(inject(fixture, library), "ERROR_LIBRARY_FULL");
  }));

Deno.test("an injection that nobody uses ends when its time is up", () =>
  withLibrary(async (fixture, library) => {
    for (const { id } of await fixture.all("port")) {
      await fixture.manager.objects.set(fixture.caller(), id, {
        maxExtendSeconds: 0,
      });
    }
    const { requests } = await inject(fixture, library);
    await refused(ended(fixture, requests), "ERROR_TIMEOUT");
  }));

Deno.test("only an operation of its kind is stopped, and only one of many is retracted", () =>
  withLibrary(async (fixture, library) => {
    const { operation } = await inject(fixture, library);
    await refused(
      inject(fixture, library, "retract", operation),
      "ERROR_INVALID_OPERATION",
    );
    await refused(
      stopEjection(fixture, operation),
      "ERROR_INVALID_OPERATION",
    );
    await refused(
      inject(fixture, library, "stop", null),
      "ERROR_INVALID_OPERATION",
    );
    await inject(fixture, library, "stop", operation);
    await refused(ended(fixture, [operation]), "ERROR_CANCELLED");
  }));

Deno.test("a manager that closes leaves an offered cartridge in its port", async () => {
  const fixture = await openFixture({ url: URL, limits: { portAskedMs: 2 } });
  const { id } = await cartridge(fixture, "LAB001L6");
  await eject(fixture, id);
  await inject(fixture, (await fixture.map()).library.id);
  await portOf(fixture, "LAB001L6");
  await fixture[Symbol.asyncDispose]();
});

Deno.test("a port that was left extended is pulled in before the robot goes there", () =>
  withLibrary(async (fixture, library) => {
    const [port] = await fixture.all("port");
    const [changer] = fixture.changers;
    assert(port !== undefined && changer !== undefined);
    await changer.movePort(port.elementAddress, "open");
    const { id } = await cartridge(fixture, "LAB001L6");
    const { requests } = await eject(fixture, id);
    await hands(fixture, library).remove(await portOf(fixture, "LAB001L6"));
    await ended(fixture, requests);
  }));

Deno.test("the end of an ejection is written down as soon as the catalogue can be written", async () => {
  const clock = new FakeClock();
  let failures = 1;
  await using fixture = await openFixture({
    url: URL,
    clock,
    crash: (point) => {
      if (point !== "commit.cartridgeLeft.before" || failures-- <= 0) return;
      throw new NtmsError("ERROR_DATABASE_FAILURE", "The disk is gone");
    },
  });
  const { library } = await fixture.map();
  const { id } = await cartridge(fixture, "LAB001L6");
  const { requests } = await eject(fixture, id);
  await settle();
  await hands(fixture, library.id).remove(await portOf(fixture, "LAB001L6"));
  await settle();
  clock.advance(LIMITS.portAskedMs);
  await settle();
  assertEquals(failures, 0, "it was not tried");
  clock.advance(5_000);
  await ended(fixture, requests);
  assertEquals((await cartridge(fixture, "LAB001L6")).location, null);
});
