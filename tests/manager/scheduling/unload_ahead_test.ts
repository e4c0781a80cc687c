import { assertEquals } from "@std/assert";
import {
  type DriveSituation,
  unloadAhead,
} from "../../../src/manager/scheduling/mod.ts";
import { drive, NOW, situation } from "./fixture.ts";

const MINUTE_MS = 60_000;

/** A drive with a medium that was left so many minutes ago. */
function left(
  id: string,
  minutes: number,
  more: Partial<DriveSituation> = {},
): DriveSituation {
  return drive(id, {
    cartridgeId: `in ${id}`,
    evictableFrom: NOW - minutes * MINUTE_MS,
    ...more,
  });
}

const held = drive("held", { cartridgeId: "x", holder: "somebody" });

/** Which drive is unloaded, and in how many minutes it is asked again. */
function ahead(...drives: DriveSituation[]): [string | null, number | null] {
  const { drive, nextLook } = unloadAhead(situation(drives));
  return [
    drive?.id ?? null,
    nextLook === null ? null : (nextLook - NOW) / MINUTE_MS,
  ];
}

Deno.test("of the media left in drives the one left longest is unloaded, and no other", () => {
  assertEquals(ahead(left("a", 5), left("b", 9), held), ["b", null]);
  assertEquals(ahead(left("a", 5), left("b", 9, { unloaded: true })), [
    null,
    null,
  ]);
});

Deno.test("a medium that was left just now stays for who comes back", () => {
  assertEquals(ahead(left("a", 0.5), left("b", 1)), [null, 1]);
  assertEquals(ahead(left("a", -10)), [null, 12], "a deferred one first waits");
});

Deno.test("with an empty drive that takes as much nothing is unloaded", () => {
  assertEquals(ahead(left("a", 9), drive("empty")), [null, null]);
  const other = new Set(["dlt"]);
  for (
    const useless of [
      drive("other", { mediaTypes: other, writableTypes: other }),
      drive("reads", { writableTypes: new Set() }),
      drive("off", { enabled: false }),
      drive("gone", { present: false }),
      drive("busy", { busy: true }),
    ]
  ) assertEquals(ahead(left("a", 9), useless), ["a", null], useless.id);
});

Deno.test("nothing is unloaded that somebody has, or while nobody knows what is where", () => {
  assertEquals(ahead(held, left("a", 9, { enabled: false })), [null, null]);
  const { drive } = unloadAhead(
    situation([left("a", 9)], { frozen: "an inventory" }),
  );
  assertEquals(drive, null);
});
