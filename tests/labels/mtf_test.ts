import { assertEquals, assertNotEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { mtfLibrary } from "../../src/labels/mod.ts";
import { ask, claimOf, hex, rejectionOf } from "./ask.ts";
import { sealHeader, tapeBlock } from "./made_labels.ts";

const GUID = "6F1C0A52-8A5E-4B0E-9A53-0D6A3A7C1E42";
const LABEL =
  `Media Label|1.0|Seagate|Backup Exec|2026/11/22.12:00:00|ABC123L8||${GUID}|0|`;

Deno.test("MTF takes the software name as type and the GUID of the media label as id", async () => {
  const block = tapeBlock({
    name: "Média 7",
    description: LABEL,
    software: "Backup Exec",
    isLabel: true,
  });
  const { label, details } = await claimOf(block, mtfLibrary);
  assertEquals(label.LabelType, "Backup Exec");
  assertEquals(hex(label.LabelID), GUID.replaceAll("-", "").toLowerCase());
  assertEquals(label.LabelAppDescr, "Média 7");
  assertEquals(details, { volumeName: "Média 7", application: "Backup Exec" });
});

Deno.test("MTF reads strings in Windows-1252 too", async () => {
  const block = tapeBlock({ name: "Münz\x80", software: "X", isAnsi: true });
  const { label } = await claimOf(block, mtfLibrary);
  assertEquals([label.LabelType, label.LabelAppDescr], ["X", "Münz€"]);
});

Deno.test("MTF without a media label has the MD5 of the block as id", async () => {
  const block = tapeBlock({ description: `of no label: ${GUID}` });
  const end = new DataView(block.buffer).getUint16(8, true);
  const { label } = await claimOf(block, mtfLibrary);
  const md5 = createHash("md5").update(block.slice(0, end)).digest("hex");
  assertEquals(hex(label.LabelID), md5);
  assertEquals(label.LabelType, "Microsoft Tape Format");
});

Deno.test("the id of an MTF tape depends on the block alone, not on how much was read", async () => {
  const block = tapeBlock({ name: "A" });
  const longer = new Uint8Array(64_512).fill(7);
  longer.set(block.subarray(0, new DataView(block.buffer).getUint16(8, true)));
  const other = tapeBlock({ name: "B" });
  const id = (await claimOf(block, mtfLibrary)).label.LabelID;
  assertEquals((await claimOf(longer, mtfLibrary)).label.LabelID, id);
  assertNotEquals((await claimOf(other, mtfLibrary)).label.LabelID, id);
});

Deno.test("MTF refuses a header with a wrong check sum", async () => {
  const block = tapeBlock({ name: "A" });
  block[20] = 0x55;
  assertEquals(
    await rejectionOf(block, mtfLibrary),
    "The check sum of an MTF tape block is wrong",
  );
});

Deno.test("MTF refuses a block that ends where no byte was read", async () => {
  const block = tapeBlock({ name: "A" });
  new DataView(block.buffer).setUint16(8, 1025, true);
  sealHeader(block);
  assertEquals(
    await rejectionOf(block, mtfLibrary),
    "An MTF tape block ends at 1025 of 1024 bytes",
  );
  new DataView(block.buffer).setUint16(8, 93, true);
  sealHeader(block);
  assertEquals(
    await rejectionOf(block, mtfLibrary),
    "An MTF tape block ends at 93 of 1024 bytes",
  );
  assertEquals(
    await rejectionOf(block.slice(0, 93), mtfLibrary),
    "An MTF tape block is cut short",
  );
});

Deno.test("MTF takes a string that lies outside of the block as empty", async () => {
  const block = tapeBlock({ name: "A", software: "B" });
  new DataView(block.buffer).setUint16(82, 1020, true);
  const { label } = await claimOf(block, mtfLibrary);
  assertEquals(label.LabelType, "Microsoft Tape Format");
});

Deno.test("a name that is too long for MediaLabelInfo is cut between characters", async () => {
  const block = tapeBlock({ name: `${"x".repeat(254)}\u{1f4fc}` });
  const { label } = await claimOf(block, mtfLibrary);
  assertEquals(label.LabelAppDescr, "x".repeat(254));
});

Deno.test("a medium whose software name is that of our free label is not taken for free", async () => {
  const block = tapeBlock({ software: "RSM free medium", isLabel: true });
  const { status, faults } = await ask(block, mtfLibrary);
  assertEquals(status, "unknown");
  assertEquals(faults, [{
    library: "MTF",
    message: 'only free media may be "RSM free medium"',
  }]);
});
