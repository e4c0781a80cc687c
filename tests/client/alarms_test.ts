import { assertEquals } from "@std/assert";
import { setAlarm } from "../../src/client/alarms.ts";

/** Resolves when the alarm rings; an alarm alone keeps no process alive. */
function rung(delayMs: number, note: () => void): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => {}, 60_000);
    setAlarm(delayMs, () => {
      clearInterval(alive);
      note();
      resolve();
    });
  });
}

Deno.test("alarms ring in the order of their times, in whatever order they are set", async () => {
  const heard: number[] = [];
  const one = (ms: number) => rung(ms, () => heard.push(ms));
  await Promise.all([one(40), one(5), one(80), one(20)]);
  assertEquals(heard, [5, 20, 40, 80]);
});

Deno.test("an alarm that has ended does not ring, also when one that rings ends it", async () => {
  const heard: string[] = [];
  const ended = setAlarm(5, () => heard.push("ended"));
  const other = setAlarm(11, () => heard.push("other"));
  await rung(10, () => {
    // Both are due by now.
    const late = performance.now() + 5;
    while (performance.now() < late);
    other.end();
    heard.push("first");
  });
  ended.end();
  await rung(10, () => heard.push("last"));
  assertEquals(heard, ["ended", "first", "last"]);
});

Deno.test("alarms that are set, and those that have ended, keep no process alive", async () => {
  const alarms = new URL("../../src/client/alarms.ts", import.meta.url).href;
  const script = `import { setAlarm } from ${JSON.stringify(alarms)};
    setAlarm(600_000, () => {});
    setAlarm(300_000, () => {}).end();`;
  const { code, signal } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "--no-lock",
      "data:text/typescript," + encodeURIComponent(script),
    ],
    signal: AbortSignal.timeout(30_000),
    stdin: "null",
    stdout: "null",
  }).output();
  assertEquals([code, signal], [0, null]);
});
