import { assertEquals, assertRejects } from "@std/assert";
import { ElementRoom } from "../../src/manager/element_room.ts";
import { deferred } from "../../src/manager/waiting.ts";

/** Lets all that can go on do so. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("inventories wait while there is no room for their elements, first come first served", async () => {
  const room = new ElementRoom(100);
  const begun: string[] = [];
  const inventory = (name: string, elements: number) => {
    const end = deferred<void>();
    const done = room.hold(elements, async () => {
      begun.push(name);
      await end.promise;
    });
    return { end: () => end.resolve(), fail: end.reject, done };
  };
  const large = inventory("large", 60);
  const small = inventory("small", 40);
  const next = inventory("next", 50);
  const last = inventory("last", 1);
  await turn();
  assertEquals(begun, ["large", "small"]);
  small.fail(new Error("unplugged"));
  await assertRejects(() => small.done, Error, "unplugged");
  await turn();
  assertEquals(begun, ["large", "small"], "40 are too few for the next one");
  large.end();
  await turn();
  assertEquals(begun, ["large", "small", "next", "last"]);
  next.end();
  last.end();
  await Promise.all([large.done, next.done, last.done]);
});

Deno.test("the inventory of a library that is larger than the room is taken alone", async () => {
  const room = new ElementRoom(100);
  const end = deferred<void>();
  const begun: number[] = [];
  const first = room.hold(60_000, () => {
    begun.push(60_000);
    return end.promise;
  });
  const second = room.hold(1, () => Promise.resolve(begun.push(1)));
  await turn();
  assertEquals(begun, [60_000]);
  end.resolve();
  await Promise.all([first, second]);
  assertEquals(begun, [60_000, 1]);
});
