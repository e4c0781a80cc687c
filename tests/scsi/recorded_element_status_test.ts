import { assertEquals } from "@std/assert";
import {
  decodeElementStatus,
  type ElementStatus,
  encodeElementStatus,
} from "../../src/scsi/mod.ts";
import { dataOf, type Expected, IBM, STK } from "./recorded_libraries.ts";

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

for (const expected of [IBM, STK]) {
  const { library } = expected;
  const data = dataOf(library);

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
}
