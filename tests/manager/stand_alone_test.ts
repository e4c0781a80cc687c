import { assert, assertEquals } from "@std/assert";
import type { LibraryRequestId } from "../../src/model/mod.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import { hands, openRequests, refused, until } from "./port_fixture.ts";

const URL = "virtual:desk?slots=0";

/** A manager with a drive that stands alone and is looked at often. */
async function atDesk(
  test: (desk: Desk) => Promise<void>,
): Promise<void> {
  await using fixture = await openFixture({
    url: URL,
    trustBarCodes: false,
    limits: { restingLibraryAskedMs: 2, watchedLibraryAskedMs: 2 },
  });
  const [drive] = await fixture.all("drive");
  assert(drive !== undefined);
  const { insert, remove } = hands(fixture, drive.library);
  const looked = async () =>
    (await fixture.all("libraryRequest")).filter(({ completed, operation }) =>
      operation === "processOmid" && completed !== null
    ).length;
  await test({
    fixture,
    drive: drive.id,
    library: drive.library,
    async insert(name) {
      const before = await looked();
      await insert(name, drive.id);
      await until(async () => await looked() > before || undefined);
    },
    remove: () => remove(drive.id),
    async inDrive() {
      const all = await fixture.all("cartridge");
      return all.find(({ location }) => location === drive.id);
    },
    eject: (force = false) =>
      fixture.manager.drives.eject(fixture.caller(), {
        drive: drive.id,
        wait: true,
        force,
      }),
  });
}

interface Desk {
  readonly fixture: Fixture;
  readonly drive: string;
  readonly library: string;
  /** Puts a cartridge in; resolves when its label was looked at. */
  insert(name: string): Promise<void>;
  remove(): Promise<unknown>;
  inDrive(): Promise<{ id: string; name: string } | undefined>;
  eject(force?: boolean): Promise<{ request: LibraryRequestId | null }>;
}

/** Makes a free medium of what is in the drive, and allocates it. */
async function allocate({ fixture, inDrive }: Desk): Promise<string> {
  const found = await inDrive();
  const all = await fixture.all("cartridge");
  const cartridge = all.find(({ id }) => id === found?.id);
  assert(cartridge !== undefined, "the drive is empty");
  const { mediaType } = cartridge;
  const top = (await fixture.all("mediaPool"))
    .find(({ kind }) => kind === "free");
  const free = (await fixture.all("mediaPool", top?.id))
    .find((pool) => pool.mediaType === mediaType);
  const { manager } = fixture;
  await manager.pools.move(fixture.caller(), {
    cartridge: cartridge.id,
    pool: free?.id ?? "",
  });
  const { pool } = await manager.createPool(fixture.caller(), {
    name: "desk",
    mediaType,
    parent: null,
    mode: "always",
    drawFromFree: true,
  });
  return await fixture.allocate(pool);
}

Deno.test("a drive that stands alone is a library of one drive, without robot, door, port and slots", () =>
  atDesk(async ({ fixture, library }) => {
    const record = (await fixture.all("library"))
      .find(({ id }) => id === library);
    assert(record !== undefined);
    assertEquals(record.kind, "standalone");
    const { changers, doors, drives, ports, slots } = record;
    assertEquals(
      [drives, changers, doors, ports, slots].map(({ count }) => count),
      [1, 0, 0, 0, 0],
    );
  }));

Deno.test("a mount of a medium that is not in the drive asks for it; another one that is put in is given back", () =>
  atDesk(async (desk) => {
    const { fixture } = desk;
    await desk.insert("A");
    const medium = await allocate(desk);
    const first = await desk.inDrive();
    await desk.eject();
    assertEquals(await desk.inDrive(), undefined);
    await desk.remove();
    const mounting = fixture.manager.mount(fixture.caller(), mountOf(medium));
    const asked = await until(async () => (await openRequests(fixture))[0]);
    assertEquals(asked.command, "moveMedia");
    await desk.insert("B");
    await until(async () =>
      (await fixture.all("libraryRequest")).find(({ operation, name, state }) =>
        operation === "eject" && !name.endsWith(first?.name ?? "") &&
        state === "passed"
      )
    );
    assertEquals((await openRequests(fixture)).length, 1, "it goes on waiting");
    await desk.remove();
    await desk.insert("A");
    assertEquals((await mounting).mounts.length, 1);
    assertEquals((await desk.inDrive())?.id, first?.id);
    assertEquals(await openRequests(fixture), []);
  }));

