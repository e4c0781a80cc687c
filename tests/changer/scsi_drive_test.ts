import { assert, assertEquals, assertRejects } from "@std/assert";
import { ChangerError } from "../../src/changer/mod.ts";
import type { DriveClass, ScsiResult } from "../../src/changer/mod.ts";
import { ScsiDrive } from "../../src/changer/scsi_drive.ts";
import { SkippingClock } from "./skipping_clock.ts";
import { check, ended, good, ScriptedDevice } from "./scripted_device.ts";

const TUR = 0x00;
const LOAD_UNLOAD = 0x1b;
const ALLOW = 0x1e;

const READY = good();
const NO_MEDIUM = check(2, 0x3a, 0x00);
const LOADING = check(2, 0x04, 0x01);

function driveWith(device: ScriptedDevice, deviceClass?: DriveClass) {
  const clock = new SkippingClock();
  let askedAccess = 0;
  const drive = new ScsiDrive({
    elementAddress: 500,
    identity: { vendor: "A", product: "B", revision: "1", serialNumber: "S" },
    device: "/dev/nst0",
    scsi: { port: 0, bus: 0, target: 0, lun: 2 },
    open: () => Promise.resolve(device),
    accessible: () => {
      askedAccess++;
      return Promise.resolve();
    },
    clock,
    ...(deviceClass === undefined ? {} : { deviceClass }),
  });
  return { clock, device, drive, askedAccess: () => askedAccess };
}

const scripted = (...answers: readonly ScsiResult[]) =>
  driveWith(ScriptedDevice.of(...answers));

Deno.test("waitReady() goes through unit attentions and loading", async () => {
  const { device, drive } = scripted(
    check(6, 0x29, 0x00),
    check(6, 0x28, 0x00),
    LOADING,
    LOADING,
    ended(0x08),
    READY,
  );
  await drive.waitReady(60_000);
  assertEquals(device.operations, [TUR, TUR, TUR, TUR, TUR, TUR]);
  assert(device.closed);
});

for (
  const [what, answer] of [
    ["04/02, load needed", check(2, 0x04, 0x02)],
    ["3A/03, present but not loaded", check(2, 0x3a, 0x03)],
  ] as const
) {
  Deno.test(`waitReady() loads once at ${what}`, async () => {
    const { device, drive } = scripted(answer, good(), LOADING, READY);
    await drive.waitReady(60_000);
    assertEquals(device.operations, [TUR, LOAD_UNLOAD, TUR, TUR]);
    assertEquals(device.commands[1]?.cdb[4], 1);
    const again = scripted(answer, good(), answer);
    await assertRejects(() => again.drive.waitReady(60_000), ChangerError);
  });
}

Deno.test("waitReady() gives an arriving medium time to be noticed", async () => {
  const { drive } = scripted(NO_MEDIUM, NO_MEDIUM, LOADING, READY);
  await drive.waitReady(60_000);
});

Deno.test("waitReady() loads the medium that an unload has left in the mouth of the drive", async () => {
  let loaded = false;
  const { clock, device, drive } = driveWith(
    new ScriptedDevice(({ cdb }) => {
      if (cdb[0] === LOAD_UNLOAD) loaded = true;
      return loaded ? READY : NO_MEDIUM;
    }),
  );
  await drive.waitReady(60_000);
  assertEquals(device.operations.filter((it) => it === LOAD_UNLOAD).length, 1);
  assert(clock.monotonic() < 5_000);
});

Deno.test("waitReady() does not wait as long for a medium that never comes", async () => {
  const { clock, device, drive } = driveWith(
    new ScriptedDevice(() => NO_MEDIUM),
  );
  const error = await assertRejects(
    () => drive.waitReady(3_600_000),
    ChangerError,
    "Cannot use the medium in the drive at element 500 (/dev/nst0): not ready, 3A/00: medium not present",
  );
  assertEquals([error.outcome, error.advice], ["failed", "media"]);
  assert(clock.monotonic() < 60_000);
  assert(device.closed);
});

