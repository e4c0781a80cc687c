import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  ask,
  closeByHand,
  CLOSED_WITHIN_MS,
  HASTY,
  OPEN,
  openByHand,
  statusOf,
} from "./hostile_client.ts";
import { DOORS, HostileTarget, readAll, write } from "./hostile_target.ts";
import { outcomeOf, post } from "./test_service.ts";

for (const door of DOORS) {
  Deno.test(`${door}: a client that does not read its answers, or goes in the middle of one, costs nothing for long`, async () => {
    await using target = await HostileTarget.start({
      // What a kernel has room for is as good as taken: it is idle then.
      limits: { ...HASTY, connectionIdleMs: 1_000 },
      library:
        "virtual:test?slots=1200&drives=1&cartridges=1000&barcodes=T%04dL6&files=no",
    });
    const session = await openByHand(target, door);
    const map = post("/v1/MapNtmsLibrary", `{"library":null}`, session);
    const before = await target.memory();
    for (let round = 0; round < 5; round++) {
      using connection = await target.connect(door);
      await write(connection, map);
      await readAll(connection, (text) => text.length > 0);
    }
    await target.probe();
    const silent: Deno.Conn[] = [];
    for (let count = 0; count < 5; count++) {
      const connection = await target.connect(door);
      silent.push(connection);
      // The second is asked for while the first waits to be taken.
      await write(connection, map);
      await write(connection, map);
    }
    await target.probe();
    const most = await target.memory() - before;
    await closeByHand(target, session, door);
    // All are closed by the service, while this side still holds them.
    await target.assertSound();
    for (const connection of silent) connection.close();
    await print(
      `${door}: ${most.toFixed(0)} MiB for 10 unread maps of 1,000 cartridges`,
    );
    assert(most < 300, `${most} MiB more`);
  });
}

/** As many idle connections as are asked for and can be had. */
async function connectIdle(
  target: HostileTarget,
  count: number,
): Promise<Deno.Conn[]> {
  const idle: Deno.Conn[] = [];
  while (idle.length < count) {
    try {
      idle.push(await target.connect(DOORS[idle.length % 2] ?? "unix"));
    } catch (error) {
      // The queue of those not accepted is full; else this process has no more.
      if (!(error instanceof Deno.errors.WouldBlock)) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  return idle;
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

Deno.test("10,000 idle connections keep nobody waiting, and go when their time is up", async () => {
  await using target = await HostileTarget.start({
    limits: { requestHeadWithinMs: 20_000 },
  });
  const before = await target.memory();
  const idle = await connectIdle(target, 10_000);
  const spent = await target.probe();
  const used = await target.memory() - before;
  const held = await target.descriptors();
  await print(
    `${idle.length} idle connections, ${held} descriptors: ` +
      `${used.toFixed(0)} MiB, a session in ${spent.toFixed(0)} ms`,
  );
  assert(idle.length >= 1_000, "more than a few can be had");
  assert(used < 500, `${used} MiB more`);
  for (const connection of idle) connection.close();
  await target.assertSound();
});

Deno.test("where few files may be open, idle connections give way to new ones, and none is refused for ever", async () => {
  await using target = await HostileTarget.start({ descriptors: 600 });
  const idle = await connectIdle(target, 1_000);
  for (let round = 0; round < 5; round++) await target.probe();
  const held = await target.descriptors();
  assert(held < 300, `${held} descriptors`);
  for (const connection of idle) connection.close();
  await target.assertSound();
});

Deno.test("where calls are under way on all connections, a new one is told so", async () => {
  await using target = await HostileTarget.start({
    limits: { connections: 4 },
  });
  const first = await ask(target, "unix", post(OPEN, "{}"));
  const { secret, session } = JSON.parse(first.split("\r\n\r\n")[1] ?? "");
  const headers = { "rsm-session": `${session}.${secret}` };
  const list = (type: string) =>
    post(
      "/v1/ListNtmsObject",
      JSON.stringify({ type, container: null }),
      headers,
    );
  const [cartridge] = JSON.parse(
    (await ask(target, "unix", list("cartridge"))).split("\r\n\r\n")[1] ?? "",
  ).objects;
  const created = await ask(
    target,
    "unix",
    post(
      "/v1/CreateNtmsMediaPool",
      JSON.stringify({
        name: "Empty",
        mediaType: cartridge.mediaType,
        parent: null,
        mode: "new",
      }),
      headers,
    ),
  );
  const { pool } = JSON.parse(created.split("\r\n\r\n")[1] ?? "");
  const input = { pool, side: null, timeoutMs: 0xffff_ffff };
  const waiting: Deno.Conn[] = [];
  let answer = "";
  // One that is not read from yet is idle, and may have to give way.
  while (waiting.length < 50 && statusOf(answer) !== 503) {
    const connection = await target.connect("unix");
    waiting.push(connection);
    await write(
      connection,
      post("/v1/AllocateNtmsMedia", JSON.stringify(input), headers),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    answer = await ask(target, "unix", list("drive"));
  }
  assertEquals(outcomeOf(answer), {
    status: 503,
    code: "ERROR_NOT_ENOUGH_MEMORY",
  });
  for (const connection of waiting) connection.close();
  while (statusOf(answer) === 503) {
    answer = await ask(target, "unix", list("drive"));
  }
  await closeByHand(target, headers);
  await target.assertSound();
});

Deno.test("idle connections are closed when their time is up", async () => {
  await using target = await HostileTarget.start({
    limits: { connectionIdleMs: 300 },
  });
  for (const door of DOORS) {
    using connection = await target.connect(door);
    await write(connection, "GET /health/live HTTP/1.1\r\nhost: rsm\r\n\r\n");
    const start = performance.now();
    assertMatch(await readAll(connection), /^HTTP\/1\.1 200 /);
    assert(performance.now() - start < CLOSED_WITHIN_MS);
  }
  await target.assertSound();
});

Deno.test("who asks for more while too much waits to be taken has the connection closed", async () => {
  await using target = await HostileTarget.start({
    limits: { answerBytesWaiting: 10_000 },
    // Its map is several times what the kernel holds between both ends.
    library:
      "virtual:test?slots=4000&drives=1&cartridges=3900&barcodes=T%04dL6&files=no",
  });
  const session = await openByHand(target);
  const map = post("/v1/MapNtmsLibrary", `{"library":null}`, session);
  const size = (await ask(target, "unix", map)).length;
  using connection = await target.connect("unix");
  await write(connection, map);
  const first = await readAll(connection, (text) => text.length > 0);
  await write(connection, map);
  // It has read this before what it answers elsewhere.
  await target.probe();
  // Without the limit there would be two whole answers, and then silence.
  const rest = await readAll(connection);
  assert(first.length + rest.length < 2 * size);
  await closeByHand(target, session);
  await target.assertSound();
});
