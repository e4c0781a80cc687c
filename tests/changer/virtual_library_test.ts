import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  type Changer,
  ChangerError,
  type Fault,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import {
  cdbSize,
  decodeSense,
  moveMedium,
  OPERATION,
  preventAllowMediumRemoval,
  SCSI_STATUS,
  testUnitReady,
} from "../../src/scsi/mod.ts";
import { FakeClock } from "../manager/fake_clock.ts";
import { SkippingClock } from "./skipping_clock.ts";
import { DRIVE, open, SLOT, SMALL, TRANSPORT } from "./small_library.ts";

async function cartridges(changer: Changer): Promise<(string | null)[]> {
  const elements = await changer.readElements();
  return elements.filter(({ full }) => full).map(({ barCode }) => barCode)
    .sort();
}

Deno.test("random moves, exchanges and unloads keep every cartridge exactly once", async () => {
  const addresses = [1, 10, 11, 500, 501, 1000, 1001, 1002, 1003, 1004, 7];
  const address = fc.constantFrom(...addresses);
  const step = fc.oneof(
    fc.record({ kind: fc.constant("move" as const), a: address, b: address }),
    fc.record({
      kind: fc.constant("exchange" as const),
      a: address,
      b: address,
      c: address,
    }),
    fc.record({
      kind: fc.constant("unload" as const),
      drive: fc.constantFrom(0, 1),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      await using library = await open();
      await using changer = await library.openChanger();
      const before = await cartridges(changer);
      const drives = await changer.drives();
      for (const taken of steps) {
        try {
          if (taken.kind === "move") {
            await changer.move({ source: taken.a, target: taken.b });
          } else if (taken.kind === "exchange") {
            await changer.exchange({
              source: taken.a,
              firstTarget: taken.b,
              secondTarget: taken.c,
            });
          } else {
            await drives[taken.drive]?.unload(1_000);
          }
        } catch (error) {
          if (!(error instanceof ChangerError)) throw error;
        }
        assertEquals(await cartridges(changer), before);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("no bytes of a command crash the library or its drives", async () => {
  await using library = await open();
  const units = [library.connect(), library.connectDrive(DRIVE)];
  for (const unit of units) {
    await unit.execute({ cdb: testUnitReady(), timeoutMs: 1 });
  }
  const operations = fc.oneof(
    fc.constantFrom(...Object.values(OPERATION)),
    fc.nat(255),
  );
  await fc.assert(
    fc.asyncProperty(
      operations,
      fc.uint8Array({ maxLength: 20 }),
      fc.nat(300),
      async (operation, rest, dataIn) => {
        for (const unit of units) {
          const cdb = Uint8Array.of(operation, ...rest);
          const result = await unit.execute({ cdb, dataIn, timeoutMs: 1 });
          assertEquals(result.hostStatus, 0);
          assert(result.data.length <= dataIn);
          if (result.status !== SCSI_STATUS.good) decodeSense(result.sense);
          if (cdb.length < cdbSize(operation)) {
            assertEquals(result.status, SCSI_STATUS.checkCondition);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("an empty command is refused", async () => {
  await using library = await open();
  const unit = library.connect();
  const result = await unit.execute({ cdb: new Uint8Array(0), timeoutMs: 1 });
  assertEquals(result.status, SCSI_STATUS.checkCondition);
});

Deno.test("the transport cannot take a cartridge that the drive holds", async () => {
  await using library = await open();
  await using changer = await library.openChanger();
  await changer.move({ source: SLOT, target: DRIVE });
  const [loaded] = await changer.readElements({ types: ["dataTransfer"] });
  assertEquals([loaded?.full, loaded?.accessible], [true, false]);
  const back = { source: DRIVE, target: SLOT };
  const error = await assertRejects(() => changer.move(back), ChangerError);
  assertEquals(error.sense, { key: 5, asc: 0x3a, ascq: 0x00 });
  const [drive] = await changer.drives();
  await drive?.unload(1_000);
  const [unloaded] = await changer.readElements({ types: ["dataTransfer"] });
  assertEquals([unloaded?.full, unloaded?.accessible], [true, true]);
  await changer.move(back);
});

Deno.test("a drive that another initiator prevents keeps its cartridge until that one is gone", async () => {
  await using library = await open();
  await using changer = await library.openChanger();
  await changer.move({ source: SLOT, target: DRIVE });
  const other = library.connectDrive(DRIVE);
  await other.execute({ cdb: testUnitReady(), timeoutMs: 1 });
  await other.execute({ cdb: testUnitReady(), timeoutMs: 1 });
  await other.execute({ cdb: preventAllowMediumRemoval(true), timeoutMs: 1 });
  const [drive] = await changer.drives();
  const error = await assertRejects(
    () => drive?.unload(1_000) ?? Promise.resolve(),
    ChangerError,
    "53/02",
  );
  assertEquals([error.outcome, error.advice], ["failed", "retry"]);
  await assertRejects(
    () => changer.move({ source: DRIVE, target: SLOT }),
    ChangerError,
    "53/03",
  );
  await other.close();
  await drive?.unload(1_000);
});

Deno.test("each fault does what its plan says", async () => {
  let next: Fault = "none";
  await using library = await open(SMALL, ({ cdb, unit }) => {
    if (unit !== "changer" || cdb[0] !== OPERATION.moveMedium) return "none";
    const fault = next;
    next = "none";
    return fault;
  });
  await using changer = await library.openChanger();
  const jam = { key: 4, asc: 0x15, ascq: 0x01 };
  const outcome = async (fault: Fault) => {
    next = fault;
    let ended = "good";
    try {
      await changer.move({ source: SLOT, target: SLOT + 4 });
    } catch (error) {
      ended = error instanceof ChangerError ? error.outcome : "?";
    }
    const full = (await changer.readElements()).filter((element) =>
      element.barCode === "LAB001L6"
    ).map(({ elementAddress }) => elementAddress);
    const [at] = full;
    assertEquals(full.length, 1);
    if (at !== undefined && at !== SLOT) {
      await changer.move({ source: at, target: SLOT });
    }
    return [ended, at];
  };
  assertEquals(await outcome("none"), ["good", SLOT + 4]);
  assertEquals(await outcome({ sense: jam }), ["unknown", SLOT]);
  assertEquals(
    await outcome({ sense: jam, effect: "done" }),
    ["unknown", SLOT + 4],
  );
  assertEquals(
    await outcome({ sense: jam, effect: "gripper" }),
    ["unknown", TRANSPORT],
  );
  assertEquals(await outcome({ status: 0x18 }), ["failed", SLOT]);
  assertEquals(await outcome({ lose: "command" }), ["unknown", SLOT]);
  assertEquals(await outcome({ lose: "answer" }), ["unknown", SLOT + 4]);
  assertEquals(await outcome({ status: SCSI_STATUS.busy }), ["good", SLOT + 4]);
});

Deno.test("a cartridge in the gripper keeps the transport from others", async () => {
  await using library = await open();
  await using changer = await library.openChanger();
  await changer.move({ source: SLOT, target: TRANSPORT });
  await assertRejects(
    () => changer.move({ source: SLOT + 1, target: SLOT + 4 }),
    ChangerError,
    "3B/0D",
  );
  await changer.move({ source: TRANSPORT, target: SLOT });
});

Deno.test("at real speed the robot, the load and the unload take their time", async () => {
  const clock = new SkippingClock();
  await using library = await VirtualLibrary.open(`${SMALL}&speed=real`, {
    clock,
  });
  await using changer = await library.openChanger();
  const timed = async (act: () => Promise<unknown> | undefined) => {
    const start = clock.monotonic();
    await act();
    return (clock.monotonic() - start) / 1_000;
  };
  const [drive] = await changer.drives();
  const move = await timed(() => changer.move({ source: SLOT, target: DRIVE }));
  assert(move > 8 && move < 20, `${move} s`);
  await assertRejects(() => drive?.waitReady(1_000) ?? fail(), ChangerError);
  const ready = await timed(() => drive?.waitReady(60_000));
  assert(ready > 5 && ready < 20, `${ready} s`);
  const unload = await timed(() => drive?.unload(60_000));
  assert(unload >= 20 && unload < 25, `${unload} s`);
});

Deno.test("a drive answers while the robot moves", async () => {
  const clock = new FakeClock();
  await using library = await VirtualLibrary.open(`${SMALL}&speed=real`, {
    clock,
  });
  const robot = library.connect();
  const drive = library.connectDrive(DRIVE);
  for (const unit of [robot, drive]) {
    await unit.execute({ cdb: testUnitReady(), timeoutMs: 1 });
  }
  let moved = false;
  const move = robot.execute({
    cdb: moveMedium({ source: SLOT, target: DRIVE }),
    timeoutMs: 1,
  }).then(() => moved = true);
  await drive.execute({ cdb: testUnitReady(), timeoutMs: 1 });
  assertEquals(moved, false);
  clock.advance(60_000);
  await move;
  assertEquals(moved, true);
});

Deno.test("the gripper of every transport is used, 0 or named", async () => {
  await using library = await open(
    "virtual:x?slots=3&cartridges=2&transports=2&files=no",
  );
  await using changer = await library.openChanger();
  await changer.move({ source: SLOT, target: TRANSPORT });
  await changer.move({ source: SLOT + 1, target: SLOT + 2 });
  await assertRejects(
    () => changer.move({ transport: 1, source: SLOT + 2, target: SLOT + 1 }),
    ChangerError,
    "3B/0D",
  );
  await changer.move({ transport: 2, source: SLOT + 2, target: SLOT + 1 });
});

Deno.test("two transports that are named move at the same time, each on its own way", async () => {
  const clock = new FakeClock();
  await using library = await VirtualLibrary.open(
    "virtual:x?slots=8&cartridges=4&drives=2&transports=2&files=no&speed=real",
    { clock },
  );
  await using changer = await library.openChanger();
  const began = clock.monotonic();
  const ended: number[] = [];
  const move = (transport: number, slot: number, drive: number) =>
    changer.move({ transport, source: SLOT + slot, target: DRIVE + drive })
      .then(() => ended.push((clock.monotonic() - began) / 1_000));
  const moves = [move(1, 0, 0), move(2, 1, 1), move(1, 2, 0)];
  moves[2]?.catch(() => {});
  for (let second = 0; second < 40; second++) {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    clock.advance(1_000);
  }
  await Promise.allSettled(moves);
  const [one = 0, other = 0] = ended;
  assertEquals(ended.length, 2, "the third finds its drive full");
  assert(one >= 8 && other >= 8 && other < 16, `${one} s and ${other} s`);
});

function fail(): Promise<never> {
  return Promise.reject(new Error("there is no drive"));
}
