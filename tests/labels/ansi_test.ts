import { assertEquals } from "@std/assert";
import { ansiLibrary, type LabelBlock } from "../../src/labels/mod.ts";
import { recordedLabel } from "../recorded/labels/recorded_labels.ts";
import { ask, claimOf, rejectionOf, text } from "./ask.ts";
import { ascii, FILE_MARK, record, vol1 } from "./made_labels.ts";

Deno.test("ANSI reads volume, owner and implementation of a VOL1 label", async () => {
  const bytes = vol1({
    volume: "ABC123",
    implementation: "IBM OS400",
    owner: "ACME Payroll",
  });
  const { label, details } = await claimOf(
    [record(bytes), FILE_MARK],
    ansiLibrary,
  );
  assertEquals(label.LabelType, "ANSI");
  assertEquals(text(label.LabelID), "ABC123");
  assertEquals(
    label.LabelAppDescr,
    "Volume ABC123, owner ACME Payroll, written by IBM OS400",
  );
  assertEquals(details, {
    volumeName: "ABC123",
    owner: "ACME Payroll",
    application: "IBM OS400",
  });
});

Deno.test("ANSI takes a shorter volume identifier without its blanks", async () => {
  const { label } = await claimOf(vol1({ volume: "T1" }), ansiLibrary);
  assertEquals(text(label.LabelID), "T1");
});

Deno.test("ANSI claims the labels that Bacula writes, with random bytes in them", async () => {
  const { label, details } = await claimOf(
    recordedLabel("bacula_ansi"),
    ansiLibrary,
  );
  assertEquals([label.LabelType, text(label.LabelID)], ["ANSI", "TAPE02"]);
  assertEquals(details, { volumeName: "TAPE02", application: "Bacula" });
});

Deno.test("IBM labels are read from EBCDIC, and are of another type", async () => {
  const { label, details } = await claimOf(
    recordedLabel("bacula_ibm"),
    ansiLibrary,
  );
  assertEquals([label.LabelType, text(label.LabelID)], ["IBM", "TAPE03"]);
  assertEquals(details, { volumeName: "TAPE03", application: "Bacula" });
});

Deno.test("ANSI finds the system code of HDR1 behind further volume labels", async () => {
  const hdr1 = `HDR1${"PAYROLL".padEnd(17)}ABC12300010001000100 26325 99365 ` +
    `000000${"OS360".padEnd(13)}`.padEnd(26);
  const blocks: LabelBlock[] = [
    record(vol1({ volume: "ABC123" })),
    record(ascii("VOL2".padEnd(80))),
    record(ascii(hdr1)),
    FILE_MARK,
  ];
  const { details } = await claimOf(blocks, ansiLibrary);
  assertEquals(details.application, "OS360");
  const joined = new Uint8Array(240);
  blocks.slice(0, 3).forEach((block, index) => {
    if (block.kind === "record") joined.set(block.bytes, 80 * index);
  });
  assertEquals((await claimOf(joined, ansiLibrary)).details, details);
});

Deno.test("a blank volume identifier is recognized, but is no identity", async () => {
  const { status, claim } = await ask(vol1({ volume: "" }), ansiLibrary);
  assertEquals(status, "recognized");
  assertEquals(claim?.label.LabelAppDescr, "Volume without identifier");
});

Deno.test("ANSI refuses a label that is cut short or has a malformed identifier", async () => {
  const reason = "A VOL1 label is cut short or has no valid volume identifier";
  const label = vol1({ volume: "ABC123" });
  assertEquals(await rejectionOf(label.slice(0, 79), ansiLibrary), reason);
  label[5] = 0x07;
  assertEquals(await rejectionOf(label, ansiLibrary), reason);
  assertEquals(
    await rejectionOf(ascii("VOLUME".padEnd(80)), ansiLibrary),
    undefined,
  );
});
