import { assertEquals, assertRejects } from "@std/assert";
import {
  openChanger,
  type ScsiDevice,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import {
  decodeInquiry,
  decodeSense,
  inquiry,
  loadUnload,
  logSense,
  preventAllowMediumRemoval,
  startStopUnit,
  testUnitReady,
} from "../../src/scsi/mod.ts";

const clock = systemClock;
const SLOT = 1000;
const DRIVE = 500;
const EJECT = startStopUnit({ start: false, loadEject: true });
const LOAD = startStopUnit({ start: true, loadEject: true });
const STOP = startStopUnit({ start: false });
const START = startStopUnit({ start: true });

/** Sends a command, past what the drive has to tell first; "ok" or key/asc/ascq. */
async function send(device: ScsiDevice, cdb: Uint8Array): Promise<string> {
  for (;;) {
    const { sense, status } = await device.execute({ cdb, timeoutMs: 1_000 });
    if (status === 0) return "ok";
    const { asc, ascq, key } = decodeSense(sense);
    if (key === 6) continue;
    return [key, asc, ascq].map((value) => value.toString(16)).join("/");
  }
}

Deno.test("a drive of an optical library takes in, stops, starts and ejects by START STOP UNIT", async () => {
  await using library = await VirtualLibrary.open(
    "virtual:jukebox?media=mo&files=no&slots=2&drives=1",
    { clock },
  );
  await using changer = await library.openChanger();
  const drive = library.connectDrive(DRIVE);
  assertEquals(await send(drive, LOAD), "2/3a/0");
  await changer.move({ source: SLOT, target: DRIVE });
  assertEquals(await send(drive, testUnitReady()), "ok");
  // What would unload a tape only stops a disk.
  assertEquals(await send(drive, loadUnload({ load: false })), "ok");
  assertEquals(await send(drive, testUnitReady()), "2/4/2");
  assertEquals(await send(drive, START), "ok");
  assertEquals(await send(drive, testUnitReady()), "ok");
  assertEquals(await send(drive, preventAllowMediumRemoval(true)), "ok");
  assertEquals(await send(drive, EJECT), "5/53/2");
  assertEquals(await send(drive, preventAllowMediumRemoval(false)), "ok");
  assertEquals(await send(drive, STOP), "ok");
  assertEquals(await send(drive, EJECT), "ok");
  assertEquals(await send(drive, testUnitReady()), "2/3a/0");
  assertEquals(await send(drive, STOP), "2/3a/0");
  assertEquals(await send(drive, LOAD), "ok");
  assertEquals(await send(drive, testUnitReady()), "ok");
  assertEquals(await send(drive, logSense({ page: 0x2e })), "5/20/0");
  await drive.close();
});

for (
  const [media, deviceType, deviceClass] of [
    ["tape", 1, "tape"],
    ["mo", 7, "disk"],
    ["cd", 5, "cdRom"],
    ["dvd", 5, "dvd"],
    ["rdx", 0, "disk"],
  ] as const
) {
  Deno.test(`the drives of a virtual library with media=${media} are of type ${deviceType} and class ${deviceClass}`, async () => {
    await using library = await VirtualLibrary.open(
      `virtual:any?media=${media}&files=no&slots=1&drives=1`,
      { clock },
    );
    await using changer = await library.openChanger();
    const [drive] = await changer.drives();
    assertEquals(drive?.deviceClass, deviceClass);
    const device = library.connectDrive(DRIVE);
    const { data } = await device.execute({
      cdb: inquiry(),
      dataIn: 96,
      timeoutMs: 1_000,
    });
    assertEquals(decodeInquiry(data).deviceType, deviceType);
    await device.close();
  });
}

Deno.test("a virtual library keeps what its drives take", async () => {
  const dir = await Deno.makeTempDir({ prefix: "rsm_optical_test_" });
  try {
    const open = (rest: string) =>
      openChanger(`virtual:kept?dir=${dir}${rest}`, { clock });
    await (await open("&media=dvd&slots=2&drives=1")).close();
    {
      await using changer = await open("");
      const [drive] = await changer.drives();
      assertEquals(drive?.deviceClass, "dvd");
    }
    const error = await assertRejects(
      () => open("&media=mo"),
      NtmsError,
      "take dvd, not mo",
    );
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
