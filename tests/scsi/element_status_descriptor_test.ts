import { assert, assertEquals } from "@std/assert";
import type { DataTransferElementStatus } from "../../src/scsi/mod.ts";
import {
  bytes,
  IDENTIFIER,
  only,
  PVOLTAG,
  report,
  TAG,
} from "./element_status_report.ts";

function drive(answer: Uint8Array): DataTransferElementStatus {
  const element = only(answer);
  assert(element.type === "dataTransfer");
  return element;
}

const AVOLTAG = 0x40;
const OTHER = `"ABC002L8                        " 00 00 00 00`;

Deno.test("a descriptor of 12 bytes, the least of SCSI-2, has all common fields", () => {
  const slot = bytes("00 00 0d 00 3b 12 00 00 00 ca 04 d2");
  assertEquals(only(report(1, 2, 0, 12, slot)), {
    type: "storage",
    elementAddress: 0,
    full: true,
    except: true,
    asc: 0x3b,
    ascq: 0x12,
    disabled: true,
    mediumType: 2,
    sourceElementAddress: 1234,
    inverted: true,
    volumeTag: null,
    alternateVolumeTag: null,
    accessible: true,
  });
});

Deno.test("each flag of an import/export element is its own", () => {
  const names = [
    [0x80, "operatorRequired"],
    [0x40, "carrier"],
    [0x20, "importEnabled"],
    [0x10, "exportEnabled"],
    [0x08, "accessible"],
    [0x04, "except"],
    [0x02, "placedByOperator"],
    [0x01, "full"],
  ] as const;
  for (const [flag] of names) {
    const port = new Uint8Array(12);
    port[2] = flag;
    const element = only(report(1, 3, 0, 12, port));
    assert(element.type === "importExport");
    for (const [bit, name] of names) {
      assertEquals(element[name], bit === flag, name);
    }
  }
});

Deno.test("a drive's bus address and LUN count only where they are said to be valid", () => {
  const both = bytes("01 00 00 00 00 00 b5 0e 00 00 00 00");
  const { busAddress, logicalUnit, notOnBus } = drive(
    report(1, 4, 0, 12, both),
  );
  assertEquals([busAddress, logicalUnit, notOnBus], [14, 5, true]);
  const none = bytes("01 00 00 00 00 00 05 0e 00 00 00 00");
  const other = drive(report(1, 4, 0, 12, none));
  assertEquals(
    [other.busAddress, other.logicalUnit, other.notOnBus],
    [null, null, false],
  );
});

Deno.test("a source counts only with SVALID, and INVERT only with a source", () => {
  const element = only(
    report(1, 2, 0, 12, bytes("00 01 01 00 00 00 00 00 00 41 04 d2")),
  );
  assertEquals(element.sourceElementAddress, null);
  assertEquals(element.inverted, false);
});

Deno.test("source address 0 with SVALID is handed on, 0 being a legal address", () => {
  const element = only(
    report(1, 2, 0, 12, bytes("00 01 01 00 00 00 00 00 00 80 00 00")),
  );
  assertEquals(element.sourceElementAddress, 0);
});

Deno.test("primary and alternate tags are read and trimmed", () => {
  const slot = bytes(`00 01 01 00 00 00 00 00 00 00 00 00 ${TAG} ${OTHER}`);
  const element = only(report(1, 2, PVOLTAG | AVOLTAG, 84, slot));
  assertEquals(element.volumeTag, "ABC001L8");
  assertEquals(element.alternateVolumeTag, "ABC002L8");
});

Deno.test("an alternate tag without a primary one stands in the primary's place", () => {
  const slot = bytes(`00 01 01 00 00 00 00 00 00 00 00 00 ${OTHER}`);
  const element = only(report(1, 2, AVOLTAG, 48, slot));
  assertEquals(element.volumeTag, null);
  assertEquals(element.alternateVolumeTag, "ABC002L8");
});

Deno.test("the tag of an empty element is stale and not shown", () => {
  const slot = bytes(`00 01 00 00 00 00 00 00 00 00 00 00 ${TAG} ${OTHER}`);
  const element = only(report(1, 2, PVOLTAG | AVOLTAG, 84, slot));
  assertEquals(element.volumeTag, null);
  assertEquals(element.alternateVolumeTag, null);
});

