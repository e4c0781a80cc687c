import { assertEquals } from "@std/assert";
import { tarLibrary } from "../../src/labels/mod.ts";
import {
  recordedLabel,
  type RecordedMedium,
} from "../recorded/labels/recorded_labels.ts";
import { ask, rejectionOf } from "./ask.ts";
import { ascii } from "./made_labels.ts";

const ARCHIVES: readonly (readonly [RecordedMedium, string])[] = [
  ["tar_v7", 'tar archive (old form), first member "readme.txt"'],
  ["tar_oldgnu", 'tar archive (GNU), first member "readme.txt"'],
  ["tar_gnu", 'tar archive (GNU), first member "readme.txt"'],
  ["tar_ustar", 'tar archive (ustar), first member "readme.txt"'],
  ["tar_volume", 'tar archive "Weekly 12"'],
];
for (const [medium, description] of ARCHIVES) {
  Deno.test(`${medium} is recognized, without an identity`, async () => {
    const { status, claim } = await ask(recordedLabel(medium), tarLibrary);
    assertEquals(status, "recognized");
    assertEquals(claim?.label, {
      LabelType: "tar",
      LabelID: new Uint8Array(),
      LabelAppDescr: description,
    });
  });
}

Deno.test("tar_pax is recognized by its extended header", async () => {
  const { status, claim } = await ask(recordedLabel("tar_pax"), tarLibrary);
  assertEquals(status, "recognized");
  assertEquals(
    claim?.label.LabelAppDescr.startsWith("tar archive (ustar), first member"),
    true,
  );
});

Deno.test("tar refuses a header of which any byte was changed", async () => {
  const [block] = recordedLabel("tar_ustar");
  if (block?.kind !== "record") throw new Error("the recording has no record");
  for (let at = 0; at < 512; at++) {
    // The check sum's own terminators say nothing.
    if (at === 154 || at === 155) continue;
    const bytes = block.bytes.slice(0, 512);
    bytes[at]! ^= 0x08;
    const reason = await rejectionOf(bytes, tarLibrary);
    const hasMagic = at < 257 || at > 261;
    assertEquals(
      reason,
      hasMagic ? "The check sum of a tar header is wrong" : undefined,
      `byte ${at}`,
    );
  }
});

Deno.test("tar takes check sums of unsigned bytes, and of signed ones as old programs wrote them", async () => {
  // The name is C3 A4, or -61 and -92; the field itself counts as blanks.
  for (
    const [sum, status] of [
      [8 * 0x20 + 0xc3 + 0xa4, "recognized"],
      [8 * 0x20 - 61 - 92, "recognized"],
      [8 * 0x20, "unknown"],
    ] as const
  ) {
    const header = new Uint8Array(512);
    header.set(ascii("ä"));
    header.set(ascii(sum.toString(8).padStart(6, "0")), 148);
    assertEquals((await ask(header, tarLibrary)).status, status);
  }
});

Deno.test("zeros, and a header without a name, are no archive", async () => {
  assertEquals(await rejectionOf(new Uint8Array(1024), tarLibrary), undefined);
  const nameless = new Uint8Array(512);
  nameless.set(ascii("000400\0 "), 148);
  assertEquals(await rejectionOf(nameless, tarLibrary), undefined);
});
