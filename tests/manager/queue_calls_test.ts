import { assert, assertEquals } from "@std/assert";
import { type Changer, openChanger } from "../../src/changer/mod.ts";
import { INFINITE, NtmsError, ORDER_LAST } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { FakeClock } from "./fake_clock.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import { MESSAGE, rejectsWith } from "./operator_fixture.ts";

const URL =
  "virtual:queue?files=no&slots=6&cartridges=4&drives=1&barcodes=Q%03dL6";

/** Holds up the moves of a changer. */
class Gate {
  readonly moves: [source: number, target: number][] = [];
  #open: PromiseWithResolvers<void> | null = null;

  close(): void {
    this.#open = Promise.withResolvers<void>();
  }

  open(): void {
    this.#open?.resolve();
    this.#open = null;
  }

  async changer(device: string): Promise<Changer> {
    const changer = await openChanger(device, { clock: systemClock });
    const move = changer.move.bind(changer);
    changer.move = async (step) => {
      this.moves.push([step.source, step.target]);
      await this.#open?.promise;
      return await move(step);
    };
    return changer;
  }
}

interface Gated extends Fixture {
  readonly gate: Gate;
}

async function open(): Promise<Gated> {
  const gate = new Gate();
  const fixture = await openFixture({
    url: URL,
    open: (device) => gate.changer(device),
  });
  return Object.assign(fixture, { gate });
}

