import { assert, assertEquals } from "@std/assert";
import {
  INFINITE,
  type ObjectType,
  type OperatorCommand,
  type OperatorRequestRecord,
} from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import {
  eventually,
  isOpen,
  rejectsWith,
  SMALL,
  stateOf,
  submit,
} from "./operator_fixture.ts";

Deno.test("a submitted operator request says who asks for what", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const id = await submit(fixture);
  const [request] = await fixture.all("operatorRequest");
  assertEquals(
    [request?.id, request?.state, request?.command, request?.message],
    [id, "submitted", "message", "Change the air filter"],
  );
  assertEquals(
    [request?.application, request?.user, request?.computer],
    ["backup", "someone", "here"],
  );
});

Deno.test("each kind of operator request is about what the documents say", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const pool = await fixture.pool();
  const ids = new Map<ObjectType, string>([["mediaPool", pool]]);
  const types = ["library", "slot", "drive", "door", "cartridge"] as const;
  for (const type of types) {
    const [object] = await fixture.all(type);
    if (object !== undefined) ids.set(type, object.id);
  }
  const takes: readonly [OperatorCommand, ObjectType[], ObjectType | null][] = [
    ["newMedia", ["mediaPool"], "library"],
    ["cleaner", ["library", "slot"], null],
    ["deviceService", ["library", "slot", "drive", "door", "cartridge"], null],
    ["moveMedia", ["cartridge"], "library"],
    ["message", [], null],
  ];
  for (const [command, first, second] of takes) {
    const argument2 = second === null ? null : ids.get(second) ?? null;
    if (first.length > 0) {
      await rejectsWith(
        "ERROR_INVALID_PARAMETER",
        () => submit(fixture, { command, argument1: null, argument2 }),
      );
    }
    for (const [type, argument1] of ids) {
      const call = () => submit(fixture, { command, argument1, argument2 });
      if (first.includes(type)) assert(await call());
      else await rejectsWith("ERROR_INVALID_PARAMETER", call);
    }
    const [argument1 = null] = first.map((type) => ids.get(type) ?? null);
    const wrong = second === null ? ids.get("drive") : ids.get("slot");
    await rejectsWith(
      "ERROR_INVALID_PARAMETER",
      () => submit(fixture, { command, argument1, argument2: wrong ?? null }),
    );
  }
  await submit(fixture, { command: "newMedia", argument1: pool });
  await rejectsWith(
    "ERROR_INVALID_PARAMETER",
    () =>
      submit(fixture, {
        command: "moveMedia",
        argument1: ids.get("cartridge") ?? null,
      }),
  );
  await rejectsWith(
    "ERROR_INVALID_PARAMETER",
    () => submit(fixture, { command: "unknown" }),
  );
  await rejectsWith("ERROR_OBJECT_NOT_FOUND", () =>
    submit(fixture, {
      command: "deviceService",
      argument1: crypto.randomUUID(),
    }));
});

Deno.test("an operator request without words has those of its kind, and one with too many is refused", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const argument1 = await fixture.pool();
  await submit(fixture, { command: "newMedia", message: null, argument1 });
  const [request] = await fixture.all("operatorRequest");
  assertEquals(request?.message, "Put in new media");
  await submit(fixture, { message: "x".repeat(255) });
  await rejectsWith(
    "ERROR_INVALID_PARAMETER",
    () => submit(fixture, { message: "x".repeat(256) }),
  );
});

Deno.test("who waits for an operator request is told how it was settled", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { caller, manager: { operators } } = fixture;
  const done = await submit(fixture);
  const refused = await submit(fixture);
  const waiting = [
    operators.wait(done, INFINITE),
    rejectsWith("ERROR_CANCELLED", () => operators.wait(refused, INFINITE)),
  ];
  await operators.satisfy(caller(), done);
  await operators.refuse(caller(), refused);
  await Promise.all(waiting);
  await operators.wait(done, 0);
  await rejectsWith("ERROR_CANCELLED", () => operators.wait(refused, 0));
});

