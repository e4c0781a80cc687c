import { assertEquals } from "@std/assert";
import { amandaLibrary } from "../../src/labels/mod.ts";
import { recordedLabel } from "../recorded/labels/recorded_labels.ts";
import { claimOf, rejectionOf, text } from "./ask.ts";
import { ascii } from "./made_labels.ts";

Deno.test("Amanda reads the label of a tape that amlabel wrote", async () => {
  const { label, details } = await claimOf(
    recordedLabel("amanda_labelled"),
    amandaLibrary,
  );
  assertEquals([label.LabelType, text(label.LabelID)], ["Amanda", "REC-001"]);
  assertEquals(
    label.LabelAppDescr,
    "Amanda tape REC-001, not written since it was labelled",
  );
  assertEquals(details, { volumeName: "REC-001", application: "Amanda" });
});

Deno.test("Amanda tells when a tape was written", async () => {
  for (const stamp of ["20261122", "20261122031501"]) {
    const header = ascii(`AMANDA: TAPESTART DATE ${stamp} TAPE Däily\n\f\n`);
    const { label, details } = await claimOf(header, amandaLibrary);
    assertEquals(text(label.LabelID), "Däily");
    assertEquals(
      label.LabelAppDescr,
      "Amanda tape Däily, written on 2026-11-22",
    );
    assertEquals(details.written, new Date("2026-11-22"));
  }
});

Deno.test("Amanda refuses headers of dumps, and labels without an end", async () => {
  const reason = "An Amanda header is not that of the start of a tape";
  const headers = [
    "AMANDA: FILE 20261122 host /home lev 0 comp N program /bin/tar\n",
    "AMANDA: TAPEEND DATE 20261122\n",
    "AMANDA: TAPESTART DATE X TAPE \n",
    "AMANDA: TAPESTART DATE X TAPE REC-001",
    `AMANDA: TAPESTART DATE X TAPE ${"x".repeat(600)}\n`,
  ];
  for (const header of headers) {
    assertEquals(await rejectionOf(ascii(header), amandaLibrary), reason);
  }
  const long = ascii(`AMANDA: TAPESTART DATE X TAPE ${"x".repeat(256)}\n`);
  assertEquals(
    await rejectionOf(long, amandaLibrary),
    "The id has 256 bytes, more than 255",
  );
  assertEquals(await rejectionOf(ascii("AMANDAX: "), amandaLibrary), undefined);
});
