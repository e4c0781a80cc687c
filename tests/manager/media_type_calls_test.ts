import { assert, assertEquals, assertRejects } from "@std/assert";
import { Database, deleteObject } from "../../src/database/mod.ts";
import { type MediaTypeFacts, NtmsError } from "../../src/model/mod.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

/** Two LTO-5 and two LTO-6 cartridges, a cleaning one, and drives of the seventh generation. */
const MIXED =
  "virtual:mixed?files=no&slots=8&barcodes=OLD001L5,OLD002L5,NEW001L6,NEW002L6,CLN001CU";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

async function typeNamed(
  { manager }: Fixture,
  name: string,
): Promise<MediaTypeFacts> {
  const type = (await manager.mediaTypes.list()).find((one) =>
    one.name === name
  );
  assert(type !== undefined, name);
  return type;
}

async function libraryOf(fixture: Fixture): Promise<string> {
  const library = (await fixture.all("library")).find(({ kind }) =>
    kind === "online"
  );
  return library?.id ?? "";
}

/** Paths of the system pools of a type. */
async function poolsOf(fixture: Fixture, name: string): Promise<string[]> {
  const paths: string[] = [];
  for (const { id } of await fixture.all("mediaPool")) {
    for (const pool of await fixture.all("mediaPool", id)) {
      if (pool.name === name) paths.push(pool.path);
    }
  }
  return paths.toSorted();
}

async function cartridgeNow(fixture: Fixture, barCode: string) {
  const cartridge = (await fixture.all("cartridge")).find((one) =>
    one.barCode === barCode
  );
  assert(cartridge !== undefined, barCode);
  const [side] = await fixture.all("side", cartridge.id);
  assert(side !== undefined);
  return { cartridge, side };
}

async function poolAt(fixture: Fixture, path: string): Promise<string> {
  const [, top = "", inner = ""] = path.split("\\");
  const parent = (await fixture.all("mediaPool")).find(({ name }) =>
    name === top
  );
  const pools = await fixture.all("mediaPool", parent?.id ?? "");
  return pools.find(({ name }) => name === inner)?.id ?? "";
}

Deno.test("a library is given a type with its system pools, once", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const input = {
    mediaType: (await typeNamed(fixture, "DDS-4")).id,
    library: await libraryOf(fixture),
  };
  assertEquals(await poolsOf(fixture, "DDS-4"), []);
  for (let time = 0; time < 2; time++) {
    await manager.mediaTypes.add(fixture.caller(), input);
    assertEquals((await typeNamed(fixture, "DDS-4")).libraries, [
      input.library,
    ]);
    assertEquals(await poolsOf(fixture, "DDS-4"), [
      "\\Free\\DDS-4",
      "\\Import\\DDS-4",
      "\\Unrecognized\\DDS-4",
    ]);
  }
});

