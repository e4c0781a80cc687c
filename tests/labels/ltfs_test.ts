import { assertEquals } from "@std/assert";
import { ansiLibrary, ltfsLibrary } from "../../src/labels/mod.ts";
import { ask, claimOf, hex, rejectionOf, text } from "./ask.ts";
import {
  ascii,
  FILE_MARK,
  ltfsVolume,
  ltfsXml,
  record,
  vol1,
} from "./made_labels.ts";

const UUID = "30a91a08-daae-48d1-ae75-69804e61d2ea";

Deno.test("LTFS takes the volume UUID of the XML label behind the file mark", async () => {
  const medium = ltfsVolume("LTF001", ltfsXml(UUID));
  const { label, details } = await claimOf(medium, ltfsLibrary);
  assertEquals(label.LabelType, "LTFS");
  assertEquals(hex(label.LabelID), UUID.replaceAll("-", ""));
  assertEquals(
    label.LabelAppDescr,
    "LTFS volume LTF001, formatted by Example & Co LTFS 1.0 - Linux - format",
  );
  assertEquals(details, {
    volumeName: "LTF001",
    owner: "ACME",
    application: "Example & Co LTFS 1.0 - Linux - format",
    written: new Date("2026-11-22T12:00:00.123Z"),
  });
});

Deno.test("an LTFS volume counts as LTFS, and ANSI claims it too", async () => {
  const medium = ltfsVolume("LTF001", ltfsXml(UUID));
  const { claim, alsoClaimedBy } = await ask(medium, ltfsLibrary, ansiLibrary);
  assertEquals(claim?.library, "LTFS");
  assertEquals(alsoClaimedBy.map(({ label }) => text(label.LabelID)), [
    "LTF001",
  ]);
  assertEquals(alsoClaimedBy[0]?.details.application, "LTFS");
});

Deno.test("LTFS claims raw label bytes in which both labels are joined", async () => {
  const joined = ascii(
    text(vol1({ volume: "LTF001", implementation: "LTFS" })) + ltfsXml(UUID),
  );
  const { label } = await claimOf(joined, ltfsLibrary);
  assertEquals(hex(label.LabelID), UUID.replaceAll("-", ""));
});

Deno.test("LTFS does not read what is in a comment", async () => {
  const other = "11111111-2222-3333-4444-555555555555";
  const xml = ltfsXml(UUID).replace(
    "<volumeuuid>",
    `<!-- <volumeuuid>${other}</volumeuuid> --><volumeuuid>`,
  );
  const { label } = await claimOf(ltfsVolume("LTF001", xml), ltfsLibrary);
  assertEquals(hex(label.LabelID), UUID.replaceAll("-", ""));
});

Deno.test("LTFS leaves a volume without a readable label to ANSI", async () => {
  const noXml = "An LTFS volume has no readable LTFS label";
  const noUuid = "An LTFS label has no valid volume UUID";
  const start = [
    record(vol1({ volume: "LTF001", implementation: "LTFS" })),
    FILE_MARK,
  ];
  assertEquals(await rejectionOf(start, ltfsLibrary), noXml);
  const index = ltfsXml(UUID).replaceAll("ltfslabel", "ltfsindex");
  assertEquals(
    await rejectionOf(ltfsVolume("LTF001", index), ltfsLibrary),
    noXml,
  );
  for (const wrong of ["", "{", UUID.slice(1), "<b/>", "<volumeuuid>"]) {
    const medium = ltfsVolume("LTF001", ltfsXml(wrong));
    assertEquals(await rejectionOf(medium, ltfsLibrary), noUuid);
  }
  assertEquals(
    (await claimOf(start, ltfsLibrary, ansiLibrary)).library,
    "ANSI",
  );
});

Deno.test("LTFS is linear in the length of its label, also for comments that never end", async () => {
  const xml = "<!--".repeat(250_000);
  const started = performance.now();
  await rejectionOf(ltfsVolume("LTF001", xml), ltfsLibrary);
  assertEquals(performance.now() - started < 500, true);
});

Deno.test("a VOL1 label of another system is no LTFS volume", async () => {
  const medium = ltfsVolume("LTF001", ltfsXml(UUID));
  const other = [record(vol1({ volume: "LTF001" })), ...medium.slice(1)];
  assertEquals(await rejectionOf(other, ltfsLibrary), undefined);
});
