import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Changer,
  type Drive,
  openChanger,
} from "../../src/changer/mod.ts";
import { NtmsError, type SwitchableType } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const NOBODY = "0123abcd-0000-4000-8000-000000000001";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

function disable(
  { manager, caller }: Fixture,
  id: string,
  type: SwitchableType | null = null,
): Promise<string> {
  return manager.objects.disable(caller(), { id, type });
}

function enable({ manager, caller }: Fixture, id: string): Promise<string> {
  return manager.objects.enable(caller(), { id, type: null });
}

Deno.test("libraries, drives and cartridges are disabled and enabled once, by a library request", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const { library, drives: [drive], cartridges: [cartridge] } = await fixture
    .map();
  const cases = [
    [library.id, "disableLibrary", "enableLibrary"],
    [drive?.id ?? "", "disableDrive", "enableDrive"],
    [cartridge?.id ?? "", "disableMedia", "enableMedia"],
  ] as const;
  for (const [id, off, on] of cases) {
    assertEquals(await code(enable(fixture, id)), "ERROR_INVALID_STATE");
    const disabling = await manager.object(await disable(fixture, id));
    assert(disabling.type === "libraryRequest");
    assertEquals([disabling.operation, disabling.state, disabling.library], [
      off,
      "passed",
      library.id,
    ]);
    assertEquals((await manager.object(id)).enabled, false);
    assertEquals(await code(disable(fixture, id)), "ERROR_INVALID_STATE");
    const enabling = await manager.object(await enable(fixture, id));
    assert(enabling.type === "libraryRequest");
    assertEquals([enabling.operation, enabling.state], [on, "passed"]);
    assertEquals((await manager.object(id)).enabled, true);
  }
});

Deno.test("nothing else is disabled, nor what is of another type, nor the offline library", async () => {
  await using fixture = await openFixture();
  const { drives: [drive], slots: [slot] } = await fixture.map();
  const offline = (await fixture.all("library")).find(({ kind }) =>
    kind === "offline"
  );
  assertEquals(
    await code(disable(fixture, offline?.id ?? "")),
    "ERROR_LIBRARY_OFFLINE",
  );
  for (
    const failing of [
      disable(fixture, slot?.id ?? ""),
      disable(fixture, drive?.id ?? "", "cartridge"),
      disable(fixture, NOBODY),
    ]
  ) assertEquals(await code(failing), "ERROR_OBJECT_NOT_FOUND");
});

Deno.test("what is disabled is not mounted, not allocated and not inventoried", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  const side = (await fixture.all("side")).find((one) =>
    one.logicalMedium === medium
  );
  const { drives, library } = await fixture.map();
  const mount = () => code(manager.mount(caller, mountOf(medium)));
  const cartridge = side?.cartridge ?? "";
  await disable(fixture, cartridge);
  assertEquals(await mount(), "ERROR_RESOURCE_DISABLED");
  await manager.deallocate(caller, medium);
  const again = { pool, timeoutMs: 0, side: side?.id ?? "" };
  assertEquals(
    await code(manager.allocate(caller, again)),
    "ERROR_MEDIA_UNAVAILABLE",
  );
  await enable(fixture, cartridge);
  const { logicalMedium } = await manager.allocate(caller, again);

  const [drive] = drives;
  await disable(fixture, drive?.id ?? "");
  assertEquals(
    await code(manager.mount(caller, {
      ...mountOf(logicalMedium),
      drives: [drive?.id ?? ""],
    })),
    "ERROR_RESOURCE_DISABLED",
  );
  const { mounts } = await manager.mount(caller, mountOf(logicalMedium));
  assert(mounts[0]?.drive !== drive?.id);
  await disable(fixture, library.id);
  assertEquals(
    await code(manager.inventory(caller, {
      library: library.id,
      method: "fast",
    })),
    "ERROR_RESOURCE_DISABLED",
  );
  await manager.dismount(caller, { media: [logicalMedium], wait: true });
  assertEquals(
    await code(manager.mount(caller, mountOf(logicalMedium))),
    "ERROR_RESOURCE_DISABLED",
  );
});

Deno.test("a mount that waits fails when its medium, its drive or its library is disabled", async () => {
  for (const what of ["cartridge", "drive", "library"] as const) {
    await using fixture = await openFixture({
      url: "virtual:small?drives=1&files=no&barcodes=LAB%03dL6",
    });
    const { manager } = fixture;
    const caller = fixture.caller();
    const pool = await fixture.pool();
    const busy = await fixture.allocate(pool);
    const medium = await fixture.allocate(pool);
    await manager.mount(caller, mountOf(busy));
    const { drives: [drive], library } = await fixture.map();
    const { requests } = await manager.mount(caller, {
      ...mountOf(medium),
      drives: [drive?.id ?? ""],
      noWait: true,
    });
    const side = (await fixture.all("side")).find((one) =>
      one.logicalMedium === medium
    );
    const id = {
      cartridge: side?.cartridge ?? "",
      drive: drive?.id ?? "",
      library: library.id,
    }[what];
    await disable(fixture, id);
    assertEquals(
      await code(manager.requestsEnded(requests, 10_000)),
      "ERROR_RESOURCE_DISABLED",
      what,
    );
  }
});

