import { assertEquals, assertThrows } from "@std/assert";
import {
  decodeCdb,
  decodeDeviceCapabilities,
  decodeDeviceIdentification,
  decodeElementAddressAssignment,
  decodeElementStatus,
  decodeInquiry,
  decodeLogPage,
  decodeModeSense10,
  decodeModeSense6,
  decodeSense,
  decodeSupportedVpdPages,
  decodeTapeAlert,
  decodeTransportGeometry,
  decodeUnitSerialNumber,
  type ElementStatus,
  encodeElementStatus,
  findModePage,
  inquiry,
  logSense,
  modeSense10,
  modeSense6,
  readElementStatus,
  requestSense,
  testUnitReady,
} from "../../src/scsi/mod.ts";
import {
  recorded,
  recordedAnswers,
  type RecordedLibrary,
} from "../recorded/recorded.ts";

/** What the recorded libraries really are. */
interface Expected {
  readonly library: RecordedLibrary;
  readonly vendor: string;
  readonly product: string;
  readonly version: number;
  readonly inquirySize: number;
  readonly versionDescriptors: readonly number[];
  readonly vpdPages: readonly number[];
  readonly serialNumber: string;
  readonly firstSlot: number;
  readonly firstPort: number;
  readonly firstDrive: number;
  readonly types: readonly ElementStatus["type"][];
  readonly tags: readonly string[];
  readonly driveIdentifiers: readonly string[];
  readonly stores: readonly boolean[];
  readonly moves: readonly boolean[];
  readonly exchanges: readonly boolean[];
}

const IBM: Expected = {
  library: "ibm_03584l32",
  vendor: "IBM",
  product: "03584L32",
  version: 3,
  inquirySize: 58,
  versionDescriptors: [],
  vpdPages: [0x00, 0x80, 0x83],
  serialNumber: "XYZZY_20    0400",
  firstSlot: 0x400,
  firstPort: 0x300,
  firstDrive: 0x101,
  types: ["transport", "dataTransfer", "importExport", "storage"],
  tags: [
    "V20001L8",
    "V20002L8",
    "V20003L8",
    "V20004L8",
    "V20005L8",
    "V20006L8",
    "V20007L8",
    "V20008L8",
    "CLN201L8",
  ],
  driveIdentifiers: [
    "IBM     ULT3580-TD8     XYZZY_201",
    "IBM     ULT3580-TD8     XYZZY_202",
  ],
  stores: [false, true, true, true],
  moves: [false, true, true, true],
  exchanges: [false, true, true, true],
};

const STK: Expected = {
  library: "stk_l700",
  vendor: "STK",
  product: "L700",
  version: 5,
  inquirySize: 64,
  versionDescriptors: [0x0300, 0x0960, 0x0200],
  vpdPages: [0x00, 0x80],
  serialNumber: "XYZZY_10",
  firstSlot: 0x3e8,
  firstPort: 0x00a,
  firstDrive: 0x1f4,
  types: ["transport", "importExport", "dataTransfer", "storage"],
  tags: [
    "V10001L6",
    "V10002L6",
    "V10003L6",
    "V10004L6",
    "V10005L6",
    "V10006L6",
    "V10007L6",
    "V10008L6",
    "CLN101L6",
  ],
  driveIdentifiers: [
    "IBM     ULT3580-TD6     XYZZY_101",
    "IBM     ULT3580-TD6     XYZZY_102",
  ],
  stores: [true, true, true, true],
  moves: [true, true, true, true],
  exchanges: [false, false, false, false],
};

const COMMON = {
  full: false,
  except: false,
  asc: 0,
  ascq: 0,
  disabled: false,
  mediumType: 0,
  sourceElementAddress: null,
  inverted: false,
  volumeTag: null,
  alternateVolumeTag: null,
};

function expectedElement(
  type: ElementStatus["type"],
  expected: Expected,
  index: number,
): ElementStatus {
  switch (type) {
    case "transport":
      return { type, elementAddress: 1, ...COMMON };
    case "importExport":
      return {
        type,
        elementAddress: expected.firstPort + index,
        ...COMMON,
        accessible: true,
        placedByOperator: true,
        exportEnabled: true,
        importEnabled: true,
        operatorRequired: false,
        carrier: false,
      };
    case "dataTransfer":
      return {
        type,
        elementAddress: expected.firstDrive + index,
        ...COMMON,
        accessible: true,
        notOnBus: false,
        busAddress: null,
        logicalUnit: null,
        deviceIdentifier: null,
      };
    case "storage": {
      const tag = expected.tags[index] ?? null;
      return {
        type,
        elementAddress: expected.firstSlot + index,
        ...COMMON,
        full: tag !== null,
        mediumType: tag === null ? 0 : tag.startsWith("CLN") ? 2 : 1,
        volumeTag: tag,
        accessible: true,
      };
    }
  }
}

const COUNTS = { transport: 1, storage: 12, importExport: 2, dataTransfer: 2 };

function expectedInventory(expected: Expected): readonly ElementStatus[] {
  return expected.types.flatMap((type) =>
    Array.from(
      { length: COUNTS[type] },
      (_, index) => expectedElement(type, expected, index),
    )
  );
}

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
  const data = (name: string): Uint8Array => recorded(library, name).data;

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

  Deno.test(`${library}: READ ELEMENT STATUS of all types is the inventory`, () => {
    const answer = data("READ ELEMENT STATUS all, VOLTAG");
    assertEquals(decodeElementStatus(answer), {
      firstElementAddress: 1,
      elementCount: 17,
      byteCount: 0x394,
      elements: expectedInventory(expected),
      truncated: false,
    });
  });

  Deno.test(`${library}: the inventory encodes to as many bytes of the same meaning`, () => {
    const answer = data("READ ELEMENT STATUS all, VOLTAG");
    const report = decodeElementStatus(answer);
    const encoded = encodeElementStatus(report.elements, { volumeTags: true });
    assertEquals(encoded.length, answer.length);
    assertEquals(decodeElementStatus(encoded), report);
  });

  for (const tags of [false, true]) {
    const name = `READ ELEMENT STATUS drives, ${tags ? "VOLTAG+" : ""}DVCID`;
    Deno.test(`${library}: ${name} names the drives`, () => {
      const report = decodeElementStatus(data(name));
      const elements = expected.driveIdentifiers.map((text, index) => ({
        ...expectedElement("dataTransfer", expected, index),
        deviceIdentifier: { codeSet: 2, type: 1, text },
      }));
      assertEquals(report.elements as unknown, elements);
      assertEquals(report.truncated, false);
    });
  }

  Deno.test(`${library}: three slots asked for are three slots`, () => {
    const report = decodeElementStatus(
      data("READ ELEMENT STATUS slots, VOLTAG, 3 elements"),
    );
    assertEquals(
      report.elements,
      expectedInventory(expected).filter(({ type }) => type === "storage")
        .slice(0, 3),
    );
    assertEquals(report.elementCount, 3);
    assertEquals(report.truncated, false);
  });

  Deno.test(`${library}: room for the header only gives the size to ask for`, () => {
    assertEquals(
      decodeElementStatus(data("READ ELEMENT STATUS all, allocation 8")),
      {
        firstElementAddress: 1,
        elementCount: 17,
        byteCount: 0x394,
        elements: [],
        truncated: true,
      },
    );
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