Deno.test("waiting for an operator request ends by its time, its signal, and changes nothing", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { operators } = fixture.manager;
  const id = await submit(fixture);
  for (const timeoutMs of [0, 20]) {
    await rejectsWith("ERROR_TIMEOUT", () => operators.wait(id, timeoutMs));
  }
  const stop = new AbortController();
  const waiting = operators.wait(id, INFINITE, stop.signal);
  stop.abort();
  await rejectsWith("ERROR_CANCELLED", () => waiting);
  await rejectsWith(
    "ERROR_OBJECT_NOT_FOUND",
    () => operators.wait(crypto.randomUUID(), 0),
  );
  assertEquals(await stateOf(fixture, id), "submitted");
});

Deno.test("an operator request is settled once", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { caller, manager: { operators } } = fixture;
  const id = await submit(fixture);
  await operators.satisfy(caller(), id);
  for (const settle of [operators.satisfy, operators.refuse]) {
    await rejectsWith(
      "ERROR_INVALID_STATE",
      () => settle.call(operators, caller(), id),
    );
  }
  assertEquals(await stateOf(fixture, id), "complete");
  await rejectsWith(
    "ERROR_OBJECT_NOT_FOUND",
    () => operators.refuse(caller(), crypto.randomUUID()),
  );
});

Deno.test("an operator request is active when it was shown and in progress when somebody took it on", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { caller, manager: { operators } } = fixture;
  const id = await submit(fixture);
  const settled = await submit(fixture);
  await operators.satisfy(caller(), settled);
  const nobody = crypto.randomUUID();
  const requests = [id, settled, nobody];
  await operators.note(caller(), { requests, note: "show" });
  assertEquals(await stateOf(fixture, id), "active");
  assertEquals(await stateOf(fixture, settled), "complete");
  await operators.note(caller(), { requests: [id], note: "acknowledge" });
  await operators.note(caller(), { requests: [id], note: "show" });
  assertEquals(await stateOf(fixture, id), "inProgress");
  await rejectsWith(
    "ERROR_INVALID_STATE",
    () =>
      operators.note(caller(), { requests: [settled], note: "acknowledge" }),
  );
  await rejectsWith(
    "ERROR_OBJECT_NOT_FOUND",
    () => operators.note(caller(), { requests: [nobody], note: "acknowledge" }),
  );
});

Deno.test("a waiting allocation ends when the operator refuses, and the record of that is kept", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { caller, manager } = fixture;
  const pool = await fixture.pool();
  for (let n = 0; n < 2; n++) await fixture.allocate(pool);
  const waiting = fixture.allocate(pool);
  const { id } = await eventually(fixture, isOpen);
  await manager.operators.refuse(caller(), id);
  await rejectsWith("ERROR_CANCELLED", () => waiting);
  assertEquals(await stateOf(fixture, id), "refused");
});

Deno.test("a waiting allocation asks again when the operator says done and no medium has come, and takes what comes", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { caller, manager } = fixture;
  const pool = await fixture.pool();
  const [first = ""] = [
    await fixture.allocate(pool),
    await fixture.allocate(pool),
  ];
  const waiting = fixture.allocate(pool);
  const asked = await eventually(fixture, isOpen);
  await manager.operators.satisfy(caller(), asked.id);
  const again = await eventually(fixture, isOpen);
  assert(again.id !== asked.id);
  await manager.deallocate(caller(), first);
  assert(await waiting);
  assertEquals(await stateOf(fixture, asked.id), "complete");
  assertEquals(await stateOf(fixture, again.id), "complete");
});

