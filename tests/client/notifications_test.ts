import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Session } from "../../src/client/mod.ts";
import { NtmsError, type ObjectNotification } from "../../src/model/mod.ts";
import { startTestService } from "../service/test_service.ts";

async function codeOf(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

function submit(session: Session, count: number): Promise<string[]> {
  return Promise.all(
    Array.from(
      { length: count },
      (_, n) => session.operators.submit({ message: `${n}` }),
    ),
  );
}

Deno.test("for await tells each change of a type in its order, until the loop is left", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const notifications = session.notifications({ type: "operatorRequest" });
  await notifications.opened;
  const ids = await submit(session, 30);
  const told: ObjectNotification[] = [];
  for await (const change of notifications) {
    told.push(change);
    if (told.length === ids.length) break;
  }
  assertEquals(told.map(({ number }) => number), ids.map((_, at) => at + 1));
  assertEquals(told.map(({ id }) => id).toSorted(), ids.toSorted());
  // It is closed: nothing of it is left in the session.
  assertEquals(await notifications.next(), { done: true, value: undefined });
});

Deno.test("for await hears at once of what other sessions do", async () => {
  await using test = await startTestService();
  await using watcher = await test.session();
  await using other = await test.session();
  await using notifications = watcher.notifications();
  await notifications.opened;
  const next = notifications.next();
  const [id] = await submit(other, 1);
  const { value } = await next;
  assertEquals([value?.operation, value?.type, value?.id, value?.number], [
    "insert",
    "operatorRequest",
    id,
    1,
  ]);
});

Deno.test("leaving the loop while nothing happens ends the wait", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const notifications = session.notifications({ type: "drive" });
  const next = notifications.next();
  await notifications.opened;
  await notifications.return();
  assertEquals(await next, { done: true, value: undefined });
});

Deno.test("a signal ends the loop with ERROR_CANCELLED", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const stop = new AbortController();
  const { signal } = stop;
  const notifications = session.notifications({ signal });
  const next = notifications.next();
  await notifications.opened;
  stop.abort();
  assertEquals(await codeOf(next), "ERROR_CANCELLED");
  assertEquals((await notifications.next()).done, true);
});

Deno.test("the loop ends with its session, and with the service", async () => {
  await using test = await startTestService();
  const session = await test.session();
  const ended = session.notifications();
  const next = ended.next();
  await ended.opened;
  await session.close();
  assertEquals(await codeOf(next), "ERROR_CANCELLED");
  await using other = await test.session();
  const stopped = other.notifications();
  const last = codeOf(stopped.next());
  await stopped.opened;
  await test.service.close();
  assert(["ERROR_CANCELLED", "ERROR_CONNECTION_UNAVAIL"].includes(await last));
});

Deno.test("a reader that falls behind is told that changes are missing", async () => {
  const limits = { changesBuffered: 5 };
  await using test = await startTestService({}, undefined, undefined, limits);
  await using session = await test.session();
  const notifications = session.notifications({ type: "operatorRequest" });
  await notifications.opened;
  await submit(session, 6);
  assertEquals(await codeOf(notifications.next()), "ERROR_NO_DATA");
  assertEquals((await notifications.next()).done, true);
});

Deno.test("a wait that is given up over a socket loses no change", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const channel = await session.openChannel("operatorRequest");
  const told: number[] = [];
  const ids = submit(session, 40);
  while (told.length < 40) {
    const stop = new AbortController();
    const taking = channel.take({
      most: 3,
      timeoutMs: 1_000,
      signal: stop.signal,
    });
    // Now and then the caller goes while the answer may be on its way.
    if (Math.random() < 0.5) {
      await Promise.race([taking.catch(() => {}), Promise.resolve()]);
      stop.abort();
    }
    try {
      for (const { number } of await taking) told.push(number);
    } catch (error) {
      assert(error instanceof NtmsError && error.code === "ERROR_CANCELLED");
    }
  }
  assertEquals(told, (await ids).map((_, at) => at + 1));
  await channel.close(false);
});

Deno.test("operator requests are submitted, shown, taken on and settled in a session", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const { operators } = session;
  const id = await operators.submit({ message: "Hello" });
  const state = async () =>
    (await session.objects("operatorRequest")).find((one) => one.id === id)
      ?.state;
  assertEquals(await state(), "submitted");
  await operators.show([id]);
  assertEquals(await state(), "active");
  await operators.acknowledge(id);
  assertEquals(await state(), "inProgress");
  assertEquals(
    await codeOf(operators.wait(id, { timeoutMs: 0 })),
    "ERROR_TIMEOUT",
  );
  const waiting = operators.wait(id);
  await operators.satisfy(id);
  await waiting;
  assertEquals(await codeOf(operators.refuse(id)), "ERROR_INVALID_STATE");
  const idempotencyKey = crypto.randomUUID();
  const again = await operators.submit({ message: "Once", idempotencyKey });
  assertEquals(
    await operators.submit({ message: "Once", idempotencyKey }),
    again,
  );
  const settle = { idempotencyKey: crypto.randomUUID() };
  await operators.satisfy(again, settle);
  await operators.satisfy(again, settle);
  const refused = await operators.submit({});
  await operators.refuse(refused);
  assertEquals(await codeOf(operators.wait(refused)), "ERROR_CANCELLED");
  await operators.show([]);
});
