import { assertEquals, assertThrows } from "@std/assert";
import {
  decodeCdb,
  decodeDeviceCapabilities,
  decodeDeviceIdentification,
  decodeElementAddressAssignment,
  decodeInquiry,
  decodeLogPage,
  decodeModeSense10,
  decodeModeSense6,
  decodeSense,
  decodeSupportedVpdPages,
  decodeTapeAlert,
  decodeTransportGeometry,
  decodeUnitSerialNumber,
  findModePage,
  inquiry,
  logSense,
  modeSense10,
  modeSense6,
  readElementStatus,
  requestSense,
  testUnitReady,
} from "../../src/scsi/mod.ts";
import { recorded, recordedAnswers } from "../recorded/recorded.ts";
import { dataOf, IBM, STK } from "./recorded_libraries.ts";

function types(flags: readonly boolean[]): Record<string, boolean> {
  const [transport, storage, importExport, dataTransfer] = flags;
  return {
    transport: transport ?? false,
    storage: storage ?? false,
    importExport: importExport ?? false,
    dataTransfer: dataTransfer ?? false,
  };
}

function matrix(row: readonly boolean[]): Record<string, unknown> {
  return {
    transport: types(row),
    storage: types(row),
    importExport: types(row),
    dataTransfer: types(row),
  };
}

