import { assertEquals } from "@std/assert";
import { chooseStyle, COLOURED, PLAIN } from "../../src/cli/style.ts";
import { withProgress } from "../../src/cli/progress.ts";
import { age, capacity, counted, grouped } from "../../src/cli/numbers.ts";
import { TestIo } from "./test_io.ts";

Deno.test("chooseStyle() heeds NO_COLOR, then FORCE_COLOR, then the terminal", () => {
  const rows: [boolean, Record<string, string>, typeof PLAIN][] = [
    [false, {}, PLAIN],
    [true, {}, COLOURED],
    [true, { TERM: "dumb" }, PLAIN],
    [true, { NO_COLOR: "1" }, PLAIN],
    [true, { NO_COLOR: "" }, COLOURED],
    [false, { FORCE_COLOR: "1" }, COLOURED],
    [true, { FORCE_COLOR: "0" }, PLAIN],
    [true, { NO_COLOR: "1", FORCE_COLOR: "1" }, PLAIN],
  ];
  for (const [isTerminal, variables, expected] of rows) {
    const io = new TestIo(variables);
    const chosen = chooseStyle(isTerminal, io);
    assertEquals(chosen === expected, true, JSON.stringify(variables));
  }
});

function terminal(): TestIo {
  const io = new TestIo({ TERM: "xterm" });
  io.errIsTerminal = true;
  return io;
}

Deno.test("withProgress() shows a line from the second second on, and clears it", async () => {
  const io = terminal();
  const { promise, resolve } = Promise.withResolvers<number>();
  const work = withProgress({ io }, "Mounting", promise);
  io.clock.advance(999);
  assertEquals(io.errText, "");
  io.clock.advance(1);
  assertEquals(io.errText, "\r\x1b[K| Mounting (1 s)");
  io.clock.advance(1_200);
  assertEquals(io.errText.endsWith("Mounting (2 s)"), true);
  resolve(7);
  assertEquals(await work, 7);
  assertEquals(io.errText.endsWith("\r\x1b[K"), true);
  assertEquals(io.clock.pending, 0);
});

Deno.test("withProgress() shows nothing for quick work, and nothing where there is no terminal", async () => {
  const quick = terminal();
  await withProgress({ io: quick }, "Mounting", Promise.resolve());
  assertEquals(quick.errText, "");
  const piped = new TestIo();
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = withProgress({ io: piped }, "Mounting", promise);
  piped.clock.advance(5_000);
  resolve();
  await work;
  assertEquals(piped.errText, "");
});

Deno.test("withProgress() clears its line when the work fails", async () => {
  const io = terminal();
  const { promise, reject } = Promise.withResolvers<void>();
  const work = withProgress({ io }, "Mounting", promise);
  io.clock.advance(1_000);
  reject(new Error("no"));
  await work.catch(() => {});
  assertEquals(io.errText.endsWith("\r\x1b[K"), true);
  assertEquals(io.clock.pending, 0);
});

Deno.test("grouped(), counted() and age() read as people write them", () => {
  assertEquals(grouped(999), "999");
  assertEquals(grouped(1234567), "1,234,567");
  assertEquals(counted(1, "drive"), "1 drive");
  assertEquals(counted(2, "drive"), "2 drives");
  const now = Date.UTC(2026, 0, 2);
  assertEquals(age(new Date(now - 59_999), now), "59 s");
  assertEquals(age(new Date(now - 60_000), now), "1 min");
  assertEquals(age(new Date(now - 7_200_000), now), "2 h");
  assertEquals(age(new Date(now - 90_000_000), now), "1 d");
  assertEquals(age(new Date(now + 5_000), now), "0 s");
});

Deno.test("capacity() tells bytes in the unit that makers of tapes use", () => {
  assertEquals(
    [0, 999, 1_500, 2_500_000_000_000, 18e12, 1.2e15].map(capacity),
    ["0 B", "999 B", "1.5 kB", "2.5 TB", "18 TB", "1.2 PB"],
  );
});
