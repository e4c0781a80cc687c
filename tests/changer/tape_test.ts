/** The start of a tape: what is sent to a drive, and what is made of its answers. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { ChangerError, type ScsiDevice } from "../../src/changer/mod.ts";
import { ScsiTape } from "../../src/changer/scsi_tape.ts";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { check, good, ScriptedDevice } from "./scripted_device.ts";

const PLAN = { records: 3, fileMarks: 1, recordBytes: 200_000 };
const FILE_MARK = check(0, 0, 1, { filemark: true });
const END = check(8, 0, 5);

function tapeOf(device: ScsiDevice): ScsiTape {
  return new ScsiTape({
    name: "drive 0",
    open: () => Promise.resolve(device),
    clock: systemClock,
  });
}

const bytes = (...values: number[]) => Uint8Array.from(values);

Deno.test("readStart() rewinds, reads records and file marks up to the end of the data, and rewinds", async () => {
  const device = ScriptedDevice.of(
    good(),
    good(bytes(1, 2)),
    FILE_MARK,
    good(bytes(3)),
    END,
  );
  assertEquals(await tapeOf(device).readStart(PLAN), [
    { kind: "record", bytes: bytes(1, 2) },
    { kind: "fileMark" },
    { kind: "record", bytes: bytes(3) },
    { kind: "endOfData" },
  ]);
  assertEquals(device.operations, [1, 8, 8, 8, 8, 1]);
  assert(device.closed);
});

Deno.test("readStart() stops at one file mark more than planned", async () => {
  const device = ScriptedDevice.of(good(), FILE_MARK, FILE_MARK, good());
  const blocks = await tapeOf(device).readStart(PLAN);
  assertEquals(blocks, [{ kind: "fileMark" }, { kind: "fileMark" }]);
});

Deno.test("readStart() gives what was read before a read error, and fails where that is nothing", async () => {
  const BAD = check(3, 0x11, 0);
  const half = ScriptedDevice.of(good(), good(bytes(7)), BAD);
  assertEquals(await tapeOf(half).readStart(PLAN), [
    { kind: "record", bytes: bytes(7) },
  ]);
  const whole = ScriptedDevice.of(good(), BAD);
  const error = await assertRejects(
    () => tapeOf(whole).readStart(PLAN),
    ChangerError,
    "Cannot read the label in drive 0",
  );
  assertEquals(error.sense?.key, 3);
  assertEquals(whole.operations.at(-1), 1, "it is left at its start");
});

Deno.test("readStart() asks for shorter blocks where a drive refuses long ones, and remembers", async () => {
  const device = new ScriptedDevice(({ dataIn = 0 }) =>
    dataIn > 100_000 ? check(5, 0x24, 0) : good(new Uint8Array(dataIn))
  );
  const tape = tapeOf(device);
  const plan = { ...PLAN, records: 1 };
  const [block] = await tape.readStart(plan);
  assert(block?.kind === "record" && block.bytes.length === 100_000);
  await tape.readStart(plan);
  assertEquals(device.operations, [1, 8, 8, 1, 1, 8, 1]);
});

Deno.test("readStart() takes a block of another length for what it is", async () => {
  const device = ScriptedDevice.of(
    good(),
    {
      ...check(0, 0, 0, { incorrectLength: true }),
      data: bytes(9, 9),
    },
    END,
  );
  assertEquals(await tapeOf(device).readStart(PLAN), [
    { kind: "record", bytes: bytes(9, 9) },
    { kind: "endOfData" },
  ]);
});

Deno.test("writeStart() writes a record and a file mark at the start, once", async () => {
  const device = ScriptedDevice.of();
  await tapeOf(device).writeStart(bytes(1, 2, 3));
  assertEquals(device.operations, [1, 0x0a, 0x10, 1]);
  const [, write, marks] = device.commands;
  assertEquals(write?.dataOut, bytes(1, 2, 3));
  assertEquals([...write?.cdb ?? []], [0x0a, 0, 0, 0, 3, 0]);
  assertEquals([...marks?.cdb ?? []], [0x10, 0, 0, 0, 1, 0]);

  const failing = ScriptedDevice.of(good(), check(3, 0x0c, 0));
  await assertRejects(() => tapeOf(failing).writeStart(bytes(1)), ChangerError);
  assertEquals(failing.operations, [1, 0x0a]);
});

const MODEL = "virtual:tapes?slots=4&drives=1&cartridges=2";

Deno.test("a virtual drive has the bytes of its medium's file, and a write-protected one keeps them", async () => {
  await using library = await VirtualLibrary.open(MODEL, {
    clock: systemClock,
  });
  const changer = await library.openChanger();
  const [drive] = await changer.drives();
  assert(drive?.tape);
  const { tape } = drive;
  await assertRejects(() => tape.readStart(PLAN), ChangerError, "not present");
  await changer.move({ source: 1000, target: 500 });
  await drive.waitReady(10_000);
  assertEquals(await tape.readStart(PLAN), [{ kind: "endOfData" }]);
  await Deno.writeFile(drive.device, new Uint8Array(300_000).fill(1));
  assertEquals(
    (await tape.readStart(PLAN)).map((block) =>
      block.kind === "record" ? block.bytes.length : block.kind
    ),
    [200_000, 100_000, "endOfData"],
  );
  await tape.writeStart(bytes(5, 6));
  assertEquals(await Deno.readFile(drive.device), bytes(5, 6));
  await Deno.chmod(await Deno.realPath(drive.device), 0o444);
  const error = await assertRejects(
    () => tape.writeStart(bytes(1)),
    ChangerError,
  );
  assertEquals(error.sense, { key: 7, asc: 0x27, ascq: 0 });
  assertEquals(await Deno.readFile(drive.device), bytes(5, 6));
  await changer.close();
});

Deno.test("a virtual library without files has media with nothing to read", async () => {
  await using library = await VirtualLibrary.open(`${MODEL}&files=no`, {
    clock: systemClock,
  });
  const changer = await library.openChanger();
  const [drive] = await changer.drives();
  assertEquals(drive?.tape, null);
  await changer.close();
});
