import { assertEquals } from "@std/assert";
import {
  type Care,
  type Changer,
  type Drive,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";

const MINUTES_MS = 900_000;
/** Slots 1 to 4: two data and two cleaning cartridges; one drive. */
const URL =
  "virtual:care?slots=6&drives=1&barcodes=LAB001L6,LAB002L6,CLN001L6,CLN002L6&files=no&dirty=2&cleanings=1";
const SLOT = { first: 1000, cleaner: 1002, second: 1003 } as const;
const DRIVE = 500;

interface Bench extends AsyncDisposable {
  readonly library: VirtualLibrary;
  readonly changer: Changer;
  readonly drive: Drive;
  readonly care: Care;
  /** Brings a cartridge to the drive and back. */
  visit(slot: number): Promise<void>;
}

async function bench(url = URL): Promise<Bench> {
  const library = await VirtualLibrary.open(url, {
    clock: new SkippingClock(),
  });
  const changer = await library.openChanger();
  const [drive] = await changer.drives();
  const { care } = drive ?? {};
  if (drive === undefined || care === undefined || care === null) {
    throw new Error("no drive that can be asked");
  }
  return {
    library,
    changer,
    drive,
    care,
    async visit(slot) {
      await changer.move({ source: slot, target: DRIVE });
      await drive.unload(MINUTES_MS);
      await changer.move({ source: DRIVE, target: slot });
    },
    async [Symbol.asyncDispose]() {
      await changer.close();
      await library.close();
    },
  };
}

Deno.test("a drive asks for a cleaning after its loads, and no more once it had one", async () => {
  await using it = await bench();
  await it.visit(SLOT.first);
  assertEquals(await it.care.readAlerts(), []);
  await it.visit(SLOT.first);
  assertEquals(await it.care.readAlerts(), [20]);
  await it.changer.move({ source: SLOT.cleaner, target: DRIVE });
  const { outcome } = await it.care.untilCleaned(MINUTES_MS);
  assertEquals(outcome, "cleaned");
  await it.changer.move({ source: DRIVE, target: SLOT.cleaner });
  assertEquals(await it.care.readAlerts(), []);
});

Deno.test("a request by sense data counts as flag 20 also after the flags were read", async () => {
  await using it = await bench();
  await it.library.raiseAlert(DRIVE, 20);
  assertEquals(await it.care.readAlerts(), [20]);
  assertEquals(await it.care.readAlerts(), [20]);
});

Deno.test("reading the flags takes them down", async () => {
  await using it = await bench();
  await it.library.raiseAlert(DRIVE, 30);
  await it.library.raiseAlert(DRIVE, 3);
  assertEquals(await it.care.readAlerts(), [3, 30]);
  assertEquals(await it.care.readAlerts(), []);
});

Deno.test("a cleaning cartridge that is used up does not clean", async () => {
  await using it = await bench();
  await it.library.raiseAlert(DRIVE, 20);
  const outcomes: string[] = [];
  for (let turn = 0; turn < 2; turn++) {
    await it.changer.move({ source: SLOT.cleaner, target: DRIVE });
    const { outcome } = await it.care.untilCleaned(MINUTES_MS);
    outcomes.push(outcome);
    await it.changer.move({ source: DRIVE, target: SLOT.cleaner });
  }
  assertEquals(outcomes, ["cleaned", "expired"]);
});

Deno.test("a data cartridge cleans nothing", async () => {
  await using it = await bench();
  await it.changer.move({ source: SLOT.first, target: DRIVE });
  const { outcome } = await it.care.untilCleaned(MINUTES_MS);
  assertEquals(outcome, "invalid");
});

Deno.test("an empty drive is not taken for a cleaned one", async () => {
  await using it = await bench();
  const { outcome } = await it.care.untilCleaned(MINUTES_MS);
  assertEquals(outcome, "failed");
});

Deno.test("a cleaning takes its time, and the drive lets go only then", async () => {
  const clock = new SkippingClock();
  await using library = await VirtualLibrary.open(`${URL}&speed=real`, {
    clock,
  });
  await using changer = await library.openChanger();
  const [drive] = await changer.drives();
  await changer.move({ source: SLOT.cleaner, target: DRIVE });
  const began = clock.monotonic();
  const cleaned = await drive?.care?.untilCleaned(MINUTES_MS);
  assertEquals(cleaned?.outcome, "cleaned");
  assertEquals(Math.floor((clock.monotonic() - began) / 60_000), 2);
});

Deno.test("dirt and the uses of cleaning cartridges outlive the opening of a library", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_care_" });
  const url = `${URL.replace("&files=no", "")}&dir=${directory}`;
  try {
    {
      await using it = await bench(url);
      await it.library.raiseAlert(DRIVE, 20);
      await it.changer.move({ source: SLOT.cleaner, target: DRIVE });
      await it.care.untilCleaned(MINUTES_MS);
      await it.changer.move({ source: DRIVE, target: SLOT.cleaner });
      await it.library.raiseAlert(DRIVE, 20);
    }
    await using it = await bench(url);
    assertEquals(await it.care.readAlerts(), [20]);
    await it.changer.move({ source: SLOT.cleaner, target: DRIVE });
    const { outcome } = await it.care.untilCleaned(MINUTES_MS);
    assertEquals(outcome, "expired");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
