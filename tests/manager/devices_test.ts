import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Hands } from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const HERE =
  "virtual:here?files=no&slots=4&cartridges=2&drives=1&barcodes=HERE%02dL6";
const GONE =
  "virtual:gone?files=no&slots=4&cartridges=3&drives=2&barcodes=GONE%02dL6";
const NOBODY = "0123abcd-0000-4000-8000-000000000001";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

/** A catalogue that knows two libraries of which one is there, with a medium allocated in the other. */
async function withoutOne(
  use: (fixture: Fixture, medium: string, gone: string) => Promise<void>,
  after: (fixture: Fixture, medium: string) => Promise<void> = () =>
    Promise.resolve(),
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  try {
    let medium = "";
    {
      await using fixture = await openFixture({ urls: [GONE], path });
      medium = await fixture.allocate(await fixture.pool());
      await fixture.manager.mount(fixture.caller(), mountOf(medium));
    }
    {
      await using fixture = await openFixture({ urls: [HERE], path });
      await use(fixture, medium, await libraryAt(fixture, GONE));
    }
    await using fixture = await openFixture({ urls: [HERE, GONE], path });
    await after(fixture, medium);
  } finally {
    await Deno.remove(path);
  }
}

async function libraryAt(fixture: Fixture, device: string): Promise<string> {
  const libraries = await fixture.all("library");
  return libraries.find((one) => one.device === device)?.id ?? "";
}

async function cartridgeOf(fixture: Fixture, medium: string) {
  const side = (await fixture.all("side")).find((one) =>
    one.logicalMedium === medium
  );
  const cartridge = await fixture.manager.object(side?.cartridge ?? "");
  assert(cartridge.type === "cartridge");
  return cartridge;
}

Deno.test("a library that is not present is deleted with all its parts, its media are offline with their allocations, and come back with it", async () => {
  let before = "";
  let cartridge = "";
  await withoutOne(async (fixture, medium, gone) => {
    const { manager } = fixture;
    before = gone;
    const types = ["drive", "changer", "slot", "port", "door"] as const;
    const parts = async () =>
      (await Promise.all(types.map((type) => fixture.all(type)))).flat()
        .map(({ library }) => library);
    assertEquals((await parts()).filter((one) => one === gone).length, 10);
    await manager.devices.deleteLibrary(fixture.caller(), gone);
    assertEquals((await parts()).filter((one) => one === gone), []);
    assertEquals(await code(manager.object(gone)), "ERROR_OBJECT_NOT_FOUND");
    assertEquals((await manager.map(null)).length, 1);
    const { id, library, location, state } = await cartridgeOf(fixture, medium);
    cartridge = id;
    const offline = await manager.object(library);
    assert(offline.type === "library");
    assertEquals([offline.kind, location, state], ["offline", null, "idle"]);
    const requests = await fixture.all("libraryRequest");
    assertEquals(requests.filter((one) => one.library === gone), []);
    assertEquals(
      await code(
        manager.mount(fixture.caller(), {
          ...mountOf(medium),
          errorIfOffline: true,
        }),
      ),
      "ERROR_MEDIA_OFFLINE",
    );
  }, async (fixture, medium) => {
    const found = await cartridgeOf(fixture, medium);
    const library = await libraryAt(fixture, GONE);
    assertEquals([found.id, found.library], [cartridge, library]);
    assert(library !== before);
    await fixture.manager.mount(fixture.caller(), mountOf(medium));
  });
});

Deno.test("a library that is connected or disabled, the offline library and no library are not deleted", async () => {
  await withoutOne(async (fixture, _medium, gone) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const remove = (id: string) => manager.devices.deleteLibrary(caller, id);
    assertEquals(await code(remove(NOBODY)), "ERROR_INVALID_LIBRARY");
    const { drives: [drive] } = await fixture.map();
    assertEquals(await code(remove(drive?.id ?? "")), "ERROR_INVALID_LIBRARY");
    const here = await libraryAt(fixture, HERE);
    assertEquals(await code(remove(here)), "ERROR_INVALID_STATE");
    const offline = (await fixture.all("library")).find(({ kind }) =>
      kind === "offline"
    );
    assertEquals(await code(remove(offline?.id ?? "")), "ERROR_INVALID_STATE");
    await manager.objects.disable(caller, { id: gone, type: null });
    assertEquals(await code(remove(gone)), "ERROR_INVALID_STATE");
    await manager.objects.enable(caller, { id: gone, type: null });
    await remove(gone);
    assertEquals(await code(remove(gone)), "ERROR_INVALID_LIBRARY");
  });
});

