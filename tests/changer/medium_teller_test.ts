/** What a drive tells of its medium: what is sent to it, and what is made of its answers. */
import { assertEquals, assertRejects } from "@std/assert";
import {
  ChangerError,
  openChanger,
  type ScsiDevice,
} from "../../src/changer/mod.ts";
import { ScsiMediumTeller } from "../../src/changer/scsi_medium_teller.ts";
import { systemClock } from "../../src/model/system.ts";
import {
  attributesOf,
  compressionPage,
  decodeModeSelect6,
  encodeAttributes,
  encodeModeSense6,
  encodeTapeBlocks,
  findModePage,
  isCompressing,
  tapeBlocksIn,
} from "../../src/scsi/mod.ts";
import { check, ended, good, ScriptedDevice } from "./scripted_device.ts";

const MODE_SELECT = 0x15;
const MODE_SENSE = 0x1a;
const READ_ATTRIBUTE = 0x8c;
const UNKNOWN_COMMAND = check(5, 0x20, 0);

const MEMORY = {
  remainingMiB: 1_000,
  maximumMiB: 2_384_186,
  loadCount: 17,
  manufacturer: "FUJIFILM",
  serialNumber: "A7K1Q3",
  mediumType: 0x80,
};

function tellerOf(device: ScsiDevice): ScsiMediumTeller {
  return new ScsiMediumTeller({
    name: "drive 0",
    open: () => Promise.resolve(device),
    clock: systemClock,
  });
}

function modes(compresses: boolean, blockLength = 0, deviceSpecific = 0x10) {
  return good(encodeModeSense6({
    mediumType: 0x01,
    deviceSpecific,
    blockDescriptors: encodeTapeBlocks({
      densityCode: 0x5a,
      blockCount: 0,
      blockLength,
    }),
    pages: [compressionPage(compresses)],
  }));
}

const memory = good(encodeAttributes(attributesOf(MEMORY)));

Deno.test("prepare() tells what modes and memory tell", async () => {
  const device = ScriptedDevice.of(
    modes(true, 0, 0x90),
    modes(true),
    memory,
  );
  assertEquals(await tellerOf(device).prepare(), {
    mediumTypeCode: 0x01,
    densityCode: 0x5a,
    writeProtected: true,
    serialNumber: "A7K1Q3",
    manufacturer: "FUJIFILM",
    kind: "worm",
    loadCount: 17,
    maximumBytes: 2_384_186 * 0x10_0000,
    remainingBytes: 1_000 * 0x10_0000,
  });
  assertEquals(device.operations, [MODE_SENSE, MODE_SENSE, READ_ATTRIBUTE]);
});

Deno.test("prepare() gives compression and density their defaults again, and keeps the length of blocks", async () => {
  const device = ScriptedDevice.of(
    modes(false, 512),
    modes(true),
    good(),
    memory,
  );
  await tellerOf(device).prepare();
  const select = device.commands.find(({ cdb }) => cdb[0] === MODE_SELECT);
  const sent = decodeModeSelect6(select?.dataOut ?? new Uint8Array(0));
  const page = findModePage(sent, 0x0f);
  assertEquals(page && isCompressing(page), true);
  assertEquals(tapeBlocksIn(sent), {
    densityCode: 0,
    blockCount: 0,
    blockLength: 512,
  });
});

Deno.test("a drive that knows nothing of this tells nothing", async () => {
  const device = new ScriptedDevice(() => UNKNOWN_COMMAND);
  const facts = await tellerOf(device).prepare();
  assertEquals(new Set(Object.values(facts)), new Set([null]));
});

Deno.test("a drive that lets nobody set its modes is used as it is", async () => {
  const device = ScriptedDevice.of(
    modes(false),
    modes(true),
    check(5, 0x26, 0x02),
    memory,
  );
  assertEquals((await tellerOf(device).prepare()).loadCount, 17);
});

Deno.test("a chip that cannot be read keeps nobody from the tape", async () => {
  const device = ScriptedDevice.of(
    modes(true),
    modes(true),
    check(3, 0x11, 0x12),
  );
  const facts = await tellerOf(device).prepare();
  assertEquals([facts.densityCode, facts.loadCount], [0x5a, null]);
});

Deno.test("a drive that does not answer has failed", async () => {
  const device = new ScriptedDevice(() => ended(0, 3));
  await assertRejects(() => tellerOf(device).prepare(), ChangerError);
});

Deno.test("a virtual drive tells density, memory and write protection of its medium, and takes its defaults again", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await using changer = await openChanger(
      `virtual:teller?dir=${directory}&slots=2&drives=1&barcodes=LAB%03dL6`,
      { clock: systemClock },
    );
    const [drive] = await changer.drives();
    await changer.move({ source: 1000, target: 500 });
    await drive?.waitReady(1_000);
    const facts = await drive?.mediumTeller?.prepare();
    assertEquals(facts, {
      mediumTypeCode: 0,
      densityCode: 0x5a,
      writeProtected: false,
      serialNumber: "VM-LAB001L6",
      manufacturer: "NTMS",
      kind: "data",
      loadCount: 1,
      maximumBytes: 2_384_186 * 0x10_0000,
      remainingBytes: 2_384_186 * 0x10_0000,
    });
    await Deno.chmod(`${directory}/media/LAB001L6`, 0o400);
    const again = await drive?.mediumTeller?.prepare();
    assertEquals(again?.writeProtected, true);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
