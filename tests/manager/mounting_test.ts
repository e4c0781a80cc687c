import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { NtmsError } from "../../src/model/mod.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const TWO_DRIVES =
  "virtual:mounts?files=no&slots=8&cartridges=6&drives=2&barcodes=LAB%03dL6";

async function rejectsWith(code: string, call: () => Promise<unknown>) {
  const error = await assertRejects(call, NtmsError);
  assertEquals(error.code, code, error.message);
  return error;
}

async function allocateMany(fixture: Fixture, count: number) {
  const pool = await fixture.pool();
  const media: string[] = [];
  for (let n = 0; n < count; n++) media.push(await fixture.allocate(pool));
  return media;
}

async function waitingRequest(fixture: Fixture) {
  for (;;) {
    const requests = await fixture.all("libraryRequest");
    const waiting = requests.find(({ state }) => state === "waiting");
    if (waiting !== undefined) return waiting;
  }
}

Deno.test("a mount of several media gets a drive for each", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const media = await allocateMany(fixture, 2);
  const { mounts, requests } = await fixture.manager.mount(
    fixture.caller(),
    mountOf(...media),
  );
  assertEquals(mounts.map(({ medium }) => medium), media);
  assertEquals(new Set(mounts.map(({ drive }) => drive)).size, 2);
  const states = (await fixture.all("libraryRequest")).filter(({ id }) =>
    requests.includes(id)
  ).map(({ state, operation, errorCode }) => [state, operation, errorCode]);
  assertEquals(states, [["passed", "mount", 0], ["passed", "mount", 0]]);
});

Deno.test("a side id is accepted as well as a logical medium", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const [side] = await fixture.all("side");
  const { mounts } = await fixture.manager.mount(
    fixture.caller(),
    mountOf(side?.id ?? ""),
  );
  assertEquals(mounts[0]?.side, side?.id);
});

Deno.test("a mount waits for a drive until one is given back", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = "", b = "", c = ""] = await allocateMany(fixture, 3);
  await manager.mount(fixture.caller(), mountOf(a, b));
  const waiting = manager.mount(fixture.caller(), mountOf(c));
  const request = await waitingRequest(fixture);
  assertEquals(request.message, "waits for a drive for LAB003L6");
  await manager.dismount(fixture.caller(), { media: [a] });
  const { mounts } = await waiting;
  assertEquals(mounts[0]?.medium, c);
});

Deno.test("a mount that must not wait is refused when every drive is in use", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = "", b = "", c = ""] = await allocateMany(fixture, 3);
  await manager.mount(fixture.caller(), {
    ...mountOf(a, b),
    errorIfBusy: true,
  });
  await rejectsWith(
    "ERROR_BUSY",
    () => manager.mount(fixture.caller(), { ...mountOf(c), errorIfBusy: true }),
  );
});

Deno.test("a mount that runs out of time is cancelled as a whole", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = "", b = "", c = ""] = await allocateMany(fixture, 3);
  await manager.mount(fixture.caller(), mountOf(a));
  await rejectsWith(
    "ERROR_TIMEOUT",
    () => manager.mount(fixture.caller(), { ...mountOf(b, c), timeoutMs: 20 }),
  );
  await manager.dismount(fixture.caller(), { media: [a], wait: true });
  const map = await fixture.map();
  assertEquals(map.requests, []);
  assert(map.cartridges.every(({ locationType }) => locationType === "slot"));
});

Deno.test("a cancelled mount leaves nothing behind", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = "", b = "", c = ""] = await allocateMany(fixture, 3);
  await manager.mount(fixture.caller(), mountOf(a, b));
  const stop = new AbortController();
  const waiting = manager.mount(fixture.caller(), mountOf(c), stop.signal);
  stop.abort();
  await rejectsWith("ERROR_CANCELLED", () => waiting);
  await manager.dismount(fixture.caller(), { media: [a, b], wait: true });
  assertEquals((await fixture.map()).drives.map(({ side }) => side), [
    null,
    null,
  ]);
});

Deno.test("a mounted medium is nobody else's until it is dismounted", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = ""] = await allocateMany(fixture, 1);
  await manager.mount(fixture.caller("one"), mountOf(a));
  await rejectsWith(
    "ERROR_BUSY",
    () =>
      manager.mount(fixture.caller("two"), {
        ...mountOf(a),
        errorIfBusy: true,
      }),
  );
  await rejectsWith(
    "ERROR_INVALID_STATE",
    () => manager.dismount(fixture.caller("two"), { media: [a] }),
  );
  const waiting = manager.mount(fixture.caller("two"), mountOf(a));
  await manager.dismount(fixture.caller("one"), { media: [a] });
  assertEquals((await waiting).mounts.length, 1);
});

