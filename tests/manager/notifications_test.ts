import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ChangeBuffer } from "../../src/manager/change_buffer.ts";
import {
  INFINITE,
  NtmsError,
  type ObjectEvent,
  type ObjectNotification,
  type ObjectType,
} from "../../src/model/mod.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const SMALL =
  "virtual:small?files=no&slots=4&drives=1&cartridges=2&barcodes=LAB%03dL6";

async function rejectsWith(code: string, call: () => Promise<unknown>) {
  const error = await assertRejects(call, NtmsError);
  assertEquals(error.code, code, error.message);
}

/** A channel of a session of the fixture. */
function open(fixture: Fixture, type: ObjectType | null, session = "s1") {
  const { manager: { notifications } } = fixture;
  const caller = fixture.caller("watcher", session);
  const channel = notifications.open(caller, type);
  const wait = (
    timeoutMs = INFINITE,
    { most = 1_000, signal, take = crypto.randomUUID() }: {
      most?: number;
      signal?: AbortSignal;
      take?: string;
    } = {},
  ): Promise<readonly ObjectNotification[]> =>
    notifications.wait(caller, { channel, take, most, timeoutMs }, signal);
  const close = (force = false) => notifications.close(caller, channel, force);
  return { wait, close };
}

const words = (changes: readonly ObjectNotification[]) =>
  changes.map(({ number, operation, type }) =>
    `${number} ${operation} ${type}`
  );

Deno.test("a channel tells what happens to objects of its type, numbered, and nothing from before", async () => {
  await using fixture = await openFixture({ url: SMALL });
  await fixture.pool("before");
  const { wait } = open(fixture, "mediaPool");
  const one = await fixture.pool("one");
  const medium = await fixture.allocate(one);
  const two = await fixture.pool("two");
  const changes = await wait();
  assertEquals(words(changes), ["1 insert mediaPool", "2 insert mediaPool"]);
  assertEquals(changes.map(({ id }) => id), [one, two]);
  await fixture.manager.deallocate(fixture.caller(), medium);
  await rejectsWith("ERROR_TIMEOUT", () => wait(0));
});

Deno.test("a channel of all types tells a whole commit in its order", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const pool = await fixture.pool();
  const { wait } = open(fixture, null);
  const medium = await fixture.allocate(pool);
  const changes = await wait();
  const types = changes.map(({ operation, type }) => `${operation} ${type}`);
  assertEquals(types.toSorted(), [
    "insert logicalMedium",
    "update cartridge",
    "update side",
  ]);
  assertEquals(changes.map(({ number }) => number), [1, 2, 3]);
  await fixture.manager.deallocate(fixture.caller(), medium);
  assertEquals(words(await wait()), [
    "4 update side",
    "5 delete logicalMedium",
  ]);
});

Deno.test("the end of work is told under the ids that the documents name, after what it changed", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  const { drives: [drive], library: { id: library } } = await fixture.map();
  const [{ id: side } = { id: "" }] = (await fixture.all("side"))
    .filter(({ logicalMedium }) => logicalMedium === medium);
  const { wait } = open(fixture, null);
  /** What is told as ended, and that nothing is told after it. */
  const ended = async (work: Promise<unknown>) => {
    await work;
    const changes = await wait(0);
    const from = changes.findIndex(({ operation }) => operation === "complete");
    const ends = changes.slice(from);
    assert(ends.every(({ operation }) => operation === "complete"));
    return ends.map(({ id, type }) => `${type} ${id}`).toSorted();
  };
  const mounted = manager.mount(fixture.caller(), mountOf(medium));
  assertEquals(
    await ended(mounted),
    (await mounted).requests.map((id) => `libraryRequest ${id}`),
  );
  assertEquals(
    await ended(
      manager.dismount(fixture.caller(), { media: [medium], wait: true }),
    ),
    [`drive ${drive?.id}`, `logicalMedium ${medium}`, `side ${side}`],
  );
  const method = "fast";
  assertEquals(
    await ended(
      manager.inventory(fixture.caller(), { library, method, wait: true }),
    ),
    [`library ${library}`],
  );
});

Deno.test("who waits hears of a change as soon as it is committed", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const channels = Array.from(
    { length: 500 },
    () => open(fixture, "mediaPool"),
  );
  const waiting = channels.map(({ wait }) => wait());
  const pool = await fixture.pool();
  for (const changes of await Promise.all(waiting)) {
    assertEquals(changes.map(({ id }) => id), [pool]);
  }
});

Deno.test("a call that is repeated gets the same changes, and another one the next", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { wait } = open(fixture, "mediaPool");
  for (const name of ["a", "b", "c"]) await fixture.pool(name);
  const take = crypto.randomUUID();
  const first = await wait(0, { take, most: 2 });
  assertEquals(first.map(({ number }) => number), [1, 2]);
  assertEquals((await wait(0)).map(({ number }) => number), [3]);
  assertEquals(await wait(0, { take }), first);
  // It leaves nobody at the channel who would take what comes next.
  await fixture.pool("d");
  assertEquals((await wait(0)).map(({ number }) => number), [4]);
});

Deno.test("a call that is repeated while it waits stands in for the first", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { wait } = open(fixture, "mediaPool");
  const take = crypto.randomUUID();
  const first = wait(INFINITE, { take });
  const again = wait(INFINITE, { take });
  await rejectsWith("ERROR_CANCELLED", () => first);
  await fixture.pool();
  assertEquals(words(await again), ["1 insert mediaPool"]);
});