Deno.test("what waits for another medium has the drive let go of the one that was dismounted, and not before", () =>
  atDesk(async (desk) => {
    const { fixture } = desk;
    const { manager } = fixture;
    await desk.insert("A");
    const a = await allocate(desk);
    await desk.eject();
    await desk.remove();
    await desk.insert("B");
    const b = await allocate(desk);
    await manager.mount(fixture.caller(), mountOf(b));
    const ejections = async () =>
      (await fixture.all("libraryRequest"))
        .filter(({ operation }) => operation === "eject").length;
    const before = await ejections();
    const waiting = manager.mount(fixture.caller(), mountOf(a));
    await until(async () => (await openRequests(fixture))[0]);
    await manager.inventory(fixture.caller(), {
      library: desk.library,
      method: "fast",
      wait: true,
    });
    assertEquals(await ejections(), before, "no ejection waits for it");
    assert(await desk.inDrive() !== undefined, "it is mounted");
    await manager.dismount(fixture.caller(), { media: [b] });
    await until(async () => await desk.inDrive() === undefined || undefined);
    await desk.remove();
    await desk.insert("A");
    assertEquals((await waiting).mounts.length, 1);
  }));

Deno.test("a dismounted medium stays in the drive, and the next mount needs no hand", () =>
  atDesk(async (desk) => {
    const { fixture: { caller, manager } } = desk;
    await desk.insert("A");
    const medium = await allocate(desk);
    for (const deferred of [false, true]) {
      await manager.mount(caller(), mountOf(medium));
      await manager.dismount(caller(), {
        media: [medium],
        deferred,
        wait: true,
      });
      const [drive] = await desk.fixture.all("drive");
      assertEquals(drive?.state, "dismountable");
    }
    const { mounts } = await manager.mount(caller(), mountOf(medium));
    assertEquals(mounts.length, 1);
  }));

Deno.test("a cartridge that a hand exchanged for another is not taken for the old one", () =>
  atDesk(async (desk) => {
    const { fixture } = desk;
    await desk.insert("A");
    const medium = await allocate(desk);
    const before = await desk.inDrive();
    await desk.remove();
    await desk.insert("B");
    assert((await desk.inDrive())?.id !== before?.id);
    await refused(
      fixture.manager.mount(fixture.caller(), {
        ...mountOf(medium),
        errorIfOffline: true,
      }),
      "ERROR_MEDIA_OFFLINE",
    );
  }));

Deno.test("a mounted medium is let go of only by force, which ends its mount", () =>
  atDesk(async (desk) => {
    const { fixture } = desk;
    await desk.insert("A");
    const medium = await allocate(desk);
    await fixture.manager.mount(fixture.caller(), mountOf(medium));
    await refused(desk.eject(), "ERROR_BUSY");
    await desk.eject(true);
    assertEquals(await desk.inDrive(), undefined);
  }));

Deno.test("an ejection by the cartridge has the drive let go of it, too", () =>
  atDesk(async (desk) => {
    const { fixture } = desk;
    await desk.insert("A");
    const found = await desk.inDrive();
    const { requests } = await fixture.manager.ports.eject(fixture.caller(), {
      cartridge: found?.id ?? null,
      action: "start",
      operation: null,
    });
    await fixture.manager.requestsEnded(requests, 5_000);
    assertEquals(await fixture.all("cartridge"), [], "nobody knows it");
  }));

Deno.test("a drive in a library does not eject", async () => {
  await using fixture = await openFixture();
  const [drive] = await fixture.all("drive");
  await refused(
    fixture.manager.drives.eject(fixture.caller(), { drive: drive?.id ?? "" }),
    "ERROR_NOT_SUPPORTED",
  );
});

Deno.test("an ejection looks first whether a person has put something in", async () => {
  await using fixture = await openFixture({ url: URL });
  const [drive] = await fixture.all("drive");
  assert(drive !== undefined);
  const eject = () =>
    fixture.manager.drives.eject(fixture.caller(), {
      drive: drive.id,
      wait: true,
    });
  assertEquals(await eject(), { request: null });
  const { insert, remove } = hands(fixture, drive.library);
  await insert("A", drive.id);
  assert((await eject()).request !== null);
  await remove(drive.id);
});

Deno.test("a medium that a hand put in a moment ago is not let go of for the one before", async () => {
  await using fixture = await openFixture({ url: `${URL}&files=no` });
  const [drive] = await fixture.all("drive");
  assert(drive !== undefined);
  const { insert, remove } = hands(fixture, drive.library);
  await insert("A", drive.id);
  await fixture.manager.inventory(fixture.caller(), {
    library: drive.library,
    method: "fast",
    wait: true,
  });
  await remove(drive.id);
  await insert("B", drive.id);
  const message = await refused(
    fixture.manager.drives.eject(fixture.caller(), {
      drive: drive.id,
      wait: true,
    }),
    "ERROR_INVALID_STATE",
  );
  assert(message.includes("a person was at the drive"), message);
});
