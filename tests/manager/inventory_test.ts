import { assert, assertEquals, assertRejects } from "@std/assert";
import { openChanger, SENSE, VirtualLibrary } from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { mountOf, openFixture, startFixture } from "./fixture.ts";

const URL =
  "virtual:stock?files=no&slots=6&cartridges=3&ports=1&barcodes=LAB%03dL6";

const TEST_UNIT_READY = 0x00;
const READ_ELEMENT_STATUS = 0xb8;

async function codeOf(call: () => Promise<unknown>): Promise<string> {
  return (await assertRejects(call, NtmsError)).code;
}

Deno.test("the first inventory enters library, parts, media and pools with stable ids", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/rsm.sqlite`;
  const snapshot = async () => {
    await using fixture = await openFixture({ url: URL, path });
    const ids = [];
    for (
      const type of [
        "library",
        "changer",
        "drive",
        "slot",
        "port",
        "door",
        "cartridge",
        "side",
        "mediaPool",
        "mediaType",
      ] as const
    ) {
      ids.push((await fixture.all(type)).map(({ id }) => id));
    }
    return ids;
  };
  const first = await snapshot();
  assertEquals(first.map((ids) => ids.length).slice(0, 8), [
    2,
    1,
    2,
    6,
    1,
    1,
    3,
    3,
  ]);
  assertEquals(await snapshot(), first);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("unknown cartridges are foreign unless the library trusts bar codes", async () => {
  for (const trustBarCodes of [false, true]) {
    await using fixture = await openFixture({ url: URL, trustBarCodes });
    const states = new Set(
      (await fixture.all("side")).map(({ state }) => state),
    );
    assertEquals([...states], [trustBarCodes ? "available" : "foreign"]);
    const pools = new Set(
      (await fixture.map()).cartridges.map((one) => one.poolPath),
    );
    assertEquals([...pools], [
      trustBarCodes ? "\\Free\\LTO-6" : "\\Unrecognized\\LTO-6",
    ]);
  }
});

Deno.test("cleaning cartridges and tapes of unknown kind are never free", async () => {
  await using fixture = await openFixture({
    url: "virtual:mix?files=no&slots=6&barcodes=CLN001CU,ODD,LAB001L6,OLD001L1",
  });
  const map = await fixture.map();
  assertEquals(
    map.cartridges.map((
      { barCode, poolPath, sides },
    ) => [barCode, poolPath, sides[0]?.state]),
    [
      ["CLN001CU", "\\Unrecognized\\LTO cleaning", "foreign"],
      ["ODD", "\\Unrecognized\\Tape", "foreign"],
      ["LAB001L6", "\\Free\\LTO-6", "available"],
      ["OLD001L1", "\\Unrecognized\\Tape", "incompatible"],
    ],
  );
});

Deno.test("the library is right about where: what a person moved is found again", async () => {
  await using fixture = await openFixture({ url: URL });
  const [changer] = fixture.changers;
  assert(changer !== undefined);
  const { first } = changer.layout.storage;
  await changer.move({ source: first, target: first + 4 });
  const [library] = (await fixture.all("library")).filter(({ kind }) =>
    kind === "online"
  );
  const { report } = await fixture.manager.inventory(fixture.caller(), {
    library: library?.id ?? "",
    method: "fast",
    wait: true,
  });
  assertEquals(report?.moved, ["LAB001L6 to slot 5"]);
  assertEquals([report?.added, report?.missing], [[], []]);
});

Deno.test("a medium that was moved by hand is mounted all the same, after an inventory", async () => {
  await using fixture = await openFixture({ url: URL });
  const { manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  const [changer] = fixture.changers;
  assert(changer !== undefined);
  const { first } = changer.layout.storage;
  await changer.move({ source: first, target: first + 5 });
  const { mounts } = await manager.mount(fixture.caller(), mountOf(medium));
  assertEquals(mounts[0]?.barCode, "LAB001L6");
  await manager.dismount(fixture.caller(), { media: [medium], wait: true });
  const map = await fixture.map();
  const slot = map.slots.find(({ id }) =>
    id ===
      map.cartridges.find(({ barCode }) => barCode === "LAB001L6")?.location
  );
  assertEquals(slot?.number, 6);
});

Deno.test("an inventory names its method, its library and nothing else", async () => {
  await using fixture = await openFixture({ url: URL });
  const { manager } = fixture;
  const offline = (await fixture.all("library")).find(({ kind }) =>
    kind === "offline"
  );
  const call = (library: string) => () =>
    manager.inventory(fixture.caller(), { library, method: "fast" });
  assertEquals(await codeOf(call(offline?.id ?? "")), "ERROR_LIBRARY_OFFLINE");
  assertEquals(
    await codeOf(call(crypto.randomUUID())),
    "ERROR_INVALID_LIBRARY",
  );
  const [drive] = await fixture.all("drive");
  assertEquals(
    await codeOf(call(drive?.id.slice() ?? "")),
    "ERROR_INVALID_LIBRARY",
  );
});

Deno.test("a library whose device is gone is not present, and its media stay on record", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/rsm.sqlite`;
  {
    await using _ = await openFixture({ url: URL, path });
  }
  await using fixture = await openFixture({ urls: [], path });
  const library = (await fixture.all("library")).find(({ kind }) =>
    kind === "online"
  );
  assertEquals(library?.operationalState, "notPresent");
  assertEquals((await fixture.all("cartridge")).length, 3);
  assertEquals(
    await codeOf(() =>
      fixture.manager.inventory(fixture.caller(), {
        library: library?.id ?? "",
        method: "fast",
      })
    ),
    "ERROR_DEVICE_NOT_AVAILABLE",
  );
  const [side] = await fixture.all("side");
  assertEquals(
    await codeOf(() =>
      fixture.manager.mount(fixture.caller(), mountOf(side?.id ?? ""))
    ),
    "ERROR_DEVICE_NOT_AVAILABLE",
  );
  await Deno.remove(directory, { recursive: true });
});