Deno.test("those who wait at one channel are served in their order, each with what comes next", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { wait } = open(fixture, "mediaPool");
  const waiting = [wait(), wait(), wait()];
  for (const name of ["a", "b", "c"]) await fixture.pool(name);
  assertEquals((await Promise.all(waiting)).map(words), [
    ["1 insert mediaPool"],
    ["2 insert mediaPool"],
    ["3 insert mediaPool"],
  ]);
});

Deno.test("a wait that is given up takes nothing with it", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { wait } = open(fixture, "mediaPool");
  const stop = new AbortController();
  const waiting = wait(INFINITE, { signal: stop.signal });
  stop.abort();
  await rejectsWith("ERROR_CANCELLED", () => waiting);
  await rejectsWith("ERROR_TIMEOUT", () => wait(10));
  await fixture.pool();
  assertEquals(words(await wait(0)), ["1 insert mediaPool"]);
});

Deno.test("a channel that is more changes behind than the limit says is lost for good", async () => {
  const limits = { changesBuffered: 3 };
  await using fixture = await openFixture({ url: SMALL, limits });
  const late = open(fixture, "mediaPool");
  const slow = open(fixture, "mediaPool");
  for (const name of ["a", "b", "c"]) await fixture.pool(name);
  assertEquals((await slow.wait(0)).length, 3);
  await fixture.pool("d");
  await rejectsWith("ERROR_NO_DATA", () => late.wait(0));
  await rejectsWith("ERROR_NO_DATA", () => late.wait());
  assertEquals(words(await slow.wait(0)), ["4 insert mediaPool"]);
  late.close();
});

Deno.test("changes of other types do not count against a channel", async () => {
  const limits = { changesBuffered: 3 };
  await using fixture = await openFixture({ url: SMALL, limits });
  const { wait } = open(fixture, "mediaPool");
  const other = open(fixture, "operatorRequest");
  const pool = await fixture.pool();
  for (let n = 0; n < 5; n++) {
    await fixture.manager.operators.submit(fixture.caller(), {
      command: "message",
      message: "Hello",
      argument1: null,
      argument2: null,
    });
  }
  assertEquals((await wait(0)).map(({ id }) => id), [pool]);
  await rejectsWith("ERROR_NO_DATA", () => other.wait(0));
});

Deno.test("a channel is not closed under those who wait at it, unless they are to be told", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { close, wait } = open(fixture, "mediaPool");
  const waiting = wait();
  const error = assertThrows(() => close(), NtmsError);
  assertEquals(error.code, "ERROR_BUSY");
  close(true);
  await rejectsWith("ERROR_CANCELLED", () => waiting);
  await rejectsWith("ERROR_INVALID_HANDLE", () => wait(0));
  assertEquals(
    assertThrows(() => close(), NtmsError).code,
    "ERROR_INVALID_HANDLE",
  );
});

Deno.test("channels are their session's, and end with it", async () => {
  await using fixture = await openFixture({ url: SMALL });
  const { notifications } = fixture.manager;
  const mine = notifications.open(fixture.caller("a", "mine"), "drive");
  const theirs = fixture.caller("a", "theirs");
  const error = assertThrows(
    () => notifications.close(theirs, mine, true),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_INVALID_HANDLE");
  const { wait } = open(fixture, "drive", "mine");
  const waiting = wait();
  fixture.manager.sessionEnded("mine", true);
  await rejectsWith("ERROR_CANCELLED", () => waiting);
  await rejectsWith("ERROR_INVALID_HANDLE", () => wait(0));
});

Deno.test("no more channels are opened than the limit says, nor in one session", async () => {
  const limits = { channels: 3, channelsInOneSession: 2 };
  await using fixture = await openFixture({ url: SMALL, limits });
  const refused = (session: string) =>
    assertEquals(
      assertThrows(() => open(fixture, "drive", session), NtmsError).code,
      "ERROR_NOT_ENOUGH_MEMORY",
    );
  const { close } = open(fixture, "drive", "one");
  open(fixture, "drive", "one");
  refused("one");
  open(fixture, "drive", "two");
  refused("two");
  close();
  open(fixture, "drive", "two");
});

Deno.test("what a program reads of its channel is what became of the objects, whatever was done at once", async () => {
  await using fixture = await openFixture({
    url: SMALL.replace("cartridges=2", "cartridges=4"),
  });
  const { wait } = open(fixture, "logicalMedium");
  const pool = await fixture.pool();
  const known = new Set<string>();
  let last = 0;
  const follow = (changes: readonly ObjectNotification[]) => {
    for (const { id, number, operation } of changes) {
      assertEquals(number, ++last);
      if (operation === "insert") assert(!known.has(id) && known.add(id));
      if (operation === "delete") assert(known.delete(id));
    }
  };
  const program = async () => {
    for (let n = 0; n < 10; n++) {
      const medium = await fixture.allocate(pool);
      await fixture.manager.deallocate(fixture.caller(), medium);
    }
    return await fixture.allocate(pool);
  };
  const media = await Promise.all([program(), program(), program()]);
  while (last < 63) follow(await wait(0, { most: 7 }));
  await rejectsWith("ERROR_TIMEOUT", () => wait(0));
  assertEquals([...known].sort(), media.sort());
});

Deno.test("a buffer gives what was put in, from any number that it still holds", () => {
  const event = (id: number): ObjectEvent => ({
    id: `${id}`,
    operation: "insert",
    type: "slot",
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.nat(30),
      fc.nat(30),
      fc.integer({ min: 1, max: 9 }),
      (size, count, from, most) => {
        const buffer = new ChangeBuffer(size);
        const all = Array.from({ length: count }, (_, at) => event(at));
        for (const each of all) buffer.append(each);
        assertEquals(buffer.next, count);
        const expected = from < count - size
          ? null
          : all.slice(from, from + most);
        assertEquals(buffer.from(from, most), expected);
      },
    ),
  );
});
