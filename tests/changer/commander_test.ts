import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ChangerError } from "../../src/changer/mod.ts";
import { Commander } from "../../src/changer/commander.ts";
import { moveMedium, testUnitReady } from "../../src/scsi/mod.ts";
import type { ScsiResult } from "../../src/changer/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";
import { check, ended, good, ScriptedDevice } from "./scripted_device.ts";

const READ = { cdb: testUnitReady(), timeoutMs: 1_000 };
const MOVE = {
  cdb: moveMedium({ source: 1003, target: 500 }),
  timeoutMs: 1_000,
};
const ACT = "move from element 1003 to element 500";

function commander(...answers: readonly ScsiResult[]) {
  const device = ScriptedDevice.of(...answers);
  return { device, commander: new Commander(device, new SkippingClock()) };
}

async function failedMove(answer: ScsiResult): Promise<ChangerError> {
  const { commander: sends, device } = commander(answer);
  const error = await assertRejects(() => sends.act(ACT, MOVE), ChangerError);
  assertEquals(device.commands.length, 1, "a move was sent again");
  return error;
}

Deno.test("reading goes on past unit attentions and counts those about content", async () => {
  const { commander: sends, device } = commander(
    check(6, 0x29, 0x00),
    check(6, 0x28, 0x01),
    check(6, 0x2a, 0x01),
    check(6, 0x3b, 0x12),
    check(6, 0x2a, 0x10), // timestamp changed
    good(),
  );
  await sends.read("read", READ);
  assertEquals(device.commands.length, 6);
  assertEquals(sends.attentions, 4);
});

Deno.test("reading waits while the device is busy or becoming ready", async () => {
  const { commander: sends, device } = commander(
    ended(0x08),
    ended(0x28),
    check(2, 0x04, 0x01),
    good(),
  );
  await sends.read("read", READ);
  assertEquals(device.commands.length, 4);
});

Deno.test("reading does not wait for ever", async () => {
  const device = new ScriptedDevice(() => check(2, 0x04, 0x01));
  const sends = new Commander(device, new SkippingClock());
  const error = await assertRejects(
    () => sends.read("read element 3", READ),
    ChangerError,
    "Cannot read element 3: not ready, 04/01: becoming ready",
  );
  assertEquals([error.outcome, error.advice], ["failed", "wait"]);
  const attention = new ScriptedDevice(() => check(6, 0x29, 0x00));
  await assertRejects(
    () => new Commander(attention, new SkippingClock()).read("read", READ),
    ChangerError,
  );
});

Deno.test("a recovered error is a success", async () => {
  const { commander: sends } = commander(check(1, 0x5d, 0x00));
  await sends.act(ACT, MOVE);
});

Deno.test("a move that the device did not take is sent again", async () => {
  const { commander: sends, device } = commander(
    ended(0x08),
    ended(0x28),
    good(),
  );
  await sends.act(ACT, MOVE);
  assertEquals(device.commands.length, 3);
});

Deno.test("a refused move is told with element addresses and decoded sense", async () => {
  const error = await failedMove(check(5, 0x3b, 0x0e));
  assertEquals(
    error.message,
    "Cannot move from element 1003 to element 500: illegal request, 3B/0E: source element empty",
  );
  assertEquals(error.sense, { key: 5, asc: 0x3b, ascq: 0x0e });
});

for (
  const [what, answer, outcome, advice] of [
    ["an empty source", check(5, 0x3b, 0x0e), "failed", "programming"],
    ["a full target", check(5, 0x3b, 0x0d), "failed", "programming"],
    ["a locked drive", check(5, 0x53, 0x02), "failed", "retry"],
    ["an open door", check(2, 0x04, 0x18), "failed", "operator"],
    ["a changer that is starting", check(2, 0x04, 0x01), "failed", "wait"],
    ["a unit attention", check(6, 0x28, 0x00), "failed", "retry"],
    ["a reset", check(6, 0x29, 0x00), "unknown", "retry"],
    ["a failed load", check(2, 0x53, 0x00), "unknown", "hardware"],
    ["a positioning error", check(4, 0x15, 0x01), "unknown", "hardware"],
    ["a medium error", check(3, 0x53, 0x00), "unknown", "media"],
    ["an aborted command", check(0xb, 0x08, 0x01), "unknown", "retry"],
    ["sense data that says nothing", check(0, 0, 0), "unknown", "retry"],
    [
      "an error of an earlier command",
      check(5, 0x3b, 0x0d, { deferred: true }),
      "unknown",
      "programming",
    ],
    ["a time-out", ended(0, 3), "unknown", "hardware"],
    ["a lost connection", ended(0, 0x0e), "unknown", "hardware"],
    ["a vanished device", ended(0, 1), "unknown", "hardware"],
    ["an aborted task", ended(0x40), "unknown", "hardware"],
    ["a reservation", ended(0x18), "failed", "operator"],
  ] as const
) {
  Deno.test(`a move that ends with ${what} is ${outcome}, and the advice is ${advice}`, async () => {
    const error = await failedMove(answer);
    assertEquals([error.outcome, error.advice], [outcome, advice]);
  });
}

Deno.test("sense data that cannot be decoded leaves a move open", async () => {
  const error = await failedMove({
    ...check(5, 0, 0),
    sense: Uint8Array.of(0x7f, 0),
  });
  assertEquals(error.outcome, "unknown");
  assertStringIncludes(error.message, "response code 7F");
});

Deno.test("nothing about a failed reading is open", async () => {
  for (const answer of [ended(0, 3), check(4, 0x15, 0x01), ended(0x40)]) {
    const { commander: sends } = commander(answer);
    const error = await assertRejects(
      () => sends.read("read", READ),
      ChangerError,
    );
    assertEquals(error.outcome, "failed");
  }
});
