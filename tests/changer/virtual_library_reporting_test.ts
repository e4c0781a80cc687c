import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { ChangerError, SENSE } from "../../src/changer/mod.ts";
import {
  decodeSense,
  decodeTapeAlert,
  logSense,
  readElementStatus,
  SCSI_STATUS,
  testUnitReady,
} from "../../src/scsi/mod.ts";
import { open, PORT, SLOT } from "./small_library.ts";

Deno.test("each initiator is told once of a power on and of an operator's hands", async () => {
  await using library = await open();
  const units = [library.connect(), library.connect()];
  const ask = async (unit: typeof units[0]): Promise<string> => {
    const result = await unit.execute({ cdb: testUnitReady(), timeoutMs: 1 });
    if (result.status === SCSI_STATUS.good) return "ready";
    const { asc, ascq } = decodeSense(result.sense);
    return `${asc.toString(16)}/${ascq}`;
  };
  for (const unit of units) assertEquals(await ask(unit), "29/1");
  await library.insert(PORT, "NEW001L6");
  await library.remove(SLOT);
  for (const unit of units) {
    assertEquals(await ask(unit), "28/1");
    assertEquals(await ask(unit), "28/0");
    assertEquals(await ask(unit), "ready");
  }
});

Deno.test("an operator's cartridge is seen in the port, and attentions grow", async () => {
  await using library = await open();
  await using changer = await library.openChanger();
  assertEquals(changer.attentions, 0);
  await library.insert(PORT, "NEW001L6");
  const [port] = await changer.readElements({ types: ["importExport"] });
  assertEquals(
    [port?.full, port?.barCode, port?.byOperator],
    [true, "NEW001L6", true],
  );
  assertEquals(changer.attentions, 1);
  await changer.move({ source: PORT, target: SLOT + 4 });
  await changer.move({ source: SLOT + 4, target: PORT });
  const [again] = await changer.readElements({ types: ["importExport"] });
  assertEquals([again?.byOperator, again?.sourceAddress], [false, SLOT + 4]);
  assertEquals(await library.remove(PORT), "NEW001L6");
});

Deno.test("a label that cannot be read is told as such", async () => {
  await using library = await open(
    "virtual:x?slots=2&barcodes=?,CLN001&files=no",
  );
  await using changer = await library.openChanger();
  const [first, second] = await changer.readElements({ types: ["storage"] });
  assertEquals([first?.full, first?.barCode], [true, null]);
  assertStringIncludes(first?.exception ?? "", "83/01: label unreadable");
  assertEquals([second?.cleaning, second?.exception], [true, null]);
  assertEquals(first?.cleaning, false);
});

Deno.test("an open port is out of reach, and its use is told when it closes", async () => {
  await using library = await open();
  await using changer = await library.openChanger();
  await changer.movePort(PORT, "open");
  const [port] = await changer.readElements({ types: ["importExport"] });
  assertEquals(port?.accessible, false);
  await assertRejects(
    () => changer.move({ source: SLOT, target: PORT }),
    ChangerError,
    "3B/11",
  );
  await changer.movePort(PORT, "close");
  await changer.readElements({ types: ["importExport"] });
  assertEquals(changer.attentions, 1);
  await changer.lockDoor(true);
  await assertRejects(
    () => changer.movePort(PORT, "open"),
    ChangerError,
    "53/02",
  );
  await changer.lockDoor(false);
  await changer.movePort(PORT, "open");
});

Deno.test("TapeAlert tells of an open port once", async () => {
  await using library = await open();
  await using changer = await library.openChanger();
  await changer.movePort(PORT, "open");
  const unit = library.connect();
  await unit.execute({ cdb: testUnitReady(), timeoutMs: 1 });
  const read = async () => {
    const cdb = logSense({ page: 0x2e });
    const { data } = await unit.execute({ cdb, dataIn: 4096, timeoutMs: 1 });
    return decodeTapeAlert(data);
  };
  assertEquals(await read(), [17]);
  assertEquals(await read(), []);
});

Deno.test("a cut element status names what it left out", async () => {
  await using library = await open();
  const unit = library.connect();
  await unit.execute({ cdb: testUnitReady(), timeoutMs: 1 });
  const ask = (allocationLength: number) =>
    unit.execute({
      cdb: readElementStatus({
        type: "storage",
        start: 0,
        count: 100,
        allocationLength,
      }),
      dataIn: 0xffff,
      timeoutMs: 1,
    });
  const whole = await ask(0xffff);
  const cut = await ask(60);
  assertEquals(cut.data.subarray(0, 16), whole.data.subarray(0, 16));
  assert(cut.data.length <= 60 && cut.data.length > 16);
});

Deno.test("60,000 slots are read in portions", async () => {
  await using library = await open(
    "virtual:x?slots=60000&cartridges=60000&barcodes=L%d&files=no",
  );
  await using changer = await library.openChanger();
  const slots = await changer.readElements({ types: ["storage"] });
  assertEquals(slots.length, 60_000);
  assertEquals(slots.at(-1)?.barCode, "L60000");
});

Deno.test("an attention from outside reaches the changer", async () => {
  await using library = await open();
  await using changer = await library.openChanger();
  library.attention(SENSE.powerOn);
  await changer.readElements({ types: ["transport"] });
  assertEquals(changer.attentions, 1);
});