Deno.test("the same application may mount a medium again; the last dismount moves it", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = ""] = await allocateMany(fixture, 1);
  const first = await manager.mount(fixture.caller("app", "s1"), mountOf(a));
  const second = await manager.mount(fixture.caller("app", "s2"), mountOf(a));
  assertEquals(first.mounts[0]?.drive, second.mounts[0]?.drive);
  await manager.dismount(fixture.caller("app", "s2"), {
    media: [a],
    wait: true,
  });
  assertEquals(
    (await fixture.all("drive")).map(({ state }) => state).sort(),
    ["dismounted", "loaded"],
  );
  await manager.dismount(fixture.caller("app", "s1"), {
    media: [a],
    wait: true,
  });
  await rejectsWith(
    "ERROR_INVALID_STATE",
    () => manager.dismount(fixture.caller("app"), { media: [a] }),
  );
  assertEquals(
    (await fixture.all("drive")).map(({ state }) => state),
    ["dismounted", "dismounted"],
  );
});

Deno.test("an immediate dismount takes the cartridge back to its home slot", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = ""] = await allocateMany(fixture, 1);
  const places = async () =>
    new Map(
      (await fixture.all("cartridge")).map(({ barCode, location, state }) => [
        barCode,
        [location, state],
      ]),
    );
  const before = await places();
  await manager.mount(fixture.caller(), mountOf(a));
  assertNotEquals(await places(), before);
  await manager.dismount(fixture.caller(), { media: [a], wait: true });
  assertEquals(await places(), before);
});

Deno.test("a deferred dismount leaves the medium, and a later mount of it moves nothing", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = ""] = await allocateMany(fixture, 1);
  const first = await manager.mount(fixture.caller(), mountOf(a));
  await manager.dismount(fixture.caller(), { media: [a], deferred: true });
  const drives = await fixture.all("drive");
  assertEquals(drives.map(({ state }) => state).sort(), [
    "dismountable",
    "dismounted",
  ]);
  const again = await manager.mount(fixture.caller("other"), mountOf(a));
  assertEquals(again.mounts[0]?.drive, first.mounts[0]?.drive);
});

Deno.test("a medium left in its drive goes when another needs the drive and its delay is over", async () => {
  const clock = new FakeClock();
  await using fixture = await openFixture({
    url:
      "virtual:one?files=no&slots=4&cartridges=3&drives=1&barcodes=LAB%03dL6",
    clock,
  });
  const { manager } = fixture;
  const [a = "", b = ""] = await allocateMany(fixture, 2);
  await manager.mount(fixture.caller(), { ...mountOf(a), priority: 7 });
  await manager.dismount(fixture.caller(), { media: [a], deferred: true });
  await rejectsWith("ERROR_BUSY", () =>
    manager.mount(fixture.caller(), {
      ...mountOf(b),
      priority: -7,
      errorIfBusy: true,
    }));
  const waiting = manager.mount(fixture.caller(), {
    ...mountOf(b),
    priority: -7,
  });
  // Let the request be entered and looked at before time goes on.
  await waitingRequest(fixture);
  clock.advance(300_000);
  assertEquals((await waiting).mounts[0]?.medium, b);
});

Deno.test("a mount of equal or higher priority need not wait for the delay", async () => {
  await using fixture = await openFixture({
    url:
      "virtual:one?files=no&slots=4&cartridges=3&drives=1&barcodes=LAB%03dL6",
  });
  const { manager } = fixture;
  const [a = "", b = ""] = await allocateMany(fixture, 2);
  await manager.mount(fixture.caller(), mountOf(a));
  await manager.dismount(fixture.caller(), { media: [a], deferred: true });
  const { mounts } = await manager.mount(fixture.caller(), mountOf(b));
  assertEquals(mounts[0]?.medium, b);
});

Deno.test("of waiting mounts the one of highest priority goes first", async () => {
  await using fixture = await openFixture({
    url:
      "virtual:one?files=no&slots=5&cartridges=4&drives=1&barcodes=LAB%03dL6",
  });
  const { manager } = fixture;
  const [a = "", b = "", c = "", d = ""] = await allocateMany(fixture, 4);
  await manager.mount(fixture.caller(), mountOf(a));
  const order: string[] = [];
  const run = async (name: string, medium: string, priority: number) => {
    await manager.mount(fixture.caller(), { ...mountOf(medium), priority });
    order.push(name);
    await manager.dismount(fixture.caller(), { media: [medium] });
  };
  const all = [run("low", b, -7), run("normal", c, 0), run("high", d, 7)];
  while ((await fixture.map()).requests.length < 3);
  await manager.dismount(fixture.caller(), { media: [a] });
  await Promise.all(all);
  assertEquals(order, ["high", "normal", "low"]);
});

Deno.test("a specific drive is used, and waited for", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = "", b = ""] = await allocateMany(fixture, 2);
  const drives = await fixture.all("drive");
  const second = drives[1]?.id ?? "";
  const { mounts } = await manager.mount(fixture.caller(), {
    ...mountOf(a),
    drives: [second],
  });
  assertEquals(mounts[0]?.drive, second);
  await rejectsWith("ERROR_BUSY", () =>
    manager.mount(fixture.caller(), {
      ...mountOf(b),
      drives: [second],
      errorIfBusy: true,
    }));
});

