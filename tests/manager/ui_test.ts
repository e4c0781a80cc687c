import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "./fake_clock.ts";
import { mountOf } from "./fixture.ts";
import { MESSAGE, rejectsWith } from "./operator_fixture.ts";
import {
  computerOf,
  DESK,
  HALL,
  libraryIdOf,
  open,
  set,
  settle,
  until,
} from "./ui_fixture.ts";

Deno.test("requests about media and about faults go to the lists of their kind, of library, computer and application", async () => {
  await using fixture = await open();
  const { mailbox, manager } = fixture;
  const library = await libraryIdOf(fixture);
  const pool = await fixture.pool();
  const [drive] = await fixture.all("drive");
  await set(fixture, { type: "request", destination: DESK });
  await set(fixture, {
    object: library,
    type: "error",
    destination: HALL,
  });
  const submit = (
    application: string,
    input: Partial<typeof MESSAGE>,
  ) =>
    manager.operators.submit(fixture.caller(application, "s9"), {
      ...MESSAGE,
      ...input,
    });
  await submit("backup", { message: "of this application" });
  await submit("archive", { message: "of another one" });
  await submit("archive", {
    command: "newMedia",
    message: "about media",
    argument1: pool,
    argument2: library,
  });
  await submit("archive", {
    command: "deviceService",
    message: "about a fault",
    argument1: drive?.id ?? "",
  });
  await until(() => mailbox.taken.length >= 2);
  await settle();
  assertEquals(mailbox.texts(DESK), ["of this application"]);
  assertEquals(mailbox.texts(HALL), ["about a fault"]);
  const fault = mailbox.taken.find(([to]) => to === HALL)?.[1];
  assertEquals(fault?.type, "error");
  assertEquals(fault?.request?.objects, [{
    type: "drive",
    id: drive?.id ?? "",
  }]);
});

Deno.test("who is on several lists is told once", async () => {
  await using fixture = await open();
  const { mailbox, manager } = fixture;
  await set(fixture, { object: await computerOf(fixture) });
  await set(fixture, {});
  await manager.operators.submit(fixture.caller(), MESSAGE);
  await until(() => mailbox.taken.length > 0);
  await settle();
  assertEquals(mailbox.taken.length, 1);
});

