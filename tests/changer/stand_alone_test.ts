import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Changer,
  ChangerError,
  mountPointOf,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";

const DRIVE = 500;

async function atDrive(
  test: (changer: Changer, library: VirtualLibrary) => Promise<void>,
): Promise<void> {
  const clock = new SkippingClock();
  await using library = await VirtualLibrary.open(
    "virtual:desk?slots=0&files=no",
    { clock },
  );
  await using changer = await library.openChanger();
  await test(changer, library);
}

async function isFull(changer: Changer): Promise<boolean | undefined> {
  const [element] = await changer.readElements();
  return element?.full;
}

Deno.test("a drive that stands alone shows one element, and has nothing that moves", () =>
  atDrive(async (changer) => {
    const elements = await changer.readElements();
    assertEquals(
      elements.map(({ elementAddress, full, type }) => [
        type,
        elementAddress,
        full,
      ]),
      [["dataTransfer", DRIVE, false]],
    );
    assertEquals(await changer.readElements({ types: ["storage"] }), []);
    for (
      const act of [
        () => changer.move({ source: DRIVE, target: DRIVE }),
        () => changer.lockDoor(true),
        () => changer.position(DRIVE),
      ]
    ) {
      const error = await assertRejects(act, ChangerError);
      assertEquals(error.outcome, "failed");
    }
  }));

Deno.test("a cartridge that was put in is noticed by the unit attention, also where the drive was full before", () =>
  atDrive(async (changer, library) => {
    const { standAlone } = changer;
    assert(standAlone !== undefined);
    await changer.waitReady(0);
    assert(!standAlone.mayBeOther, "whoever connects is told of a reset");
    await library.insert(DRIVE, "A");
    assertEquals(await isFull(changer), true);
    assert(standAlone.mayBeOther);
    standAlone.known(standAlone.visit);
    assertEquals(await isFull(changer), true);
    assert(!standAlone.mayBeOther);
    await library.remove(DRIVE);
    await library.insert(DRIVE, "B");
    assertEquals(await isFull(changer), true);
    assert(standAlone.mayBeOther);
  }));

Deno.test("a cartridge that is gone counts as a change, though no drive tells of it", () =>
  atDrive(async (changer, library) => {
    await library.insert(DRIVE, "A");
    await changer.waitReady(0);
    const { attentions } = changer;
    await changer.waitReady(0);
    assertEquals(changer.attentions, attentions);
    await library.remove(DRIVE);
    await changer.waitReady(0);
    assertEquals(changer.attentions, attentions + 1);
  }));

Deno.test("a drive that has let go of its cartridge counts as empty", () =>
  atDrive(async (changer, library) => {
    await library.insert(DRIVE, "A");
    const [drive] = await changer.drives();
    await drive?.waitReady(1_000);
    assertEquals(await isFull(changer), true);
    await drive?.unload(1_000);
    assertEquals(await isFull(changer), false);
    assertEquals(await library.remove(DRIVE), "A", "it is in its mouth");
  }));

for (
  const [query, says] of [
    ["slots=0&drives=2", "has no transports"],
    ["slots=0&ports=1", "has no transports"],
    ["slots=0&barcodes=A", "has no transports"],
  ] as const
) {
  Deno.test(`a drive that stands alone is not described by "${query}"`, async () => {
    const error = await assertRejects(
      () =>
        VirtualLibrary.open(`virtual:x?${query}`, {
          clock: new SkippingClock(),
        }),
      NtmsError,
      says,
    );
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  });
}

Deno.test("mountPointOf() finds where a device is mounted, also behind a blank", async () => {
  const mountInfo = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(
      mountInfo,
      [
        "22 1 8:1 / / rw - ext4 /dev/zero rw",
        "36 22 11:0 / /media/My\\040Disc ro shared:1 - udf /dev/null ro",
      ].join("\n"),
    );
    const at = (device: string) => mountPointOf(device, { mountInfo });
    assertEquals(await at("/dev/null"), "/media/My Disc");
    assertEquals(await at("/dev/full"), null);
    assertEquals(await at("/dev/none"), null);
  } finally {
    await Deno.remove(mountInfo);
  }
});
