import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Guid,
  NtmsError,
  type NtmsObject,
  type ObjectChange,
  type ObjectType,
} from "../../src/model/mod.ts";
import { type Fixture, openFixture } from "./fixture.ts";

const NOBODY = "0123abcd-0000-4000-8000-000000000001";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

function set(
  { manager, caller }: Fixture,
  id: Guid,
  change: ObjectChange,
): Promise<void> {
  return manager.objects.set(caller(), id, change);
}

async function first({ all }: Fixture, type: ObjectType): Promise<NtmsObject> {
  const [object] = await all(type);
  assert(object !== undefined, type);
  return object;
}

Deno.test("what is set of an object is what it has then, and nothing else changes but the time", async () => {
  await using fixture = await openFixture({
    url: "virtual:all?files=no&barcodes=LAB%03dL6&ports=1",
  });
  await fixture.allocate(await fixture.pool());
  const cases: readonly (readonly [ObjectType, ObjectChange])[] = [
    ["library", {
      name: "North",
      description: "in room 4",
      inventoryMethod: "none",
      autoRecovery: true,
    }],
    ["drive", { deferDismountSeconds: 7, description: "noisy" }],
    ["port", { maxExtendSeconds: 65_535 }],
    ["slot", { description: "dented" }],
    ["cartridge", { name: "Monday", description: "full" }],
    ["side", { name: "A" }],
    ["logicalMedium", { name: "Backup 1" }],
    ["computer", {
      libraryRequestPurgeSeconds: 0xffff_ffff,
      operatorRequestPurgeSeconds: 0,
      libraryRequestFlags: 3,
      operatorRequestFlags: 0x31,
      mediaPoolPolicy: 2,
    }],
    ["mediaType", { description: "for the vault" }],
    ["driveType", { description: "half height" }],
  ];
  const library = (await fixture.map()).library.id;
  for (const [type, change] of cases) {
    const { id } = type === "library"
      ? { id: library }
      : await first(fixture, type);
    const before = await fixture.manager.object(id);
    await set(fixture, id, change);
    const after = await fixture.manager.object(id);
    assertEquals(
      { ...after },
      { ...before, ...change, modified: after.modified },
      type,
    );
  }
});

Deno.test("what an object does not have, or is the service's own, is refused, and nothing is changed", async () => {
  await using fixture = await openFixture();
  const drive = await first(fixture, "drive");
  const computer = await first(fixture, "computer");
  const pool = await fixture.pool();
  const system = await first(fixture, "mediaPool");
  const { library } = await fixture.map();
  const offline = (await fixture.all("library")).find(({ kind }) =>
    kind === "offline"
  );
  const cases: readonly (readonly [Guid, ObjectChange, string])[] = [
    [NOBODY, { name: "N" }, "ERROR_OBJECT_NOT_FOUND"],
    [drive.id, { maxAllocates: 1 }, "ERROR_INVALID_PARAMETER"],
    [drive.id, { name: "Left" }, "ERROR_ACCESS_DENIED"],
    [computer.id, { mediaPoolPolicy: 4 }, "ERROR_INVALID_PARAMETER"],
    [computer.id, { operatorRequestFlags: 4 }, "ERROR_INVALID_PARAMETER"],
    [library.id, { inventoryMethod: "stop" }, "ERROR_INVALID_PARAMETER"],
    [library.id, { name: "a\\b" }, "ERROR_INVALID_PARAMETER"],
    [library.id, { name: offline?.name ?? "" }, "ERROR_INVALID_PARAMETER"],
    [library.id, { description: "d".repeat(128) }, "ERROR_INVALID_PARAMETER"],
    [offline?.id ?? "", { autoRecovery: true }, "ERROR_ACCESS_DENIED"],
    [system.id, { name: "Mine" }, "ERROR_ACCESS_DENIED"],
    [system.id, { drawFromFree: true }, "ERROR_ACCESS_DENIED"],
    [pool, { mediaType: NOBODY }, "ERROR_INVALID_PARAMETER"],
    [pool, { maxAllocates: 1.5 }, "ERROR_INVALID_PARAMETER"],
    [pool, { mediaType: null }, "ERROR_INVALID_PARAMETER"],
  ];
  for (const [id, change, expected] of cases) {
    const before = id === NOBODY ? null : await fixture.manager.object(id);
    const description = "description" in change ? {} : { description: "x" };
    const what = `${before?.type} ${JSON.stringify(change)}`;
    assertEquals(
      await code(set(fixture, id, { ...change, ...description })),
      expected,
      what,
    );
    if (before !== null) {
      assertEquals(await fixture.manager.object(id), before, what);
    }
  }
});