/** Resolves when something holds. */
async function until(condition: () => boolean | Promise<boolean>) {
  for (let n = 0; n < 5_000; n++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error("it did not happen");
}

async function request(fixture: Fixture, name: string) {
  const found = (await fixture.all("libraryRequest"))
    .findLast((one) => one.name === name);
  if (found === undefined) throw new Error(`no request ${name}`);
  return found;
}

async function stateOf(fixture: Fixture, name: string): Promise<string> {
  const found = (await fixture.all("libraryRequest"))
    .findLast((one) => one.name === name);
  return found?.state ?? "none";
}

/** A mount call, and what came of it. */
function mounting(fixture: Fixture, medium: string, priority = 0) {
  const outcome = fixture.manager
    .mount(fixture.caller(), { ...mountOf(medium), priority })
    .then(() => "mounted", (error) => {
      if (error instanceof NtmsError) return error.code;
      throw error;
    });
  return outcome;
}

async function media(fixture: Fixture, count: number): Promise<string[]> {
  const pool = await fixture.pool();
  const all: string[] = [];
  for (let n = 0; n < count; n++) all.push(await fixture.allocate(pool));
  return all;
}

Deno.test("a mount that waits is cancelled at once, and its call is told", async () => {
  await using fixture = await open();
  const { manager } = fixture;
  const [a = "", b = ""] = await media(fixture, 2);
  assertEquals(await mounting(fixture, a), "mounted");
  const waiting = mounting(fixture, b);
  await until(async () => await stateOf(fixture, "Mount Q002L6") === "waiting");
  const { id } = await request(fixture, "Mount Q002L6");
  await manager.queue.cancel(fixture.caller(), id);
  assertEquals(await waiting, "ERROR_CANCELLED");
  assertEquals(await stateOf(fixture, "Mount Q002L6"), "cancelled");
  assertEquals(await stateOf(fixture, "Cancel mount"), "none");
  await rejectsWith(
    "ERROR_OBJECT_NOT_FOUND",
    () => manager.queue.cancel(fixture.caller(), id),
  );
});

Deno.test("a mount in mid-move ends after the step, and its cartridge goes home", async () => {
  await using fixture = await open();
  const { gate, manager } = fixture;
  const [a = ""] = await media(fixture, 1);
  gate.close();
  const running = mounting(fixture, a);
  await until(() => gate.moves.length === 1);
  const { id } = await request(fixture, "Mount Q001L6");
  await manager.queue.cancel(fixture.caller(), id);
  const remove = await request(fixture, "Cancel mount");
  assertEquals(
    [remove.operation, remove.workItem, remove.state],
    ["remove", id, "queued"],
  );
  assertEquals(await stateOf(fixture, "Mount Q001L6"), "inProcess");
  gate.open();
  assertEquals(await running, "ERROR_CANCELLED");
  await until(async () => await stateOf(fixture, "Cancel mount") === "passed");
  assertEquals(await stateOf(fixture, "Mount Q001L6"), "cancelled");
  const home = gate.moves[0]?.[0];
  await until(async () => {
    const [cartridge] = await fixture.all("cartridge");
    return cartridge?.locationType === "slot" && cartridge.state === "idle";
  });
  assertEquals(gate.moves.at(-1)?.[1], home);
});

Deno.test("what was given up in mid-move is taken over by a mount that waits for it", async () => {
  await using fixture = await open();
  const { gate, manager } = fixture;
  const [a = ""] = await media(fixture, 1);
  gate.close();
  const stop = new AbortController();
  const first = manager.mount(fixture.caller(), mountOf(a), stop.signal)
    .then(() => "mounted", (error: NtmsError) => error.code);
  await until(() => gate.moves.length === 1);
  stop.abort();
  assertEquals(await first, "ERROR_CANCELLED");
  const second = mounting(fixture, a);
  await until(async () =>
    (await fixture.all("libraryRequest"))
      .some(({ state }) => state === "waiting")
  );
  gate.open();
  assertEquals(await second, "mounted");
  assertEquals(gate.moves.length, 1, "the cartridge went to and fro");
  assertEquals(await stateOf(fixture, "Dismount Q001L6"), "none");
});

Deno.test("a dismount that the robot does is not cancelled", async () => {
  await using fixture = await open();
  const { gate, manager } = fixture;
  const [a = ""] = await media(fixture, 1);
  await mounting(fixture, a);
  gate.close();
  const { requests: [id = ""] } = await manager.dismount(fixture.caller(), {
    media: [a],
  });
  await until(() => gate.moves.length === 2);
  await rejectsWith(
    "ERROR_ACCESS_DENIED",
    () => manager.queue.cancel(fixture.caller(), id),
  );
  gate.open();
  await manager.requestsEnded([id], INFINITE);
});

Deno.test("an inventory that waits for the robot says so, and is cancelled", async () => {
  await using fixture = await open();
  const { gate, manager } = fixture;
  const [a = ""] = await media(fixture, 1);
  gate.close();
  const running = mounting(fixture, a);
  await until(() => gate.moves.length === 1);
  const { library } = await fixture.map();
  const asked = { library: library.id, method: "fast" } as const;
  const { request: id } = await manager.inventory(fixture.caller(), asked);
  await until(async () =>
    (await request(fixture, "Inventory")).message ===
      "waits for the robot to finish"
  );
  await manager.queue.cancel(fixture.caller(), id ?? "");
  assertEquals(await stateOf(fixture, "Inventory"), "cancelled");
  gate.open();
  assertEquals(await running, "mounted");
});

Deno.test("the lower order number goes first among mounts of one priority", async () => {
  await using fixture = await open();
  const { manager } = fixture;
  const [a = "", b = "", c = "", d = ""] = await media(fixture, 4);
  await mounting(fixture, a);
  const order: string[] = [];
  const ended: Promise<unknown>[] = [];
  const enter = async (medium: string, name: string, priority = 0) => {
    ended.push(
      mounting(fixture, medium, priority).then(async () => {
        order.push(name);
        await manager.dismount(fixture.caller(), { media: [medium] });
      }),
    );
    await until(async () => await stateOf(fixture, name) === "waiting");
    return (await request(fixture, name)).id;
  };
  const second = await enter(b, "Mount Q002L6");
  const third = await enter(c, "Mount Q003L6");
  await enter(d, "Mount Q004L6", 1);
  const { queue } = manager;
  assertEquals(await queue.order(second), ORDER_LAST);
  await queue.setOrder(fixture.caller(), { request: third, order: 1 });
  assertEquals(await queue.order(third), 1);
  await manager.dismount(fixture.caller(), { media: [a] });
  await Promise.all(ended);
  assertEquals(order, ["Mount Q004L6", "Mount Q003L6", "Mount Q002L6"]);
  assertEquals(await queue.order(third), 0);
});

Deno.test("only mounts that wait are ordered, and not to place 0", async () => {
  await using fixture = await open();
  const { manager } = fixture;
  const [a = "", b = ""] = await media(fixture, 2);
  await mounting(fixture, a);
  const waiting = mounting(fixture, b);
  await until(async () => await stateOf(fixture, "Mount Q002L6") === "waiting");
  const set = (id: string, order: number) => () =>
    manager.queue.setOrder(fixture.caller(), { request: id, order });
  const second = await request(fixture, "Mount Q002L6");
  await rejectsWith("ERROR_INVALID_PARAMETER", set(second.id, 0));
  for (const name of ["Inventory", "Mount Q001L6"]) {
    const { id } = await request(fixture, name);
    assertEquals(await manager.queue.order(id), 0);
    await rejectsWith("ERROR_INVALID_PARAMETER", set(id, 1));
  }
  const nobody = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
  await rejectsWith("ERROR_OBJECT_NOT_FOUND", set(nobody, 1));
  await rejectsWith(
    "ERROR_OBJECT_NOT_FOUND",
    () => manager.queue.order(nobody),
  );
  await manager.queue.cancel(fixture.caller(), second.id);
  await waiting;
});

Deno.test("finished requests are deleted, and no others", async () => {
  await using fixture = await open();
  const { manager } = fixture;
  const { operators, queue } = manager;
  const [a = "", b = ""] = await media(fixture, 2);
  await mounting(fixture, a);
  const waiting = mounting(fixture, b);
  await until(async () => await stateOf(fixture, "Mount Q002L6") === "waiting");
  const before = await fixture.all("libraryRequest");
  const requests = [
    ...before.map(({ id }) => id),
    "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  ];
  const done = await operators.submit(fixture.caller(), MESSAGE);
  const open2 = await operators.submit(fixture.caller(), MESSAGE);
  await operators.satisfy(fixture.caller(), done);
  await queue.deleteRequests(fixture.caller(), {
    type: "operatorRequest",
    requests: [done, open2, ...requests],
  });
  const left = await fixture.all("operatorRequest");
  assertEquals(left.map(({ id }) => id), [open2]);
  assertEquals((await fixture.all("libraryRequest")).length, before.length);
  await queue.deleteRequests(fixture.caller(), {
    type: "libraryRequest",
    requests,
  });
  const kept = await fixture.all("libraryRequest");
  assertEquals(kept.map(({ name }) => name), ["Mount Q002L6"]);
  await queue.cancel(fixture.caller(), kept[0]?.id ?? "");
  await waiting;
});

Deno.test("finished library requests are deleted when their time is over", async () => {
  const clock = new FakeClock();
  await using fixture = await openFixture({ url: URL, clock });
  const { manager } = fixture;
  const [computer] = await fixture.all("computer");
  const { library } = await fixture.map();
  const set = (change: Parameters<typeof manager.objects.set>[2]) =>
    manager.objects.set(fixture.caller(), computer?.id ?? "", change);
  const takeStock = async () => {
    await manager.inventory(fixture.caller(), {
      library: library.id,
      method: "fast",
      wait: true,
    });
    return (await fixture.all("libraryRequest")).length;
  };
  await set({ libraryRequestPurgeSeconds: 100 });
  // That of the start, and this one.
  assertEquals(await takeStock(), 2);
  clock.advance(101_000);
  await set({ libraryRequestFlags: 1 });
  assertEquals(await takeStock(), 3);
  await set({ libraryRequestFlags: 0 });
  // It was looked for them just now.
  clock.advance(59_999);
  assertEquals(await takeStock(), 4);
  clock.advance(1);
  const left = await takeStock();
  assert(left <= 3, `${left} are left`);
});