Deno.test("a library that is not present has drives that are not present, and its media are not mounted", async () => {
  await withoutOne(async (fixture, medium, gone) => {
    const { manager } = fixture;
    const drives = (await fixture.all("drive"))
      .filter(({ library }) => library === gone);
    assertEquals(
      drives.map(({ operationalState }) => operationalState),
      ["notPresent", "notPresent"],
    );
    assertEquals(
      await code(manager.mount(fixture.caller(), mountOf(medium))),
      "ERROR_DEVICE_NOT_AVAILABLE",
    );
  }, async (fixture, medium) => {
    const states = (await fixture.all("drive")).map((drive) =>
      drive.operationalState
    );
    assertEquals(states, ["ready", "ready", "ready"]);
    await fixture.manager.mount(fixture.caller(), mountOf(medium));
  });
});

const BAYS =
  "virtual:bays?files=no&slots=4&cartridges=4&drives=2&barcodes=BAY%02dL6";
const FIRST = 500;
const SECOND = 501;

/** A library with hands at its drives. */
async function withHands(
  use: (
    fixture: Fixture,
    hands: Hands,
    look: () => Promise<void>,
  ) => Promise<void>,
): Promise<void> {
  await using fixture = await openFixture({ url: BAYS });
  const hands = fixture.changers[0]?.hands;
  assert(hands !== undefined);
  const { library } = await fixture.map();
  await use(fixture, hands, async () => {
    // What has changed shows when the library is asked next.
    await fixture.manager.devices.detect(fixture.caller(), {
      detection: null,
      type: "library",
      objects: [library.id],
    });
    const requests = await fixture.all("libraryRequest");
    await fixture.manager.requestsEnded(requests.map(({ id }) => id), 10_000);
  });
}

/** The drives by serial number: where each is, its name, and how it is. */
async function drivesOf(fixture: Fixture) {
  return (await fixture.all("drive")).map((drive) =>
    [
      drive.serialNumber,
      drive.name,
      drive.elementAddress,
      drive.operationalState,
    ] as const
  );
}

Deno.test("a drive that is pulled while the service runs is not present, its medium is offline, and both come back with it", async () => {
  await withHands(async (fixture, hands, look) => {
    const { manager } = fixture;
    const medium = await fixture.allocate(await fixture.pool());
    const { mounts: [mount] } = await manager.mount(
      fixture.caller(),
      mountOf(medium),
    );
    const drive = mount?.drive ?? "";
    const { drives } = await fixture.map();
    const address = drives.find(({ id }) => id === drive)?.elementAddress ?? 0;
    await hands.removeDrive(address);
    await look();
    const pulled = await manager.object(drive);
    assertEquals(pulled.operationalState, "notPresent");
    assertEquals((await cartridgeOf(fixture, medium)).location, null);
    assertEquals(
      await code(
        manager.mount(fixture.caller(), {
          ...mountOf(medium),
          errorIfOffline: true,
        }),
      ),
      "ERROR_MEDIA_OFFLINE",
    );
    const other = await fixture.allocate(await fixture.pool());
    assertEquals(
      await code(
        manager.mount(fixture.caller(), { ...mountOf(other), drives: [drive] }),
      ),
      "ERROR_RESOURCE_DISABLED",
    );
    await manager.mount(fixture.caller(), mountOf(other));
    await hands.insertDrive(address, null);
    await look();
    assertEquals((await manager.object(drive)).operationalState, "ready");
    assertEquals((await cartridgeOf(fixture, medium)).location, drive);
    await manager.mount(fixture.caller(), mountOf(medium));
  });
});