Deno.test("one library that cannot be opened does not keep the others from work", async () => {
  await using fixture = await openFixture({
    urls: ["virtual:bad", URL],
    open: (device) =>
      device === "virtual:bad"
        ? Promise.reject(new Error("nobody home"))
        : openChanger(device, { clock: systemClock }),
  });
  const maps = await fixture.manager.map(null);
  assertEquals(maps.map(({ cartridges }) => cartridges.length), [0, 3]);
  assert(fixture.log.lines.some((line) => line.includes("nobody home")));
});

Deno.test("a cartridge that the library lost is offline, keeps its allocation and calls the operator", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/rsm.sqlite`;
  const open = (barcodes: string) =>
    openFixture({
      path,
      url: `virtual:stock?files=no&slots=6&barcodes=${barcodes}`,
    });
  let medium: string;
  {
    await using fixture = await open("LAB001L6,LAB002L6");
    medium = await fixture.allocate(await fixture.pool());
  }
  {
    await using fixture = await open("LAB002L6");
    const lost = (await fixture.all("cartridge")).find(({ barCode }) =>
      barCode === "LAB001L6"
    );
    assertEquals([lost?.location, lost?.locationType], [null, "slot"]);
    const [side] = await fixture.all("side", medium);
    assertEquals(side?.state, "allocated");
    const [request] = await fixture.all("operatorRequest");
    assertEquals(request?.command, "moveMedia");
    assertEquals(
      await codeOf(() =>
        fixture.manager.mount(fixture.caller(), {
          ...mountOf(medium),
          errorIfOffline: true,
        })
      ),
      "ERROR_MEDIA_OFFLINE",
    );
  }
  {
    await using fixture = await open("LAB002L6,LAB001L6");
    const { mounts } = await fixture.manager.mount(
      fixture.caller(),
      mountOf(medium),
    );
    assertEquals(mounts[0]?.barCode, "LAB001L6");
    assertEquals(
      (await fixture.all("operatorRequest")).map(({ state }) => state),
      ["complete"],
    );
  }
  await Deno.remove(directory, { recursive: true });
});

Deno.test("STOP ends an inventory that waits or runs, and one of method NONE looks at nothing", async () => {
  let busy = false;
  await using library = await VirtualLibrary.open(URL, {
    clock: systemClock,
    faults: ({ cdb }) =>
      busy && cdb[0] === TEST_UNIT_READY
        ? { sense: SENSE.becomingReady }
        : "none",
  });
  await using fixture = await openFixture({
    open: () => library.openChanger(),
  });
  const { manager } = fixture;
  const [record] = (await fixture.all("library")).filter(({ kind }) =>
    kind === "online"
  );
  const take = (method: "fast" | "none" | "stop", wait = false) =>
    manager.inventory(fixture.caller(), {
      library: record?.id ?? "",
      method,
      wait,
    });
  assertEquals(await take("none"), { request: null, report: null });
  busy = true;
  const running = assertRejects(() => take("fast", true), NtmsError);
  const waiting = assertRejects(() => take("fast", true), NtmsError);
  while ((await fixture.map()).requests[0]?.state !== "inProcess");
  while ((await fixture.map()).requests.length < 2);
  await take("stop");
  assertEquals((await running).code, "ERROR_CANCELLED");
  assertEquals((await waiting).code, "ERROR_CANCELLED");
  busy = false;
  assertEquals((await take("fast", true)).report?.cartridges, 3);
});

Deno.test("methods that need labels read are refused, because labels are not read yet", async () => {
  await using fixture = await openFixture({ url: URL });
  const [library] = (await fixture.all("library")).filter(({ kind }) =>
    kind === "online"
  );
  assertEquals(
    await codeOf(() =>
      fixture.manager.inventory(fixture.caller(), {
        library: library?.id ?? "",
        method: "omid",
      })
    ),
    "ERROR_NOT_SUPPORTED",
  );
});

Deno.test("a library whose name no device can have keeps the service from starting", async () => {
  await using fixture = await startFixture({ urls: ["virtual:x?slots=none"] });
  assertEquals(
    await codeOf(() => fixture.manager.ready),
    "ERROR_INVALID_PARAMETER",
  );
});

Deno.test("a service is stopped at once while a library takes its time to become ready", async () => {
  const asked = Promise.withResolvers<void>();
  await using library = await VirtualLibrary.open(URL, {
    clock: systemClock,
    faults: ({ cdb }) => {
      if (cdb[0] !== TEST_UNIT_READY && cdb[0] !== READ_ELEMENT_STATUS) {
        return "none";
      }
      asked.resolve();
      return { sense: SENSE.becomingReady };
    },
  });
  const fixture = await startFixture({ open: () => library.openChanger() });
  await asked.promise;
  assertEquals(
    await codeOf(() => fixture.manager.object(crypto.randomUUID())),
    "ERROR_NOT_READY",
  );
  const before = performance.now();
  await fixture[Symbol.asyncDispose]();
  assert(performance.now() - before < 5_000);
});
