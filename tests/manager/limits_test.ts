import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { INFINITE, LIMITS, NtmsError } from "../../src/model/mod.ts";
import { mountOf, openFixture } from "./fixture.ts";
import { until } from "./port_fixture.ts";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

Deno.test("a library takes no more requests than its queue holds, and writes none down that it does not take", async () => {
  await using fixture = await openFixture({ limits: { queuedRequests: 2 } });
  const { manager } = fixture;
  const pool = await fixture.pool();
  const { drives, library } = await fixture.map();
  const call = async () => {
    const medium = await fixture.allocate(pool);
    return {
      medium,
      mount: () =>
        manager.mount(fixture.caller(), { ...mountOf(medium), noWait: true }),
    };
  };
  // As many as there are drives run, and two more wait.
  let mounted = "";
  for (let count = 0; count < drives.length + 2; count++) {
    const { medium, mount } = await call();
    const { requests } = await mount();
    if (count < drives.length) await manager.requestsEnded(requests, 10_000);
    if (count === 0) mounted = medium;
  }
  const { mount } = await call();
  const before = await fixture.all("libraryRequest");
  assertEquals(await code(mount()), "ERROR_BUSY");
  assertEquals(
    await code(
      manager.inventory(fixture.caller(), {
        library: library.id,
        method: "fast",
      }),
    ),
    "ERROR_BUSY",
  );
  const dismount = () =>
    manager.dismount(fixture.caller(), { media: [mounted] });
  assertEquals(await code(dismount()), "ERROR_BUSY");
  assertEquals(await fixture.all("libraryRequest"), before);
});

Deno.test("no more calls wait for a medium than the limit says, and one that ends makes room", async () => {
  await using fixture = await openFixture({
    limits: { waitingAllocations: 2 },
    url: "virtual:test?files=no&slots=2&drives=1&cartridges=1&barcodes=L%03dL6",
  });
  const { manager } = fixture;
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  const abort = new AbortController();
  const wait = (signal?: AbortSignal) =>
    manager.allocate(
      fixture.caller(),
      { pool, side: null, timeoutMs: INFINITE },
      signal,
    );
  const given = code(wait(abort.signal));
  const waiting = wait();
  assertEquals(await code(wait()), "ERROR_BUSY");
  abort.abort();
  assertEquals(await given, "ERROR_CANCELLED");
  const stop = new AbortController();
  const last = code(wait(stop.signal));
  // Both wait now, so that the one that came first gets what is given back.
  await until(async () => (await fixture.all("operatorRequest"))[1]);
  await manager.deallocate(fixture.caller(), medium);
  await waiting;
  stop.abort();
  assertEquals(await last, "ERROR_CANCELLED");
});

Deno.test("the path of a pool has no more characters than the limit says", async () => {
  await using fixture = await openFixture();
  const level = "x".repeat(LIMITS.nameLength);
  const create = (name: string) =>
    fixture.manager.createPool(fixture.caller(), {
      name,
      mediaType: null,
      parent: null,
      mode: "always",
    });
  let path = "";
  const deepest = Math.floor(LIMITS.poolPathLength / (level.length + 1));
  for (let depth = 0; depth < deepest; depth++) {
    path += `\\${level}`;
    await create(path);
  }
  const room = LIMITS.poolPathLength - path.length - 1;
  await create(`${path}\\${level.slice(0, room)}`);
  const error = await assertRejects(
    () => create(`${path}\\${level.slice(0, room + 1)}`),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_INVALID_NAME");
  assertStringIncludes(error.message, `${LIMITS.poolPathLength}`);
});