Deno.test("how library requests get on goes to those who want to know", async () => {
  await using fixture = await open();
  const { mailbox, manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  await set(fixture, { type: "info" });
  await manager.mount(fixture.caller(), mountOf(medium));
  await until(() => mailbox.texts(DESK).some((it) => it.includes("passed")));
  const told = mailbox.taken.map(([, { request, text, type }]) =>
    `${type} ${request?.type} ${request?.kind} ${request?.state} ${text}`
  );
  assertEquals(
    told.at(-1),
    `info libraryRequest mount passed Mount LAB001L6: passed`,
  );
  assertEquals(new Set(told).size, told.length, "it was told twice");
});

Deno.test("a destination that does not answer holds up nobody else", async () => {
  await using fixture = await open();
  const { mailbox, manager } = fixture;
  mailbox.hanging.add(HALL);
  const object = await computerOf(fixture);
  for (const destination of [HALL, DESK]) {
    await set(fixture, { object, destination });
  }
  for (let n = 0; n < 3; n++) {
    await manager.operators.submit(fixture.caller(), MESSAGE);
  }
  await until(() => mailbox.texts(DESK).length === 3);
  assertEquals(mailbox.triesOf(HALL), 1);
  const [hall] = await manager.ui.list(fixture.caller());
  assertEquals([hall?.destination, hall?.waiting], [HALL, 3]);
});

Deno.test("a try lasts no longer than the limit says, and is repeated after a pause", async () => {
  const clock = new FakeClock();
  await using fixture = await open({ clock });
  const { mailbox, manager } = fixture;
  mailbox.hanging.add(DESK);
  await set(fixture, { object: await computerOf(fixture) });
  await manager.operators.submit(fixture.caller(), MESSAGE);
  await until(() => mailbox.triesOf(DESK) === 1);
  clock.advance(9_999);
  await settle();
  const list = () => manager.ui.list(fixture.caller());
  assertEquals((await list())[0]?.failure, null);
  clock.advance(1);
  await until(async () => (await list())[0]?.failure !== null);
  assert((await list())[0]?.failure?.reason.includes("10000 ms"));
  mailbox.hanging.clear();
  await settle();
  clock.advance(5_000);
  await until(() => mailbox.taken.length === 1);
  await until(async () => (await list())[0]?.waiting === 0);
  assertEquals((await list())[0]?.failure, null);
  assertEquals((await list())[0]?.delivered, clock.now());
});

Deno.test("no more messages wait for a destination than the limit says; progress is given up first", async () => {
  const clock = new FakeClock();
  await using fixture = await open({ clock, limits: { uiMessagesWaiting: 3 } });
  const { log, mailbox, manager } = fixture;
  const object = await computerOf(fixture);
  mailbox.refusing.add(DESK);
  for (const type of ["request", "info"] as const) {
    await set(fixture, { object, type });
  }
  const submit = (message: string) =>
    manager.operators.submit(fixture.caller(), { ...MESSAGE, message });
  await submit("first");
  await until(() => mailbox.triesOf(DESK) === 1);
  const waiting = async () =>
    (await manager.ui.list(fixture.caller()))[0]?.waiting ?? 0;
  const library = await libraryIdOf(fixture);
  await manager.inventory(fixture.caller(), {
    library,
    method: "fast",
    wait: true,
  });
  await until(async () => await waiting() > 1);
  await settle();
  for (const message of ["second", "third", "fourth"]) await submit(message);
  assertEquals(await waiting(), 3);
  mailbox.refusing.clear();
  await settle();
  clock.advance(5_000);
  await until(async () => await waiting() === 0);
  // The progress of the inventory, and the oldest request.
  assertEquals(mailbox.texts(DESK), ["second", "third", "fourth"]);
  const given = log.lines.filter((line) => line.includes("given up"));
  assert(given.length >= 2);
});

Deno.test("a message that is not taken for as long as the limit says is given up", async () => {
  const clock = new FakeClock();
  await using fixture = await open({
    clock,
    limits: { uiMessageKeptMs: 20_000 },
  });
  const { mailbox, manager } = fixture;
  mailbox.refusing.add(DESK);
  await set(fixture, { object: await computerOf(fixture) });
  await manager.operators.submit(fixture.caller(), MESSAGE);
  const waiting = async () =>
    (await manager.ui.list(fixture.caller()))[0]?.waiting;
  for (const [tries, pauseMs] of [[1, 5_000], [2, 10_000], [3, 20_000]]) {
    await until(() => mailbox.triesOf(DESK) === tries);
    await settle();
    assertEquals(await waiting(), 1);
    clock.advance(pauseMs ?? 0);
  }
  await until(async () => await waiting() === 0);
  assertEquals(mailbox.triesOf(DESK), 3);
  assert(fixture.log.lines.some((line) => line.includes("given up")));
});

Deno.test("nobody is told late of what is settled", async () => {
  const clock = new FakeClock();
  await using fixture = await open({ clock });
  const { mailbox, manager } = fixture;
  mailbox.refusing.add(DESK);
  await set(fixture, { object: await computerOf(fixture) });
  const submit = (message: string) =>
    manager.operators.submit(fixture.caller(), { ...MESSAGE, message });
  const done = await submit("done by then");
  await until(() => mailbox.triesOf(DESK) === 1);
  await submit("still to do");
  await manager.operators.satisfy(fixture.caller(), done);
  mailbox.refusing.clear();
  await settle();
  clock.advance(5_000);
  await until(() => mailbox.taken.length > 0);
  await settle();
  assertEquals(mailbox.texts(DESK), ["still to do"]);
});

Deno.test("a test says whether a destination takes messages", async () => {
  await using fixture = await open();
  const { mailbox, manager } = fixture;
  const test = () => manager.ui.test(fixture.caller(), DESK);
  assertEquals(await test(), { delivered: true, reason: null });
  assertEquals(mailbox.taken[0]?.[1].type, "test");
  mailbox.refusing.add(DESK);
  assertEquals(await test(), { delivered: false, reason: "It is closed" });
  await rejectsWith(
    "ERROR_INVALID_PARAMETER",
    () => manager.ui.test(fixture.caller(), "desk"),
  );
});
