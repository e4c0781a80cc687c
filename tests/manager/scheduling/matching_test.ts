import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { matchAll } from "../../../src/manager/scheduling/matching.ts";

/** Whether each list can have a thing of its own, by trying all. */
function canAll(lists: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = lists;
  if (first === undefined) return true;
  return first.some((thing) =>
    canAll(rest.map((list) => list.filter((other) => other !== thing)))
  );
}

Deno.test("matchAll() gives each the best that leaves something for the others", () => {
  const of = (lists: string[][]) =>
    matchAll(lists.length, (index) => lists[index] ?? []);
  assertEquals(of([["a", "b"], ["b", "a"]]), ["a", "b"]);
  assertEquals(of([["a", "b"], ["a"]]), ["b", "a"]);
  assertEquals(of([["a", "b"], ["b", "c"], ["a"]]), ["b", "c", "a"]);
  assertEquals(of([["a"], ["a"]]), null);
  assertEquals(of([]), []);
});

Deno.test("matchAll() serves all whenever that can be, each with what it would take", () => {
  const things = fc.uniqueArray(fc.constantFrom<string[]>("a", "b", "c", "d"));
  fc.assert(fc.property(fc.array(things, { maxLength: 4 }), (lists) => {
    const given = matchAll(lists.length, (index) => lists[index] ?? []);
    assertEquals(given !== null, canAll(lists));
    if (given === null) return;
    assertEquals(new Set(given).size, lists.length);
    assert(given.every((thing, index) => lists[index]?.includes(thing)));
  }));
});
