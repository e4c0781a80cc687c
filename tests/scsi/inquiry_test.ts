import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeDeviceIdentification,
  decodeInquiry,
  decodeSupportedVpdPages,
  decodeUnitSerialNumber,
  type Designator,
  designatorText,
  encodeDesignatorText,
  encodeDeviceIdentification,
  encodeInquiry,
  encodeSupportedVpdPages,
  encodeUnitSerialNumber,
  type InquiryData,
  t10Designator,
} from "../../src/scsi/mod.ts";
import { bytes, record, text, uint8 } from "./arbitraries.ts";

const CHANGER = { deviceType: 8 } as const;

const inquiries: fc.Arbitrary<InquiryData> = record<InquiryData>({
  qualifier: fc.nat(7),
  deviceType: fc.nat(0x1f),
  removable: fc.boolean(),
  version: uint8,
  attachedChanger: fc.boolean(),
  vendor: text(8),
  product: text(16),
  revision: text(4),
  barcodeReader: fc.boolean(),
  versionDescriptors: fc.array(fc.integer({ min: 1, max: 0xffff }), {
    maxLength: 8,
  }),
});

Deno.test("decodeInquiry() gives back what encodeInquiry() was given", () => {
  fc.assert(fc.property(inquiries, (data) => {
    assertEquals(decodeInquiry(encodeInquiry(data)), data);
  }));
});

Deno.test("INQUIRY cut to 36 bytes has all texts, and the flag of byte 55 is unknown", () => {
  fc.assert(fc.property(inquiries, (data) => {
    assertEquals(decodeInquiry(encodeInquiry(data, 36)), {
      ...data,
      barcodeReader: null,
      versionDescriptors: [],
    });
  }));
});

Deno.test("decodeInquiry() leaves empty what a short answer does not have", () => {
  const short = Uint8Array.of(0x7f, 0x00, 0x05, 0x02, 0x00, 0x41, 0x42);
  assertEquals(decodeInquiry(short), {
    qualifier: 3,
    deviceType: 0x1f,
    removable: false,
    version: 5,
    attachedChanger: false,
    vendor: "",
    product: "",
    revision: "",
    barcodeReader: null,
    versionDescriptors: [],
  });
});

Deno.test("decodeInquiry() takes no byte after the announced length", () => {
  const answer = new Uint8Array(64).fill(0xff);
  answer.set([0x08, 0x80, 0x05, 0x02, 31]);
  const { barcodeReader, versionDescriptors } = decodeInquiry(answer);
  assertEquals(barcodeReader, null);
  assertEquals(versionDescriptors, []);
});

Deno.test("decodeInquiry() refuses less than a header", () => {
  assertThrows(() => decodeInquiry(new Uint8Array(4)), RangeError, "5 bytes");
});

Deno.test("decodeUnitSerialNumber() takes blanks and NULs off either side", () => {
  const page = encodeUnitSerialNumber("  SER 42   ", CHANGER);
  assertEquals(decodeUnitSerialNumber(page), "SER 42");
  page.fill(0, 4, 6);
  assertEquals(decodeUnitSerialNumber(page), "SER 42");
  page.fill(0x20, 4);
  assertEquals(decodeUnitSerialNumber(page), "");
});

Deno.test("serial numbers and page lists come back as encoded", () => {
  fc.assert(fc.property(text(200), fc.array(uint8), (serial, pages) => {
    assertEquals(
      decodeUnitSerialNumber(encodeUnitSerialNumber(serial, CHANGER)),
      serial,
    );
    assertEquals(
      decodeSupportedVpdPages(encodeSupportedVpdPages(pages, CHANGER)),
      pages,
    );
  }));
});

Deno.test("a VPD page is refused when it is another page or cut", () => {
  const page = encodeUnitSerialNumber("SER42", CHANGER);
  assertThrows(
    () => decodeDeviceIdentification(page),
    RangeError,
    "offset 1 is 80h",
  );
  assertThrows(
    () => decodeUnitSerialNumber(page.subarray(0, 8)),
    RangeError,
    "5 bytes at offset 4",
  );
  assertThrows(
    () =>
      decodeUnitSerialNumber(
        encodeUnitSerialNumber("SER42", { ...CHANGER, allocationLength: 3 }),
      ),
    RangeError,
    "4 bytes at offset 0",
  );
});

const designators: fc.Arbitrary<Designator> = record({
  codeSet: fc.nat(15),
  type: fc.nat(15),
  association: fc.constantFrom<Designator["association"]>(
    "logicalUnit",
    "targetPort",
    "targetDevice",
    null,
  ),
  protocol: fc.option(fc.nat(15)),
  bytes: bytes(40),
}).map((fields) => ({
  ...fields,
  text: designatorText(fields.codeSet, fields.bytes),
}));

Deno.test("decodeDeviceIdentification() gives back what was encoded", () => {
  fc.assert(fc.property(fc.array(designators, { maxLength: 6 }), (given) => {
    assertEquals(
      decodeDeviceIdentification(encodeDeviceIdentification(given, CHANGER)),
      given,
    );
  }));
});

Deno.test("a designator that is longer than its page is refused", () => {
  const page = encodeDeviceIdentification([
    t10Designator({ vendor: "IBM", product: "ULT3580", serialNumber: "1" }),
  ], CHANGER);
  page[7] = 0x40;
  assertThrows(() => decodeDeviceIdentification(page), RangeError, "64 bytes");
});

Deno.test("t10Designator() puts vendor, product and serial number in their columns", () => {
  const designator = t10Designator({
    vendor: "IBM",
    product: "ULT3580-TD8",
    serialNumber: "XYZZY_201",
  });
  assertEquals(designator.text, "IBM     ULT3580-TD8     XYZZY_201");
  assertEquals(designator.bytes.length, 33);
});

Deno.test("designatorText() shows UTF-8 without control characters, the rest in hexadecimal", () => {
  const utf8 = new TextEncoder().encode("naïve\u0007 \0\0");
  assertEquals(designatorText(3, utf8), "naïve\uFFFD");
  assertEquals(designatorText(1, Uint8Array.of(0x50, 0x0a)), "500a");
});

Deno.test("encodeDesignatorText() refuses a binary name that is not hexadecimal", () => {
  assertEquals(encodeDesignatorText(1, "500a"), Uint8Array.of(0x50, 0x0a));
  assertThrows(() => encodeDesignatorText(1, "50a"), RangeError, '"50a"');
  assertThrows(() => encodeDesignatorText(2, "tab\t"), RangeError, "ASCII");
});