/** A medium whose cartridge a person took away while the service was down. */
async function withOfflineMedium(
  test: (fixture: Fixture, medium: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-operator-" });
  const path = `${directory}/rsm.sqlite`;
  try {
    let medium: string;
    {
      await using fixture = await openFixture({ url: SMALL, path });
      const pool = await fixture.pool();
      const sides = await fixture.all("side");
      const cartridges = await fixture.all("cartridge");
      const last = cartridges.find(({ barCode }) => barCode === "LAB002L6");
      const side = sides.find(({ cartridge }) => cartridge === last?.id);
      const allocation = await fixture.manager.allocate(fixture.caller(), {
        pool,
        side: side?.id ?? null,
        timeoutMs: 0,
      });
      medium = allocation.logicalMedium;
    }
    const url = SMALL.replace("cartridges=2", "cartridges=1");
    await using fixture = await openFixture({ url, path });
    await test(fixture, medium);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("a mount that waits for an offline medium ends when the operator refuses to bring it", async () => {
  await withOfflineMedium(async (fixture, medium) => {
    const { caller, manager } = fixture;
    const waiting = manager.mount(caller(), mountOf(medium));
    waiting.catch(() => {});
    const { id } = await eventually(
      fixture,
      (one) => isOpen(one) && one.application === "backup",
    );
    await manager.operators.refuse(caller(), id);
    await rejectsWith("ERROR_REQUEST_REFUSED", () => waiting);
    assertEquals(await stateOf(fixture, id), "refused");
    const [request] = (await fixture.all("libraryRequest"))
      .filter(({ operation }) => operation === "mount");
    assertEquals(request?.state, "failed");
  });
});

Deno.test("a mount ends also when the operator refuses what the service asked for its medium", async () => {
  await withOfflineMedium(async (fixture, medium) => {
    const { caller, manager } = fixture;
    const waiting = manager.mount(caller(), mountOf(medium));
    waiting.catch(() => {});
    await eventually(fixture, (one) => one.application === "backup");
    const { id } = await eventually(
      fixture,
      (one) => one.application === "RSM",
    );
    await manager.operators.refuse(caller(), id);
    await rejectsWith("ERROR_REQUEST_REFUSED", () => waiting);
  });
});

Deno.test("a mount asks again for a medium that the operator says is there and is not", async () => {
  await withOfflineMedium(async (fixture, medium) => {
    const { caller, manager } = fixture;
    const stop = new AbortController();
    const waiting = manager.mount(caller(), mountOf(medium), stop.signal);
    waiting.catch(() => {});
    const mine = (one: OperatorRequestRecord) =>
      isOpen(one) && one.application === "backup";
    const asked = await eventually(fixture, mine);
    await manager.operators.satisfy(caller(), asked.id);
    const again = await eventually(
      fixture,
      (one) => mine(one) && one.id !== asked.id,
    );
    stop.abort();
    await rejectsWith("ERROR_CANCELLED", () => waiting);
    assertEquals(await stateOf(fixture, again.id), "gone");
    assertEquals(await stateOf(fixture, asked.id), "complete");
  });
});

Deno.test("what programs submit outlives a start of the service, what their calls ask for does not", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm-operator-" });
  const path = `${directory}/rsm.sqlite`;
  try {
    let id: string;
    {
      await using fixture = await openFixture({ url: SMALL, path });
      id = await submit(fixture);
      const pool = await fixture.pool();
      for (let n = 0; n < 2; n++) await fixture.allocate(pool);
      const waiting = fixture.allocate(pool);
      waiting.catch(() => {});
      await eventually(fixture, ({ command }) => command === "newMedia");
    }
    await using fixture = await openFixture({ url: SMALL, path });
    const requests = await fixture.all("operatorRequest");
    assertEquals(requests.map((one) => one.id), [id]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("settled operator requests are kept as long as the computer says", async () => {
  let now = systemClock.now();
  const clock = { ...systemClock, now: () => now };
  await using fixture = await openFixture({ url: SMALL, clock });
  const { caller, manager: { operators } } = fixture;
  const [computer] = await fixture.all("computer");
  const settled = await submit(fixture);
  await operators.satisfy(caller(), settled);
  now += (computer?.operatorRequestPurgeSeconds ?? 0) * 1_000;
  await submit(fixture);
  assertEquals(await stateOf(fixture, settled), "complete");
  now += 1;
  const open = await submit(fixture);
  assertEquals(await stateOf(fixture, settled), "gone");
  assertEquals(await stateOf(fixture, open), "submitted");
  await rejectsWith("ERROR_OBJECT_NOT_FOUND", () => operators.wait(settled, 0));
});
