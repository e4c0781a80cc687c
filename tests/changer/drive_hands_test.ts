import { assertEquals, assertRejects } from "@std/assert";
import { ChangerError, VirtualLibrary } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";

const URL = "virtual:bays?slots=4&drives=2&cartridges=2&barcodes=BAY%02dL6";
const FIRST = 500;
const SECOND = 501;
const SLOT = 1000;

Deno.test("a drive that is pulled is told of, is no drive any more, and takes its cartridge along until it is put back", async () => {
  await using library = await VirtualLibrary.open(URL, { clock: systemClock });
  await using changer = await library.openChanger();
  const serials = async () =>
    (await changer.drives()).map(({ elementAddress, identity }) => [
      elementAddress,
      identity.serialNumber,
    ]);
  await changer.move({ source: SLOT, target: FIRST });
  const [pulled] = await changer.drives();
  const before = changer.attentions;
  await library.removeDrive(FIRST);
  const bay = async (elementAddress: number) => {
    const [element] = await changer.readElements({
      types: ["dataTransfer"],
      first: elementAddress,
      count: 1,
    });
    return [element?.full, element?.accessible, element?.driveSerialNumber];
  };
  assertEquals(await bay(FIRST), [false, false, ""]);
  assertEquals(changer.attentions, before + 1);
  assertEquals(await serials(), [[SECOND, "VL-bays-D1"]]);
  await assertRejects(
    () => pulled?.unload(0) ?? Promise.resolve(),
    ChangerError,
  );
  await assertRejects(
    () => changer.move({ source: SLOT + 1, target: FIRST }),
    ChangerError,
    "drive removed",
  );
  await assertRejects(() => library.removeDrive(FIRST), RangeError);
  await assertRejects(
    () => library.insertDrive(SECOND, null),
    RangeError,
  );
  // Another drive in the bay, and the first one where the second was.
  await library.insertDrive(FIRST, "NEW1");
  assertEquals(await bay(FIRST), [false, true, "NEW1"]);
  await assertRejects(
    () => pulled?.unload(0) ?? Promise.resolve(),
    ChangerError,
  );
  await library.removeDrive(SECOND);
  await library.insertDrive(SECOND, "VL-bays-D0");
  assertEquals(await bay(SECOND), [true, false, "VL-bays-D0"]);
  assertEquals(await serials(), [[FIRST, "NEW1"], [SECOND, "VL-bays-D0"]]);
  await assertRejects(() => library.insertDrive(FIRST, null), RangeError);
});

Deno.test("which drive is in which bay, and what those outside hold, is kept", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_bays_" });
  const url = `${URL}&dir=${directory}`;
  try {
    {
      await using library = await VirtualLibrary.open(url, {
        clock: systemClock,
      });
      await using changer = await library.openChanger();
      await changer.move({ source: SLOT, target: FIRST });
      await library.removeDrive(FIRST);
      await library.insertDrive(FIRST, "NEW1");
    }
    await using library = await VirtualLibrary.open(url, {
      clock: systemClock,
    });
    await using changer = await library.openChanger();
    await library.removeDrive(SECOND);
    await library.insertDrive(SECOND, "VL-bays-D0");
    const elements = await changer.readElements({ types: ["dataTransfer"] });
    assertEquals(
      elements.map(({ barCode, driveSerialNumber }) => [
        driveSerialNumber,
        barCode,
      ]),
      [["NEW1", null], ["VL-bays-D0", "BAY01L6"]],
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
