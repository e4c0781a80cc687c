import { assertEquals } from "@std/assert";
import { ansiLibrary, baculaLibrary } from "../../src/labels/mod.ts";
import {
  recordedLabel,
  type RecordedMedium,
} from "../recorded/labels/recorded_labels.ts";
import { ask, claimOf, rejectionOf, text } from "./ask.ts";
import { record, volumeBlock } from "./made_labels.ts";

const BAREOS = { id: "Bareos 2.0 immortal\n", version: 20, volume: "Full-7" };

Deno.test("Bacula reads the volume label of a disk volume", async () => {
  const { label, details } = await claimOf(
    recordedLabel("bacula_disk"),
    baculaLibrary,
  );
  assertEquals(label.LabelType, "Bacula");
  assertEquals(text(label.LabelID), "Night-0001");
  assertEquals(label.LabelAppDescr, "Bacula volume Night-0001, pool Nightly");
  assertEquals(details, {
    volumeName: "Night-0001",
    application: "Bacula",
    computer: "vm",
    pool: "Nightly",
    mediaType: "File1",
    written: new Date("2026-11-22T15:09:31.818Z"),
  });
});

const TAPES: readonly (readonly [RecordedMedium, string])[] = [
  ["bacula_tape", "TAPE01"],
  ["bacula_ansi", "TAPE02"],
  ["bacula_ibm", "TAPE03"],
];
for (const [medium, volume] of TAPES) {
  Deno.test(`Bacula reads the volume label of the tape ${medium}`, async () => {
    const { label, details } = await claimOf(
      recordedLabel(medium),
      baculaLibrary,
      ansiLibrary,
    );
    assertEquals([label.LabelType, text(label.LabelID)], ["Bacula", volume]);
    assertEquals([details.pool, details.mediaType], ["Default", "LTO-6"]);
  });
}

Deno.test("Bareos volumes are of a type of their own", async () => {
  const { label, details } = await claimOf(
    volumeBlock({ ...BAREOS, written: 1_795_348_800_000_000n }),
    baculaLibrary,
  );
  assertEquals([label.LabelType, text(label.LabelID)], ["Bareos", "Full-7"]);
  assertEquals(label.LabelAppDescr, "Bareos volume Full-7, pool Full");
  assertEquals(details.written, new Date("2026-11-22T12:00:00Z"));
});

Deno.test("times of versions before 11 are in a form that is not read", async () => {
  const old = { id: "Bacula 0.9 mortal\n", version: 10, volume: "Old" };
  const { details } = await claimOf(
    volumeBlock({ ...old, written: 1n }),
    baculaLibrary,
  );
  assertEquals(details.written, undefined);
});

Deno.test("a site may have switched the check sums of Bareos off", async () => {
  const block = volumeBlock({ ...BAREOS, isUnchecked: true });
  assertEquals(
    text((await claimOf(block, baculaLibrary)).label.LabelID),
    "Full-7",
  );
});

Deno.test("Bacula refuses a block with a wrong check sum", async () => {
  const block = volumeBlock(BAREOS);
  block[block.length - 5]! ^= 1;
  assertEquals(
    await rejectionOf(block, baculaLibrary),
    "The check sum of a Bacula block is wrong",
  );
});

Deno.test("Bacula refuses what it cannot read as a whole", async () => {
  const block = volumeBlock({ ...BAREOS, isUnchecked: true });
  const reasons: string[] = [];
  for (let size = 0; size < block.length; size++) {
    const reason = await rejectionOf(block.slice(0, size), baculaLibrary);
    if (reason !== undefined && !reasons.includes(reason)) reasons.push(reason);
  }
  assertEquals(reasons[0], "A Bacula block is cut short");
  assertEquals(
    reasons.at(-1),
    `A Bacula block has ${block.length - 1} of its ${block.length} bytes`,
  );
});

Deno.test("Bacula refuses a label that does not fit in its record, or the record in its block", async () => {
  const block = volumeBlock({ ...BAREOS, isUnchecked: true });
  const view = new DataView(block.buffer);
  const size = view.getUint32(32);
  view.setUint32(32, size + 1);
  assertEquals(
    await rejectionOf(block, baculaLibrary),
    "A Bacula block does not start with a volume label",
  );
  // Up to the program's name, into the times, into the last string.
  for (const short of [21, 30, size - 1]) {
    view.setUint32(32, short);
    assertEquals(
      await rejectionOf(block, baculaLibrary),
      "A Bacula volume label is cut short",
    );
  }
});

Deno.test("Bacula refuses other records, versions and nameless volumes", async () => {
  const cases = [
    [{ fileIndex: -4 }, "A Bacula block does not start with a volume label"],
    [{ id: "Bacula 3.0\n" }, "A Bacula volume label is of no known version"],
    [{ id: "toString" }, "A Bacula volume label is of no known version"],
    [{ volume: "" }, "A Bacula volume label has no volume name"],
    [{ volume: "x".repeat(256) }, "The id has 256 bytes, more than 255"],
  ] as const;
  for (const [change, reason] of cases) {
    const block = volumeBlock({ ...BAREOS, ...change });
    assertEquals(await rejectionOf(block, baculaLibrary), reason);
  }
});

Deno.test("a tape with ANSI labels whose Bacula label was not read is one of ANSI's", async () => {
  const [first] = recordedLabel("bacula_ansi");
  const { claim } = await ask(
    first ? [first] : [record(new Uint8Array())],
    baculaLibrary,
    ansiLibrary,
  );
  assertEquals(claim?.library, "ANSI");
});
