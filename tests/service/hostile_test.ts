import { assert, assertEquals } from "@std/assert";
import {
  ask,
  closeByHand,
  CLOSED_WITHIN_MS,
  dribble,
  HASTY,
  OPEN,
  openByHand,
  statusOf,
} from "./hostile_client.ts";
import { DOORS, HostileTarget, readAll, write } from "./hostile_target.ts";
import { outcomeOf, post } from "./test_service.ts";

for (const door of DOORS) {
  Deno.test(`${door}: heads and bodies that come slowly are not waited for`, async () => {
    await using target = await HostileTarget.start({ limits: HASTY });
    const head = `POST ${OPEN} HTTP/1.1\r\nhost: rsm\r\n`;
    const body = post(OPEN, "x".repeat(10_000)).slice(0, -9_000);
    for (
      const [first, bit] of [["", "\r\n"], [head, "a: b\r\n"], [body, "x"]]
    ) {
      const slow = Array.from(
        { length: 50 },
        () => dribble(target, door, first ?? "", bit ?? ""),
      );
      const between = await target.probe();
      const ends = await Promise.all(slow);
      const longest = Math.max(...ends.map(({ spentMs }) => spentMs));
      assert(longest < CLOSED_WITHIN_MS, `${longest} ms`);
      // Over TCP the end of the connection may overtake the answer.
      const told = ends.filter(({ answer }) => statusOf(answer) === 408);
      assert(door === "tcp" || first === "" || told.length === ends.length);
      assert(between < CLOSED_WITHIN_MS);
    }
    await target.assertSound();
  });

  Deno.test(`${door}: requests that break off leave nothing behind`, async () => {
    await using target = await HostileTarget.start();
    const whole = [
      post(OPEN, `{"application":"A"}`),
      post("/v1/FormatDisk", "x".repeat(200)),
      post("/v1/OpenNtmsSession", "x".repeat(200), { "content-type": "a/b" }),
      `GET ${OPEN} HTTP/1.1\r\nhost: rsm\r\ncontent-length: 200\r\n\r\nx`,
      `GET /health/live HTTP/1.1\r\nhost: rsm\r\n\r\n`,
    ];
    for (const text of whole) {
      for (let end = 0; end < text.length; end += 7) {
        using connection = await target.connect(door);
        await write(connection, text.slice(0, end));
      }
    }
    await target.assertSound();
  });

  Deno.test(`${door}: a few requests in one go are answered in order, a flood is not`, async () => {
    await using target = await HostileTarget.start();
    const session = await openByHand(target, door);
    const renew = post("/v1/RenewNtmsSession", "{}", session);
    const bad = post("/v1/Nothing", "{}");
    {
      using connection = await target.connect(door);
      await write(connection, renew + bad + renew);
      const text = await readAll(
        connection,
        (text) => text.split("leaseSeconds").length === 3,
      );
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((it) =>
        it[1]
      );
      assertEquals(statuses, ["200", "404", "200"]);
    }
    const before = await target.memory();
    for (let round = 0; round < 20; round++) {
      using connection = await target.connect(door);
      await write(connection, renew.repeat(5_000));
      // It is closed, though it asks for nothing that is wrong.
      await readAll(connection);
    }
    const grown = await target.memory() - before;
    assert(grown < 100, `${grown} MiB more`);
    await closeByHand(target, session, door);
    await target.assertSound();
  });

  Deno.test(`${door}: calls that wait end with their client, also those sent in one go`, async () => {
    await using target = await HostileTarget.start();
    const session = await openByHand(target, door);
    const call = async (name: string, input: unknown) => {
      const request = post(`/v1/${name}`, JSON.stringify(input), session);
      const answer = await ask(target, door, request);
      assertEquals(outcomeOf(answer).status, 200, answer);
      return JSON.parse(answer.split("\r\n\r\n")[1] ?? "");
    };
    const { objects: [cartridge] } = await call("ListNtmsObject", {
      type: "cartridge",
      container: null,
    });
    const { pool } = await call("CreateNtmsMediaPool", {
      name: "Empty",
      mediaType: cartridge.mediaType,
      parent: null,
      mode: "new",
    });
    const waiting = async (count: number) => {
      const input = { type: "operatorRequest", container: null };
      for (;;) {
        const { ids } = await call("EnumerateNtmsObject", input);
        if (ids.length === count) return;
      }
    };
    {
      using connection = await target.connect(door);
      const input = { pool, side: null, timeoutMs: 0xffff_ffff };
      const one = post(
        "/v1/AllocateNtmsMedia",
        JSON.stringify(input),
        session,
      );
      await write(connection, one + one + one);
      await waiting(3);
    }
    await waiting(0);
    await closeByHand(target, session, door);
    await target.assertSound();
  });
}