for (const expected of [IBM, STK]) {
  const { library } = expected;
  const data = dataOf(library);

  Deno.test(`${library}: every block was answered GOOD and whole`, () => {
    const answers = [...recordedAnswers(library).values()];
    assertEquals(answers.length, 16);
    for (const { cdb, data, hostStatus, name, residual, status } of answers) {
      assertEquals([status, hostStatus], [0, 0], name);
      const command = decodeCdb(cdb, "changer");
      if (!("allocationLength" in command)) continue;
      assertEquals(data.length + residual, command.allocationLength, name);
    }
  });

  Deno.test(`${library}: INQUIRY says what it is`, () => {
    assertEquals(data("INQUIRY").length, expected.inquirySize);
    assertEquals(decodeInquiry(data("INQUIRY")), {
      qualifier: 0,
      deviceType: 8,
      removable: true,
      version: expected.version,
      attachedChanger: false,
      vendor: expected.vendor,
      product: expected.product,
      revision: "0108",
      barcodeReader: false,
      versionDescriptors: expected.versionDescriptors,
    });
  });

  Deno.test(`${library}: VPD 00h lists its pages`, () => {
    assertEquals(
      decodeSupportedVpdPages(data("INQUIRY VPD 00")),
      expected.vpdPages,
    );
  });

  Deno.test(`${library}: VPD 80h gives the serial number without padding`, () => {
    assertEquals(
      decodeUnitSerialNumber(data("INQUIRY VPD 80")),
      expected.serialNumber,
    );
  });

  Deno.test(`${library}: page 1Dh says where the elements are`, () => {
    const mode = decodeModeSense6(data("MODE SENSE(6) 1D"));
    assertEquals([mode.mediumType, mode.deviceSpecific], [0, 0x10]);
    assertEquals(mode.truncated, false);
    const [page] = mode.pages;
    assertEquals(decodeElementAddressAssignment(page!), {
      transport: { first: 1, count: 1 },
      storage: { first: expected.firstSlot, count: 12 },
      importExport: { first: expected.firstPort, count: 2 },
      dataTransfer: { first: expected.firstDrive, count: 2 },
    });
  });

  Deno.test(`${library}: page 1Eh says that its robot cannot turn media`, () => {
    const [page] = decodeModeSense6(data("MODE SENSE(6) 1E")).pages;
    assertEquals(decodeTransportGeometry(page!), [{
      rotates: false,
      member: 0,
    }]);
  });

  Deno.test(`${library}: page 1Fh says what moves and exchanges there are`, () => {
    const [page] = decodeModeSense6(data("MODE SENSE(6) 1F")).pages;
    const isStk = library === "stk_l700";
    assertEquals(decodeDeviceCapabilities(page!) as unknown, {
      stores: types(expected.stores),
      barcodeReader: isStk,
      autoClean: isStk,
      reportsBarcodeReader: isStk,
      move: matrix(expected.moves),
      exchange: matrix(expected.exchanges),
    });
  });

  Deno.test(`${library}: MODE SENSE(10) of all pages has the same three`, () => {
    const all = decodeModeSense10(data("MODE SENSE(10) 3F"));
    assertEquals(
      all.pages.map(({ page }) => page),
      [0x02, 0x1a, 0x1c, 0x1d, 0x1e, 0x1f],
    );
    for (const code of [0x1d, 0x1e, 0x1f]) {
      const name = `MODE SENSE(6) ${code.toString(16).toUpperCase()}`;
      assertEquals(
        findModePage(all, code),
        findModePage(decodeModeSense6(data(name)), code),
      );
    }
    assertEquals(findModePage(all, 0x3e), null);
  });

  Deno.test(`${library}: TapeAlert has 64 flags, none set`, () => {
    const answer = data("LOG SENSE 2E");
    assertEquals(decodeTapeAlert(answer), []);
    const page = decodeLogPage(answer);
    assertEquals(
      page.parameters.map(({ code }) => code),
      [
        ...Array(64).keys(),
      ].map((index) => index + 1),
    );
    assertEquals(page.truncated, false);
  });

  Deno.test(`${library}: REQUEST SENSE tells of the power on`, () => {
    const sense = decodeSense(data("REQUEST SENSE"));
    assertEquals([sense.key, sense.asc, sense.ascq], [6, 0x29, 0]);
    assertEquals(sense.deferred, false);
  });

  Deno.test(`${library}: our encoders make the commands that were sent`, () => {
    const cdb = (name: string): Uint8Array => recorded(library, name).cdb;
    const all = { type: "all", start: 0, count: 0xffff } as const;
    assertEquals(testUnitReady(), cdb("TEST UNIT READY"));
    assertEquals(inquiry({ allocationLength: 96 }), cdb("INQUIRY"));
    assertEquals(inquiry({ vpdPage: 0x83 }), cdb("INQUIRY VPD 83"));
    assertEquals(
      modeSense6({ page: 0x1d, disableBlockDescriptors: true }),
      cdb("MODE SENSE(6) 1D"),
    );
    assertEquals(
      modeSense10({
        page: 0x3f,
        disableBlockDescriptors: true,
        allocationLength: 4096,
      }),
      cdb("MODE SENSE(10) 3F"),
    );
    assertEquals(
      readElementStatus({ ...all, volumeTags: true, currentData: false }),
      cdb("READ ELEMENT STATUS all, VOLTAG"),
    );
    assertEquals(
      readElementStatus({
        ...all,
        type: "dataTransfer",
        deviceIds: true,
        currentData: false,
      }),
      cdb("READ ELEMENT STATUS drives, DVCID"),
    );
    assertEquals(
      logSense({ page: 0x2e, allocationLength: 512 }),
      cdb("LOG SENSE 2E"),
    );
    assertEquals(requestSense(), cdb("REQUEST SENSE"));
  });
}

Deno.test("ibm_03584l32: VPD 83h has one T10 designator with the serial number", () => {
  const { data } = recorded("ibm_03584l32", "INQUIRY VPD 83");
  const [designator, ...others] = decodeDeviceIdentification(data);
  assertEquals(others, []);
  assertEquals(designator?.text, "IBM     03584L32        XYZZY_20    0400");
  assertEquals(designator?.type, 1);
  assertEquals(designator?.codeSet, 2);
  assertEquals(designator?.association, "logicalUnit");
  assertEquals(designator?.protocol, null);
  assertEquals(designator?.bytes.length, 40);
});

Deno.test("stk_l700: an empty VPD 83h is a RangeError, not a page without designators", () => {
  const { data } = recorded("stk_l700", "INQUIRY VPD 83");
  assertThrows(
    () => decodeDeviceIdentification(data),
    RangeError,
    "VPD page 83h",
  );
});