Deno.test("wrong drives are refused before anything moves", async () => {
  await using fixture = await openFixture({
    urls: [TWO_DRIVES, "virtual:other?files=no&slots=2&cartridges=0&drives=1"],
  });
  const { manager } = fixture;
  const [a = "", b = ""] = await allocateMany(fixture, 2);
  const drives = await fixture.all("drive");
  const own = drives.filter(({ serialNumber }) =>
    serialNumber !== "" && drives.length === 3
  );
  const [library] = (await fixture.all("cartridge")).map((one) => one.library);
  const foreign = own.find((one) => one.library !== library)?.id ?? "";
  const [first] = own.filter((one) => one.library === library);
  const call = (media: string[], named: string[]) => () =>
    manager.mount(fixture.caller(), { ...mountOf(...media), drives: named });
  await rejectsWith("ERROR_INVALID_DRIVE", call([a], [crypto.randomUUID()]));
  await rejectsWith("ERROR_INVALID_DRIVE", call([a], [a]));
  await rejectsWith(
    "ERROR_INVALID_DRIVE",
    call([a, b], [first?.id ?? "", first?.id ?? ""]),
  );
  await rejectsWith("ERROR_DRIVE_MEDIA_MISMATCH", call([a], [foreign]));
  await rejectsWith("ERROR_INVALID_PARAMETER", call([a, b], [foreign]));
  assertEquals(
    await fixture.all("libraryRequest", library).then((requests) =>
      requests.filter(({ operation }) => operation === "mount")
    ),
    [],
  );
});

Deno.test("bad media, counts and priorities are refused", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = "", b = "", c = ""] = await allocateMany(fixture, 3);
  const mount = (input: Parameters<typeof manager.mount>[1]) => () =>
    manager.mount(fixture.caller(), input);
  await rejectsWith("ERROR_INVALID_PARAMETER", mount(mountOf()));
  await rejectsWith("ERROR_INVALID_MEDIA", mount(mountOf(a, a)));
  await rejectsWith("ERROR_INVALID_MEDIA", mount(mountOf(crypto.randomUUID())));
  for (const priority of [16, -16, 0.5, NaN]) {
    await rejectsWith(
      "ERROR_INVALID_PARAMETER",
      mount({ ...mountOf(a), priority }),
    );
  }
  await rejectsWith("ERROR_RESOURCE_NOT_AVAILABLE", mount(mountOf(a, b, c)));
  await rejectsWith(
    "ERROR_INVALID_PARAMETER",
    () => manager.dismount(fixture.caller(), { media: [] }),
  );
  await rejectsWith(
    "ERROR_INVALID_MEDIA",
    () => manager.dismount(fixture.caller(), { media: [a, a] }),
  );
  await rejectsWith(
    "ERROR_INVALID_STATE",
    () => manager.dismount(fixture.caller(), { media: [a] }),
  );
});

Deno.test("two callers that want the same two media in opposite order do not block each other", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = "", b = ""] = await allocateMany(fixture, 2);
  const run = async (application: string, media: string[]) => {
    for (let n = 0; n < 5; n++) {
      await manager.mount(fixture.caller(application), mountOf(...media));
      await manager.dismount(fixture.caller(application), { media });
    }
  };
  await Promise.all([run("one", [a, b]), run("two", [b, a])]);
});

Deno.test("a mount with NOWAIT returns its requests at once", async () => {
  await using fixture = await openFixture({ url: TWO_DRIVES });
  const { manager } = fixture;
  const [a = ""] = await allocateMany(fixture, 1);
  const { mounts, requests } = await manager.mount(fixture.caller(), {
    ...mountOf(a),
    noWait: true,
  });
  assertEquals([mounts.length, requests.length], [0, 1]);
  for (;;) {
    const request = await manager.object(requests[0] ?? "");
    if (request.type === "libraryRequest" && request.state === "passed") break;
  }
});

Deno.test("what a vanished session has mounted is dismounted after the grace time", async () => {
  const clock = new FakeClock();
  await using fixture = await openFixture({ url: TWO_DRIVES, clock });
  const { manager } = fixture;
  const [a = "", b = ""] = await allocateMany(fixture, 2);
  await manager.mount(fixture.caller("lost", "s1"), mountOf(a));
  await manager.mount(fixture.caller("closed", "s2"), mountOf(b));
  manager.sessionEnded("s1", true);
  manager.sessionEnded("s2", false);
  clock.advance(599_000);
  assertEquals(
    (await fixture.all("drive")).map(({ state }) => state),
    ["loaded", "loaded"],
  );
  clock.advance(2_000);
  for (;;) {
    const states = (await fixture.all("drive")).map(({ state }) => state);
    if (states.includes("dismountable")) break;
  }
  const map = await fixture.map();
  assertEquals(
    map.cartridges.map(({ mountedBy }) => mountedBy)
      .filter((owner) => owner !== ""),
    ["closed"],
  );
});
