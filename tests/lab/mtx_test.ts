import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import {
  type MtxDrive,
  type MtxElement,
  type MtxStatus,
  parseMtxStatus,
  parseSgInquiry,
} from "./mtx.ts";

const pad = (barcode: string) => barcode.padEnd(32);

/** Recorded from a changer that gives no tag for an empty place. */
const RECORDED = [
  "  Storage Changer /dev/sg3:2 Drives, 6 Slots ( 2 Import/Export )",
  `Data Transfer Element 0:Full (Storage Element 1 Loaded):VolumeTag = ${
    pad("A00001L8")
  }`,
  "Data Transfer Element 1:Empty",
  "      Storage Element 1:Empty",
  `      Storage Element 2:Full :VolumeTag=${pad("A00002L8")}`,
  "      Storage Element 3:Full ",
  "      Storage Element 4:Empty",
  "      Storage Element 5 IMPORT/EXPORT:Empty",
  `      Storage Element 6 IMPORT/EXPORT:Full :VolumeTag=${pad("A00003L8")}`,
  "",
].join("\n");

const empty = (number: number): MtxElement => ({
  number,
  full: false,
  barcode: "",
  alternateBarcode: "",
});
const holding = (number: number, barcode: string): MtxElement => ({
  ...empty(number),
  full: true,
  barcode,
});

Deno.test("parseMtxStatus() reads drives, slots and ports of a recorded status", () => {
  assertEquals<MtxStatus>(parseMtxStatus(RECORDED), {
    device: "/dev/sg3",
    drives: [
      { ...holding(0, "A00001L8"), origin: 1 },
      { ...empty(1), origin: undefined },
    ],
    slots: [empty(1), holding(2, "A00002L8"), holding(3, ""), empty(4)],
    ports: [empty(5), holding(6, "A00003L8")],
  });
});

Deno.test("parseMtxStatus() takes the blank tag of an empty place for no barcode", () => {
  const status = parseMtxStatus([
    "  Storage Changer /dev/sg1:0 Drives, 2 Slots ( 1 Import/Export )",
    `      Storage Element 1:Empty:VolumeTag=${pad("")}`,
    `      Storage Element 2 IMPORT/EXPORT:Empty:VolumeTag=${pad("")}`,
  ].join("\n"));
  assertEquals(status.slots, [empty(1)]);
  assertEquals(status.ports, [empty(2)]);
});

Deno.test("parseMtxStatus() reads both labels and an unknown origin", () => {
  const status = parseMtxStatus([
    "  Storage Changer /dev/changer:1 Drives, 1 Slots ( 0 Import/Export )",
    "Data Transfer Element 0:Full (Unknown Storage Element Loaded)" +
    ":VolumeTag = MO1A:AlternateVolumeTag = MO1B  ",
    "      Storage Element 1:Full :VolumeTag=MO2A:AlternateVolumeTag=MO2B",
  ].join("\n"));
  assertEquals<readonly MtxDrive[]>(status.drives, [{
    number: 0,
    full: true,
    barcode: "MO1A",
    alternateBarcode: "MO1B",
    origin: undefined,
  }]);
  assertEquals(status.slots[0]?.alternateBarcode, "MO2B");
});

Deno.test("parseMtxStatus() reads back every barcode of printable characters", () => {
  const barcode = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/)
    .filter((text) => !text.includes(":AlternateVolumeTag"));
  fc.assert(fc.property(fc.array(barcode, { maxLength: 20 }), (barcodes) => {
    const lines = barcodes.map((text, i) =>
      `      Storage Element ${i + 1}:Full :VolumeTag=${pad(text)}\n`
    );
    const status = parseMtxStatus(
      `  Storage Changer /dev/sg0:0 Drives, ${barcodes.length} Slots ` +
        `( 0 Import/Export )\n${lines.join("")}`,
    );
    assertEquals(status.slots.map((slot) => slot.barcode), barcodes);
  }));
});

Deno.test("parseMtxStatus() refuses a status that was cut short", () => {
  const lines = RECORDED.trimEnd().split("\n");
  for (let kept = 1; kept < lines.length; kept++) {
    const cut = lines.slice(0, kept).join("\n");
    assertThrows(() => parseMtxStatus(cut), RangeError, "announced 2,6,2");
  }
});

Deno.test("parseMtxStatus() refuses other text, quoting the line", () => {
  const other = [
    "",
    "READ ELEMENT STATUS Command Failed",
    RECORDED + "mtx: Request Sense: BPV=no\n",
  ];
  for (const text of other) {
    assertThrows(() => parseMtxStatus(text), RangeError, "Cannot read this");
  }
});

/** Recorded in the kernel lab with sg3-utils 1.46 (which names the type PDT). */
const INQUIRY = `standard INQUIRY:
  PQual=0  PDT=8  RMB=1  LU_CONG=0  hot_pluggable=0  version=0x05  [SPC-3]
  [AERC=0]  [TrmTsk=0]  NormACA=0  HiSUP=1  Resp_data_format=2
  SCCS=0  ACC=0  TPGS=0  3PC=0  Protect=0  [BQue=0]
  EncServ=0  MultiP=0  [MChngr=0]  [ACKREQQ=0]  Addr16=0
  [RelAdr=0]  WBus16=0  Sync=0  [Linked=0]  [TranDis=0]  CmdQue=1
  [SPI: Clocking=0x0  QAS=0  IUS=0]
    length=66 (0x42)   Peripheral device type: medium changer
 Vendor identification: STK     
 Product identification: L700            
 Product revision level: 0510
 Unit serial number:                           LAB0000001
`;

Deno.test("parseSgInquiry() reads the identity of a recorded changer", () => {
  assertEquals(parseSgInquiry(INQUIRY), {
    peripheralQualifier: 0,
    deviceType: 8,
    removable: true,
    version: 5,
    vendor: "STK",
    product: "L700",
    revision: "0510",
    serial: "LAB0000001",
  });
});

Deno.test("parseSgInquiry() leaves out a serial number that was not told", () => {
  const text = INQUIRY.replace(/^ Unit serial number.*\n/m, "");
  assertEquals(parseSgInquiry(text).serial, undefined);
});

Deno.test("parseSgInquiry() refuses text that lacks an identity, naming what", () => {
  assertThrows(
    () => parseSgInquiry(INQUIRY.replace(/^ Vendor.*\n/m, "")),
    RangeError,
    "no vendor",
  );
});