Deno.test("waitReady() fails at once with a drive or medium at fault, and at its time otherwise", async () => {
  for (const answer of [check(3, 0x30, 0x00), check(4, 0x53, 0x09)]) {
    const { clock, drive } = scripted(answer);
    await assertRejects(() => drive.waitReady(60_000), ChangerError);
    assertEquals(clock.monotonic(), 0);
  }
  const { clock, drive } = driveWith(new ScriptedDevice(() => LOADING));
  const error = await assertRejects(() => drive.waitReady(5_000), ChangerError);
  assertEquals(error.advice, "wait");
  assertEquals(clock.monotonic(), 5_000);
});

Deno.test("waitReady() ends when it is told to, and closes the drive", async () => {
  const { device, drive } = driveWith(new ScriptedDevice(() => LOADING));
  const controller = new AbortController();
  const waiting = drive.waitReady(1e9, controller.signal);
  controller.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
  assert(device.closed);
});

Deno.test("unload() lifts locks, unloads, and waits for the drive and the changer", async () => {
  const { askedAccess, device, drive } = scripted(
    READY,
    good(),
    good(),
    check(6, 0x28, 0x00),
    NO_MEDIUM,
  );
  await drive.unload(60_000);
  assertEquals(device.operations, [TUR, ALLOW, LOAD_UNLOAD, TUR, TUR]);
  assertEquals(device.commands[2]?.cdb[4], 0);
  assertEquals(askedAccess(), 1);
});

Deno.test("unload() leaves an empty drive alone", async () => {
  for (const answer of [NO_MEDIUM, check(2, 0x04, 0x02)]) {
    const { device, drive } = scripted(check(6, 0x29, 0x00), answer);
    await drive.unload(60_000);
    assertEquals(device.operations, [TUR, TUR]);
  }
});

Deno.test("unload() puts up with drives that know no locks, or say ready for ever", async () => {
  const { clock, drive } = scripted(READY, check(5, 0x20, 0x00), good());
  await drive.unload(60_000);
  assert(clock.monotonic() <= 2_000);
});

Deno.test("unload() waits for a drive that is still loading", async () => {
  const { device, drive } = scripted(
    LOADING,
    good(),
    LOADING,
    good(),
    NO_MEDIUM,
  );
  await drive.unload(60_000);
  assertEquals(device.operations, [TUR, ALLOW, LOAD_UNLOAD, LOAD_UNLOAD, TUR]);
});

Deno.test("unload() tells why a drive does not let go", async () => {
  const { drive, device } = scripted(READY, good(), check(5, 0x53, 0x02));
  const error = await assertRejects(
    () => drive.unload(60_000),
    ChangerError,
    "Cannot unload the drive at element 500",
  );
  assertEquals(error.outcome, "failed");
  assert(device.closed);
});

for (const deviceClass of ["disk", "cdRom", "dvd"] as const) {
  Deno.test(`a drive of class ${deviceClass} ejects by START STOP UNIT, also a medium that stands still`, async () => {
    const device = ScriptedDevice.of(
      check(2, 0x04, 0x02),
      good(),
      good(),
      NO_MEDIUM,
    );
    const { drive } = driveWith(device, deviceClass);
    await drive.unload(60_000);
    assertEquals(device.operations, [TUR, ALLOW, LOAD_UNLOAD, TUR]);
    assertEquals(device.commands[2]?.cdb[4], 0x02);
    assertEquals([drive.tape, drive.mediumTeller, drive.care], [
      null,
      null,
      null,
    ]);
  });

  Deno.test(`a drive of class ${deviceClass} loads and starts by START STOP UNIT`, async () => {
    const device = ScriptedDevice.of(check(2, 0x04, 0x02), good(), READY);
    const { drive } = driveWith(device, deviceClass);
    await drive.waitReady(60_000);
    assertEquals(device.operations, [TUR, LOAD_UNLOAD, TUR]);
    assertEquals(device.commands[1]?.cdb[4], 0x03);
  });
}
