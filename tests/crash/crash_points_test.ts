import { print } from "../../tools/command.ts";
import { assertEquals, assertThrows } from "@std/assert";
import { allCrashPoints } from "../../src/manager/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { crashBy, parseCrashPlans } from "../../src/service/crash_at.ts";
import { crashAtEach } from "./runs.ts";

Deno.test("a service ended once at each of its crash points keeps I1 to I10 and all that it acknowledged", async () => {
  const points = allCrashPoints();
  // Two chains of days side by side, each with half of the points.
  const accounts = await Promise.all(
    [0, 1].map((half) =>
      crashAtEach(points.filter((_, index) => index % 2 === half))
    ),
  );
  const kills = accounts.flatMap((account) => account.kills);
  assertEquals(kills.toSorted(), points.toSorted());
  const sum = (of: "checks" | "acknowledged") =>
    accounts.reduce((all, account) => all + account[of], 0);
  print(
    `${points.length} crash points, ${kills.length} kills, ${
      sum("checks")
    } checks, ${sum("acknowledged")} acknowledged calls, 0 broken`,
  );
});

Deno.test("a crash plan is a number, a point, or a point and a number", () => {
  assertEquals(parseCrashPlans("17"), [{ point: null, time: 17 }]);
  assertEquals(parseCrashPlans("call.move.before,commit.mount.after:2"), [
    { point: "call.move.before", time: 1 },
    { point: "commit.mount.after", time: 2 },
  ]);
  const wrong = ["", "0", "call.move", "call.move.before:", "1,", "-1", "a b"];
  for (const text of wrong) {
    assertThrows(() => parseCrashPlans(text), NtmsError, "RSM_CRASH_AT");
  }
});

Deno.test("of several crash plans the one that is reached first counts", () => {
  const ends: [string, number][] = [];
  const crash = crashBy(
    parseCrashPlans("call.move.before:2,call.unload.after"),
    (point, passed) => ends.push([point, passed]),
  );
  crash("call.move.before");
  crash("commit.mount.before");
  assertEquals(ends, []);
  crash("call.move.before");
  assertEquals(ends, [["call.move.before", 3]]);
});