Deno.test("adding a type again makes a system pool that is missing", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/rsm.sqlite`;
  try {
    let pool = "";
    {
      await using fixture = await openFixture({ path });
      pool = await poolAt(fixture, "\\Import\\LTO-7");
    }
    {
      await using database = await Database.open(path);
      await database.write((db) => deleteObject(db, pool));
    }
    await using fixture = await openFixture({ path });
    await fixture.manager.mediaTypes.add(fixture.caller(), {
      mediaType: (await typeNamed(fixture, "LTO-7")).id,
      library: await libraryOf(fixture),
    });
    assertEquals((await poolsOf(fixture, "LTO-7")).length, 3);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a type that was withdrawn stays away over a restart, and comes back when it is added", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/rsm.sqlite`;
  try {
    {
      await using fixture = await openFixture({ path });
      await fixture.manager.mediaTypes.withdraw(fixture.caller(), {
        mediaType: (await typeNamed(fixture, "LTO-7")).id,
        library: await libraryOf(fixture),
      });
      assertEquals(await poolsOf(fixture, "LTO-7"), []);
    }
    {
      await using fixture = await openFixture({ path });
      assertEquals(await poolsOf(fixture, "LTO-7"), []);
      assertEquals((await typeNamed(fixture, "LTO-7")).libraries, []);
      await fixture.manager.mediaTypes.add(fixture.caller(), {
        mediaType: (await typeNamed(fixture, "LTO-7")).id,
        library: await libraryOf(fixture),
      });
    }
    await using fixture = await openFixture({ path });
    assertEquals((await poolsOf(fixture, "LTO-7")).length, 3);
    assertEquals((await typeNamed(fixture, "LTO-7")).libraries.length, 1);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("the system pools of a type stay while another library has it", async () => {
  await using fixture = await openFixture({
    urls: [
      "virtual:one?files=no&slots=2&cartridges=0",
      "virtual:two?files=no&slots=2&cartridges=0",
    ],
  });
  const { id, libraries } = await typeNamed(fixture, "LTO-7");
  assertEquals(libraries.length, 2);
  for (const [index, library] of libraries.entries()) {
    const { mediaTypes } = fixture.manager;
    await mediaTypes.withdraw(fixture.caller(), { mediaType: id, library });
    const left = (await poolsOf(fixture, "LTO-7")).length;
    assertEquals(left, index === 0 ? 3 : 0);
  }
});

Deno.test("a type of which the library holds media is not withdrawn", async () => {
  await using fixture = await openFixture({ url: MIXED });
  const input = {
    mediaType: (await typeNamed(fixture, "LTO-5")).id,
    library: await libraryOf(fixture),
  };
  const { mediaTypes } = fixture.manager;
  assertEquals(
    await code(mediaTypes.withdraw(fixture.caller(), input)),
    "ERROR_NOT_EMPTY",
  );
  assertEquals((await typeNamed(fixture, "LTO-5")).libraries.length, 1);
});

Deno.test("tapes of unknown kind have a place also when their type was withdrawn", async () => {
  await using fixture = await openFixture({
    url: "virtual:none?files=no&slots=4&cartridges=0",
  });
  const { manager, changers: [changer] } = fixture;
  const library = await libraryOf(fixture);
  const { id } = await typeNamed(fixture, "Tape");
  await manager.mediaTypes.withdraw(fixture.caller(), {
    mediaType: id,
    library,
  });
  assertEquals(await poolsOf(fixture, "Tape"), []);
  assert(changer !== undefined);
  const readElements = changer.readElements.bind(changer);
  changer.readElements = async (options) => {
    const elements = await readElements(options);
    const [first] = elements.filter(({ type }) => type === "storage");
    return elements.map((element) =>
      element === first ? { ...element, full: true, barCode: "ODD" } : element
    );
  };
  await manager.inventory(fixture.caller(), {
    library,
    method: "fast",
    wait: true,
  });
  const { cartridge } = await cartridgeNow(fixture, "ODD");
  assertEquals(
    cartridge.mediaPool,
    await poolAt(fixture, "\\Unrecognized\\Tape"),
  );
  assertEquals((await typeNamed(fixture, "Tape")).libraries, [library]);
});

Deno.test("a cartridge whose type is changed is in the pool and of its type", async () => {
  await using fixture = await openFixture({ url: MIXED, trustBarCodes: false });
  const { manager } = fixture;
  const { cartridge, side } = await cartridgeNow(fixture, "NEW001L6");
  assertEquals(side.state, "foreign");
  const pool = await poolAt(fixture, "\\Free\\LTO-7");
  await manager.mediaTypes.change(fixture.caller(), {
    cartridge: cartridge.id,
    pool,
  });
  const changed = await cartridgeNow(fixture, "NEW001L6");
  assertEquals(changed.cartridge.mediaPool, pool);
  assertEquals(
    changed.cartridge.mediaType,
    (await typeNamed(fixture, "LTO-7")).id,
  );
  assertEquals(changed.side.state, "unprepared");
});

Deno.test("the type of a mounted cartridge is not changed", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  await manager.mount(fixture.caller(), mountOf(medium));
  const cartridge = (await fixture.all("cartridge")).find((one) =>
    one.state === "loaded"
  );
  const { pool } = await manager.createPool(fixture.caller(), {
    name: "seven",
    mediaType: (await typeNamed(fixture, "LTO-7")).id,
    parent: null,
    mode: "new",
  });
  const input = { cartridge: cartridge?.id ?? "", pool };
  const { mediaTypes } = manager;
  assertEquals(
    await code(mediaTypes.change(fixture.caller(), input)),
    "ERROR_BUSY",
  );
  await manager.dismount(fixture.caller(), { media: [medium], wait: true });
  await mediaTypes.change(fixture.caller(), input);
  const record = await manager.object(medium);
  assert(record.type === "logicalMedium");
  assertEquals(record.mediaPool, pool);
});

Deno.test("a cartridge does not become of a type with another number of sides", async () => {
  await using fixture = await openFixture({
    mediaTypes: [{
      name: "Two sides",
      barCodeSuffixes: ["2S"],
      facts: {
        code: 0,
        sideCount: 2,
        writability: "rewritable",
        deviceClass: "tape",
        densityCodes: [],
        drives: null,
      },
    }],
  });
  const { cartridge } = await cartridgeNow(fixture, "LAB001L6");
  const { mediaTypes } = fixture.manager;
  assertEquals(
    await code(mediaTypes.change(fixture.caller(), {
      cartridge: cartridge.id,
      pool: await poolAt(fixture, "\\Free\\Two sides"),
    })),
    "ERROR_INVALID_MEDIA_POOL",
  );
});

Deno.test("at a start the catalogue gets the types it does not know, and the facts that changed", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/rsm.sqlite`;
  const facts = {
    code: 0,
    sideCount: 1,
    writability: "rewritable",
    deviceClass: "tape",
    densityCodes: [],
    drives: null,
  } as const;
  const site = { name: "Site tape", barCodeSuffixes: ["X6"], facts };
  try {
    let lto9 = "";
    {
      await using fixture = await openFixture({ path, mediaTypes: [site] });
      lto9 = (await typeNamed(fixture, "LTO-9")).id;
      const { origin, barCodeSuffixes, libraries } = await typeNamed(
        fixture,
        "Site tape",
      );
      assertEquals([origin, barCodeSuffixes, libraries.length], [
        "site",
        ["X6"],
        1,
      ]);
    }
    {
      await using database = await Database.open(path);
      await database.write((db) => deleteObject(db, lto9));
    }
    {
      const changed = { ...facts, writability: "writeOnce" } as const;
      await using fixture = await openFixture({
        path,
        mediaTypes: [{ ...site, facts: changed }],
      });
      assert((await typeNamed(fixture, "LTO-9")).id !== lto9);
      const type = await typeNamed(fixture, "Site tape");
      assertEquals(type.writability, "writeOnce");
    }
    await using fixture = await openFixture({ path });
    const { origin, barCodeSuffixes } = await typeNamed(fixture, "Site tape");
    assertEquals([origin, barCodeSuffixes], ["former", []]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("the end of a bar code that names media of drives that are not here is none", async () => {
  await using fixture = await openFixture({
    url: "virtual:ends?files=no&slots=4&barcodes=DATAT1,DATAJA,ABC123L9",
  });
  const found = [];
  for (const barCode of ["DATAT1", "DATAJA", "ABC123L9"]) {
    const { cartridge, side } = await cartridgeNow(fixture, barCode);
    const { name } = await fixture.manager.object(cartridge.mediaType);
    found.push([name, side.state]);
  }
  assertEquals(found, [
    ["Tape", "foreign"],
    ["Tape", "foreign"],
    ["Tape", "incompatible"],
  ]);
});

Deno.test("a drive that reads a medium and does not write it serves mounts for reading only", async () => {
  await using fixture = await openFixture({ url: MIXED });
  const { manager } = fixture;
  const caller = fixture.caller();
  const { side } = await cartridgeNow(fixture, "OLD001L5");
  const [drive] = await fixture.all("drive");
  const writing = { ...mountOf(side.id), write: true };
  assertEquals(
    await code(manager.mount(caller, writing)),
    "ERROR_RESOURCE_NOT_AVAILABLE",
  );
  assertEquals(
    await code(
      manager.mount(caller, { ...writing, drives: [drive?.id ?? ""] }),
    ),
    "ERROR_DRIVE_MEDIA_MISMATCH",
  );
  await manager.mount(caller, { ...mountOf(side.id), read: true });
  await manager.dismount(caller, { media: [side.id], wait: true });
  const newer = await cartridgeNow(fixture, "NEW001L6");
  await manager.mount(caller, { ...mountOf(newer.side.id), write: true });
});

Deno.test("a cleaning cartridge is not mounted, for writing or reading", async () => {
  await using fixture = await openFixture({ url: MIXED });
  const { side } = await cartridgeNow(fixture, "CLN001CU");
  for (const write of [true, false]) {
    const mount = { ...mountOf(side.id), write };
    assertEquals(
      await code(fixture.manager.mount(fixture.caller(), mount)),
      "ERROR_INVALID_MEDIA",
    );
  }
});