Deno.test("what is set to what it is already is never refused, so that a whole structure can be written back", async () => {
  await using fixture = await openFixture();
  const system = await first(fixture, "mediaPool");
  assert(system.type === "mediaPool");
  await set(fixture, system.id, {
    name: system.name,
    mediaType: system.mediaType,
    drawFromFree: system.drawFromFree,
    maxAllocates: system.maxAllocates,
    description: "of the service",
  });
  const after = await fixture.manager.object(system.id);
  assertEquals(after.description, "of the service");
});

Deno.test("a renamed pool takes the pools in it along, and no sibling has its name", async () => {
  await using fixture = await openFixture();
  const create = (name: string, parent: string | null) =>
    fixture.manager.createPool(fixture.caller(), {
      name,
      mediaType: null,
      parent,
      mode: "new",
    });
  const { pool: app } = await create("App", null);
  const { pool: daily } = await create("Daily", app);
  const { pool: inner } = await create("Inner", daily);
  await create("Apple", null);
  const path = (id: string) => fixture.manager.pools.pathOf(id);
  await set(fixture, app, { name: "Backup" });
  assertEquals(await path(app), "\\Backup");
  assertEquals(await path(inner), "\\Backup\\Daily\\Inner");
  const renaming = set(fixture, app, { name: "Apple" });
  assertEquals(await code(renaming), "ERROR_INVALID_PARAMETER");
  assertEquals(await path(inner), "\\Backup\\Daily\\Inner");
  await create("App", null);
});

Deno.test("renaming a pool makes no path longer than the limit", async () => {
  await using fixture = await openFixture();
  let parent: string | null = null;
  const pools: string[] = [];
  for (const length of [60, 64, 64, 64, 64, 64, 64, 60]) {
    const { pool }: { pool: string } = await fixture.manager.createPool(
      fixture.caller(),
      { name: "n".repeat(length), mediaType: null, parent, mode: "new" },
    );
    pools.push(pool);
    parent = pool;
  }
  const [top = ""] = pools;
  await set(fixture, top, { name: "m".repeat(60) });
  assertEquals(
    await code(set(fixture, top, { name: "m".repeat(64) })),
    "ERROR_INVALID_PARAMETER",
  );
});

Deno.test("the media type of a pool changes only while it is empty", async () => {
  await using fixture = await openFixture();
  const pool = await fixture.pool();
  const types = await fixture.all("mediaType");
  const other = types.find(({ name }) => name === "LTO-5")?.id ?? "";
  await set(fixture, pool, { mediaType: other });
  await set(fixture, pool, { mediaType: null, drawFromFree: false });
  const lto6 = types.find(({ name }) => name === "LTO-6")?.id ?? "";
  await set(fixture, pool, { mediaType: lto6, drawFromFree: true });
  await fixture.allocate(pool);
  assertEquals(
    await code(set(fixture, pool, { mediaType: other })),
    "ERROR_INVALID_STATE",
  );
});

Deno.test("counting the cleanings of a library stops and starts with the number of those left", async () => {
  await using fixture = await openFixture();
  const { id } = (await fixture.map()).library;
  const flags = async () => {
    const library = await fixture.manager.object(id);
    assert(library.type === "library");
    return library.flags;
  };
  const before = await flags();
  await set(fixture, id, { cleanerUsesRemaining: 0xffff_ffff });
  assertEquals(await flags(), before | 8);
  await set(fixture, id, { flags: 0x10 });
  assertEquals(await flags() & 0x18, 0x18);
  await set(fixture, id, { cleanerUsesRemaining: 20 });
  assertEquals(await flags() & 8, 0);
  // What tells what is so is not set by anybody.
  await set(fixture, id, { flags: 0x1f });
  assertEquals(await flags() & 0xb, before & 0xb);
});