Deno.test("a tag of blanks or NULs is no tag", () => {
  for (const filler of [0x20, 0x00]) {
    const slot = new Uint8Array(48).fill(filler, 12);
    slot[2] = 1;
    assertEquals(only(report(1, 2, PVOLTAG, 48, slot)).volumeTag, null);
  }
});

Deno.test("no control character of a tag gets through", () => {
  const slot = new Uint8Array(48);
  slot.set(bytes(`00 01 01 00 00 00 00 00 00 00 00 00 "A" 1b "[2J" 00 "B" ff`));
  assertEquals(
    only(report(1, 2, PVOLTAG, 48, slot)).volumeTag,
    "A\uFFFD[2J B\uFFFD",
  );
});

Deno.test("a tag that is announced without room for it is not there", () => {
  const slot = bytes(`00 01 01 00 00 00 00 00 00 00 00 00 ${TAG} 00 00 00 00`);
  const element = only(report(1, 2, PVOLTAG | AVOLTAG, 52, slot));
  assertEquals(element.volumeTag, "ABC001L8");
  assertEquals(element.alternateVolumeTag, null);
  const short = bytes("00 01 01 00 00 00 00 00 00 00 00 00 00 00 00 00");
  assertEquals(only(report(1, 2, PVOLTAG, 16, short)).volumeTag, null);
});

const EXPECTED_IDENTIFIER = {
  codeSet: 2,
  type: 1,
  text: "IBM     ULT3580-TD8     SERIAL0001",
};

Deno.test("a device identifier follows the tags, or stands alone", () => {
  const common = "01 00 01 00 00 00 00 00 00 00 00 00";
  const tagged = bytes(`${common} ${TAG} ${IDENTIFIER}`);
  assertEquals(tagged.length, 86);
  assertEquals(
    drive(report(1, 4, PVOLTAG, 86, tagged)).deviceIdentifier,
    EXPECTED_IDENTIFIER,
  );
  const alone = bytes(`${common} ${IDENTIFIER}`);
  assertEquals(
    drive(report(1, 4, 0, 50, alone)).deviceIdentifier,
    EXPECTED_IDENTIFIER,
  );
});

Deno.test("an identifier in the place of an announced alternate tag is not taken for a tag", () => {
  const mendacious = bytes(
    `01 00 01 00 00 00 00 00 00 00 00 00 ${TAG} ${IDENTIFIER}`,
  );
  const element = drive(report(1, 4, PVOLTAG | AVOLTAG, 86, mendacious));
  assertEquals(element.volumeTag, "ABC001L8");
  assertEquals(element.alternateVolumeTag, null);
  assertEquals(element.deviceIdentifier, EXPECTED_IDENTIFIER);
});

Deno.test("an identifier padded with blanks, NULs and vendor bytes is trimmed", () => {
  const common = "01 00 00 00 00 00 00 00 00 00 00 00";
  const padded = bytes(`${common} 02 00 00 0e "SER001    " 00 00 00 00 ff ff`);
  assertEquals(drive(report(1, 4, 0, 32, padded)).deviceIdentifier, {
    codeSet: 2,
    type: 0,
    text: "SER001",
  });
});

Deno.test("a binary identifier is shown in hexadecimal", () => {
  const naa = bytes(
    "01 00 00 00 00 00 00 00 00 00 00 00 01 03 00 08 50 01 02 03 0a 0b 0c ff",
  );
  assertEquals(drive(report(1, 4, 0, 24, naa)).deviceIdentifier, {
    codeSet: 1,
    type: 3,
    text: "500102030a0b0cff",
  });
});

Deno.test("an identifier longer than its descriptor is not there", () => {
  const common = "01 00 00 00 00 00 00 00 00 00 00 00";
  const long = bytes(`${common} 02 00 00 0d "SER001"`);
  assertEquals(
    drive(report(1, 4, 0, long.length, long)).deviceIdentifier,
    null,
  );
});
