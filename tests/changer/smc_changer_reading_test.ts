import { assert, assertEquals, assertRejects } from "@std/assert";
import { ChangerError } from "../../src/changer/mod.ts";
import { encodeElementStatus } from "../../src/scsi/mod.ts";
import { check, good } from "./scripted_device.ts";
import {
  changerThat,
  elementsFor,
  reads,
  REFUSED,
} from "./answering_changer.ts";

Deno.test("at most 1,000 elements are asked for at a time, and none is missed", async () => {
  const { changer, commands } = await changerThat();
  const slots = await changer.readElements({ types: ["storage"] });
  assertEquals(slots.length, 2500);
  assertEquals(slots.at(-1)?.barCode, "V2599");
  const asked = reads(commands());
  assert(asked.every(({ count }) => count <= 1_000));
  assert(asked.every(({ allocationLength }) => allocationLength <= 0xffff));
});

Deno.test("volume tags and device identifiers are never asked for together", async () => {
  const { changer, commands } = await changerThat();
  const drives = await changer.readElements({ types: ["dataTransfer"] });
  assertEquals(drives.map(({ driveSerialNumber }) => driveSerialNumber), [
    "S20",
    "S21",
  ]);
  const asked = reads(commands());
  assertEquals(
    asked.map(({ deviceIds, volumeTags }) => [deviceIds, volumeTags]),
    [[true, false], [false, true]],
  );
});

Deno.test("a changer that refuses volume tags is read without them, and asked once", async () => {
  const { changer, commands } = await changerThat((command) =>
    command.command === "readElementStatus" && command.volumeTags
      ? REFUSED
      : null
  );
  const range = { first: 100, count: 3 };
  for (let time = 0; time < 2; time++) {
    const slots = await changer.readElements(range);
    assertEquals(slots.map(({ barCode, full }) => [barCode, full]), [
      [null, true],
      [null, true],
      [null, true],
    ]);
  }
  assertEquals(changer.abilities.barCodeReader, false);
  assertEquals(
    reads(commands()).map(({ volumeTags }) => volumeTags),
    [true, false, false],
  );
});

Deno.test("a failure of the device is not taken for a refusal of volume tags", async () => {
  const { changer } = await changerThat((command) =>
    command.command === "readElementStatus" ? check(4, 0x44, 0x00) : null
  );
  await assertRejects(
    () => changer.readElements({ first: 100, count: 1 }),
    ChangerError,
    "44/00",
  );
  assertEquals(changer.abilities.barCodeReader, true);
});

Deno.test("a changer that refuses device identifiers is asked once", async () => {
  const { changer, commands } = await changerThat((command) =>
    command.command === "readElementStatus" && command.deviceIds
      ? REFUSED
      : null
  );
  assertEquals(changer.abilities.driveIdentifiers, true);
  for (let time = 0; time < 2; time++) {
    const drives = await changer.readElements({ types: ["dataTransfer"] });
    assertEquals(drives.length, 2);
    assertEquals(drives[0]?.driveSerialNumber, "");
  }
  assertEquals(changer.abilities.driveIdentifiers, false);
  assertEquals(reads(commands()).filter((read) => read.deviceIds).length, 1);
});

Deno.test("a changer that takes only exact allocation lengths is asked for its size first", async () => {
  const { changer, commands } = await changerThat((command) => {
    if (command.command !== "readElementStatus") return null;
    const size = command.allocationLength;
    const exact = elementsFor({ ...command, allocationLength: 0xffffff });
    return size === 8 || size === exact.length ? null : check(5, 0x24, 0x00, {
      fieldPointer: { inCdb: true, byte: 7, bit: null },
    });
  });
  const slots = await changer.readElements({ first: 100, count: 5 });
  assertEquals(slots.length, 5);
  await changer.readElements({ first: 100, count: 5 });
  // Once refused: size, then all. From then on no other way is tried.
  const sizes = reads(commands()).map((read) => read.allocationLength);
  assertEquals(sizes.length, 5);
  assertEquals([sizes[1], sizes[3]], [8, 8]);
});

Deno.test("addresses without elements behind them end the reading", async () => {
  for (
    const ending of [
      good(encodeElementStatus([])),
      REFUSED,
      check(5, 0x21, 0x01),
    ]
  ) {
    const { changer } = await changerThat((command) => {
      if (command.command !== "readElementStatus") return null;
      if (command.type !== "storage") return null;
      if (command.start >= 110) return ending;
      const count = Math.min(command.count, 110 - command.start);
      return good(elementsFor({ ...command, count }));
    });
    const slots = await changer.readElements({ types: ["storage"] });
    assertEquals(slots.map(({ elementAddress }) => elementAddress), [
      100,
      101,
      102,
      103,
      104,
      105,
      106,
      107,
      108,
      109,
    ]);
  }
});

Deno.test("elements that nobody asked for are left out", async () => {
  const { changer } = await changerThat((command) =>
    command.command === "readElementStatus"
      ? good(elementsFor({ ...command, count: 50 }))
      : null
  );
  const slots = await changer.readElements({ first: 110, count: 2 });
  assertEquals(slots.map(({ barCode }) => barCode), ["V110", "V111"]);
});

Deno.test("a malformed answer is an error of the device", async () => {
  const { changer } = await changerThat((command) =>
    command.command === "readElementStatus"
      ? good(Uint8Array.of(0, 1, 0, 1, 0, 0, 0, 20, 9, 0, 0, 12, 0, 0, 0, 12))
      : null
  );
  const error = await assertRejects(
    () => changer.readElements({ first: 100, count: 1 }),
    ChangerError,
    "the answer is malformed",
  );
  assertEquals([error.outcome, error.advice], ["failed", "hardware"]);
});