Deno.test("a mount that waits for a drive fails when the drive is taken away", async () => {
  await withHands(async (fixture, hands) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const pool = await fixture.pool();
    const { drives: [first] } = await fixture.map();
    const mount = async () => ({
      ...mountOf(await fixture.allocate(pool)),
      drives: [first?.id ?? ""],
      noWait: true,
    });
    const busy = await manager.mount(caller, await mount());
    await manager.requestsEnded(busy.requests, 10_000);
    const { requests } = await manager.mount(caller, await mount());
    await hands.removeDrive(FIRST);
    // A library at work is not asked by itself.
    await manager.inventory(caller, {
      library: first?.library ?? "",
      method: "fast",
    });
    assertEquals(
      await code(manager.requestsEnded(requests, 10_000)),
      "ERROR_RESOURCE_DISABLED",
    );
    await manager.devices.deleteDrive(caller, first?.id ?? "");
  });
});

Deno.test("drives are known by their serial numbers: one in another bay is the same one, another one in its bay is not", async () => {
  await withHands(async (fixture, hands, look) => {
    const [one, two] = await drivesOf(fixture);
    await hands.removeDrive(FIRST);
    await hands.removeDrive(SECOND);
    await hands.insertDrive(FIRST, "VL-bays-D1");
    await hands.insertDrive(SECOND, "VL-bays-D0");
    await look();
    assertEquals(await drivesOf(fixture), [
      ["VL-bays-D0", one?.[1] ?? "", SECOND, "ready"],
      ["VL-bays-D1", two?.[1] ?? "", FIRST, "ready"],
    ]);
    const medium = await fixture.allocate(await fixture.pool());
    const [first] = await fixture.all("drive");
    const { mounts } = await fixture.manager.mount(fixture.caller(), {
      ...mountOf(medium),
      drives: [first?.id ?? ""],
    });
    assertEquals(mounts.map(({ drive }) => drive), [first?.id]);
    const [changer] = fixture.changers;
    const [full] = await changer?.readElements({ types: ["dataTransfer"] }) ??
      [];
    assertEquals(full?.full, false);
    await fixture.manager.dismount(fixture.caller(), {
      media: [medium],
      wait: true,
    });
    await hands.removeDrive(FIRST);
    await hands.insertDrive(FIRST, "SPARE");
    await look();
    assertEquals(
      (await drivesOf(fixture)).map(([serial, , , state]) => [serial, state]),
      [
        ["VL-bays-D0", "ready"],
        ["VL-bays-D1", "notPresent"],
        ["SPARE", "ready"],
      ],
    );
    await hands.removeDrive(FIRST);
    await hands.insertDrive(FIRST, "VL-bays-D1");
    await look();
    assertEquals(
      (await drivesOf(fixture)).map(([serial, , , state]) => [serial, state]),
      [
        ["VL-bays-D0", "ready"],
        ["VL-bays-D1", "ready"],
        ["SPARE", "notPresent"],
      ],
    );
  });
});

Deno.test("a drive that is not present is deleted, with its medium offline; one that is there or wanted or of a disabled library is not", async () => {
  await withHands(async (fixture, hands, look) => {
    const { manager } = fixture;
    const caller = fixture.caller();
    const { drives: [first, second], library } = await fixture.map();
    const remove = (id = "") => manager.devices.deleteDrive(caller, id);
    assertEquals(await code(remove(NOBODY)), "ERROR_INVALID_DRIVE");
    assertEquals(await code(remove(library.id)), "ERROR_INVALID_DRIVE");
    assertEquals(await code(remove(first?.id)), "ERROR_INVALID_STATE");
    await hands.removeDrive(FIRST);
    await look();
    await manager.objects.disable(caller, { id: library.id, type: null });
    assertEquals(await code(remove(first?.id)), "ERROR_INVALID_STATE");
    await manager.objects.enable(caller, { id: library.id, type: null });
    await remove(first?.id);
    assertEquals(
      (await fixture.all("drive")).map(({ id }) => id),
      [second?.id],
    );
    // Its bay is still there, and what comes into it is a drive of its own.
    await hands.insertDrive(FIRST, null);
    await look();
    assert((await fixture.all("drive")).every(({ id }) => id !== first?.id));
    assertEquals(
      (await drivesOf(fixture)).map(([serial, , address]) => [serial, address]),
      [["VL-bays-D0", FIRST], ["VL-bays-D1", SECOND]],
    );
    const medium = await fixture.allocate(await fixture.pool());
    await manager.mount(caller, mountOf(medium));
  });
});