Deno.test("what a deferred dismount left in a drive is put away when the drive is disabled, and what is mounted stays until it is dismounted", async () => {
  await using fixture = await openFixture({
    url: "virtual:small?drives=2&files=no&barcodes=LAB%03dL6",
  });
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const left = await fixture.allocate(pool);
  const used = await fixture.allocate(pool);
  const first = await manager.mount(caller, mountOf(left));
  const second = await manager.mount(caller, mountOf(used));
  await manager.dismount(caller, { media: [left], deferred: true });
  await disable(fixture, first.mounts[0]?.drive ?? "");
  await disable(fixture, second.mounts[0]?.drive ?? "");
  const away = (await fixture.all("libraryRequest")).filter((one) =>
    one.operation === "dismount" && one.drive === first.mounts[0]?.drive
  );
  await manager.requestsEnded(away.map(({ id }) => id), 10_000);
  const state = async (id = "") => {
    const drive = await manager.object(id);
    assert(drive.type === "drive");
    return drive.state;
  };
  assertEquals(await state(first.mounts[0]?.drive), "dismounted");
  assertEquals(await state(second.mounts[0]?.drive), "loaded");
  await manager.dismount(caller, { media: [used], wait: true });
  assertEquals(await state(second.mounts[0]?.drive), "dismounted");
});

Deno.test("a disabled library puts away what is left in its drives, and what is dismounted in it later, deferred or not", async () => {
  await using fixture = await openFixture({
    url: "virtual:small?drives=2&files=no&barcodes=LAB%03dL6",
  });
  const { manager } = fixture;
  const caller = fixture.caller();
  const pool = await fixture.pool();
  const left = await fixture.allocate(pool);
  const used = await fixture.allocate(pool);
  await manager.mount(caller, mountOf(left));
  await manager.mount(caller, mountOf(used));
  await manager.dismount(caller, { media: [left], deferred: true });
  const { library } = await fixture.map();
  await disable(fixture, library.id);
  await manager.dismount(caller, {
    media: [used],
    deferred: true,
    wait: true,
  });
  const away = (await fixture.all("libraryRequest"))
    .filter(({ operation }) => operation === "dismount");
  await manager.requestsEnded(away.map(({ id }) => id), 10_000);
  const { drives } = await fixture.map();
  assertEquals(drives.map(({ state }) => state), ["dismounted", "dismounted"]);
});

/** A changer with drives that never become ready; `loading` hears of the first wait. */
async function neverReady(
  device: string,
  loading: () => void,
): Promise<Changer> {
  const changer = await openChanger(device, { clock: systemClock });
  const found = await changer.drives();
  changer.drives = () =>
    Promise.resolve(found.map((drive): Drive => ({
      elementAddress: drive.elementAddress,
      identity: drive.identity,
      device: drive.device,
      scsi: drive.scsi,
      unload: (timeoutMs) => drive.unload(timeoutMs),
      waitReady(_timeoutMs, signal) {
        loading();
        return new Promise((_, reject) =>
          signal?.addEventListener("abort", () => reject(signal.reason))
        );
      },
    })));
  return changer;
}

Deno.test("a mount that runs is given up when its cartridge or its library is disabled, and the cartridge goes home", async () => {
  for (const what of ["cartridge", "library"] as const) {
    const loading = Promise.withResolvers<void>();
    await using fixture = await openFixture({
      open: (device) => neverReady(device, loading.resolve),
    });
    const { manager } = fixture;
    const medium = await fixture.allocate(await fixture.pool());
    const side = (await fixture.all("side")).find((one) =>
      one.logicalMedium === medium
    );
    const { library } = await fixture.map();
    const mount = manager.mount(fixture.caller(), mountOf(medium));
    const failed = code(mount);
    await loading.promise;
    await disable(
      fixture,
      what === "library" ? library.id : side?.cartridge ?? "",
    );
    assertEquals(await failed, "ERROR_RESOURCE_DISABLED", what);
    const isHome = async () => {
      const { cartridges } = await fixture.map();
      const found = cartridges.find(({ id }) => id === side?.cartridge);
      return found?.locationType === "slot" && found.state === "idle";
    };
    while (!await isHome());
  }
});
