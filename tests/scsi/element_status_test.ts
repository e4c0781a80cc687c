import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeElementStatus,
  type ElementStatus,
  encodeElementStatus,
} from "../../src/scsi/mod.ts";
import { elements } from "./arbitraries.ts";
import {
  bytes,
  IDENTIFIER,
  only,
  PVOLTAG,
  report,
  TAG,
} from "./element_status_report.ts";

Deno.test("descriptor lengths may differ between pages of one report", () => {
  const first = report(3, 2, 0, 12, new Uint8Array(12));
  const robot = bytes("00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
  const second = report(3, 1, 0, 16, robot).subarray(8);
  const third = report(3, 2, 0, 12, bytes("00 02")).subarray(8);
  const answer = new Uint8Array([...first, ...second, ...third]);
  new DataView(answer.buffer).setUint32(4, answer.length - 8);
  const { elements, truncated } = decodeElementStatus(answer);
  assertEquals(
    elements.map(({ elementAddress, type }) => [elementAddress, type]),
    [[0, "storage"], [1, "transport"], [2, "storage"]],
  );
  assertEquals(truncated, false);
});

Deno.test("a report without elements is empty and whole", () => {
  assertEquals(decodeElementStatus(new Uint8Array(8)), {
    firstElementAddress: 0,
    elementCount: 0,
    byteCount: 0,
    elements: [],
    truncated: false,
  });
});

Deno.test("bytes after the announced end do not count", () => {
  const answer = report(1, 2, 0, 12, new Uint8Array(12));
  const padded = new Uint8Array([...answer, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
  assertEquals(decodeElementStatus(padded), decodeElementStatus(answer));
});

Deno.test("an answer that we cut has whole elements only, and says so", () => {
  const slots = [1, 2, 3].map((address) => bytes(`00 0${address}`));
  const answer = report(3, 2, 0, 16, ...slots);
  for (let size = 8; size < answer.length; size++) {
    const cut = decodeElementStatus(answer.subarray(0, size), {
      allocationLength: size,
    });
    assertEquals(cut.truncated, true);
    assertEquals(
      cut.elements.length,
      Math.max(0, Math.floor((size - 16) / 16)),
    );
  }
});

Deno.test("tgtd: an answer 8 bytes short keeps its last element, without what is missing", () => {
  const slots = [1, 2].map((address) =>
    bytes(`00 0${address} 09 00 04 02 00 00 00 81 00 07`)
  );
  const answer = report(2, 2, 0, 16, ...slots);
  const short = decodeElementStatus(answer.subarray(0, -8), {
    allocationLength: 0xffff,
  });
  assertEquals(short.truncated, false);
  assertEquals(short.elements.map((element) => element.elementAddress), [1, 2]);
  const [whole, last] = short.elements;
  assertEquals(whole!.sourceElementAddress, 7);
  assertEquals(last!.sourceElementAddress, null);
  assertEquals([last!.full, last!.asc, last!.ascq], [true, 4, 2]);
});

Deno.test("tgtd: the last tag of an answer 8 bytes short is still whole", () => {
  const slot = bytes(
    `00 01 01 00 00 00 00 00 00 00 00 00 ${TAG} 00 00 00 00`,
  );
  const short = decodeElementStatus(
    report(1, 2, PVOLTAG, 52, slot).subarray(0, -8),
    { allocationLength: 0xffff },
  );
  assertEquals(short.elements[0]!.volumeTag, "ABC001L8");
  assertEquals(short.truncated, false);
});

Deno.test("tgtd: the last serial number of an answer 8 bytes short is none rather than half of one", () => {
  const common = "01 00 00 00 00 00 00 00 00 00 00 00";
  const answer = report(1, 4, 0, 50, bytes(`${common} ${IDENTIFIER}`));
  const short = decodeElementStatus(answer.subarray(0, -8), {
    allocationLength: 0xffff,
  });
  const [element] = short.elements;
  assert(element?.type === "dataTransfer");
  assertEquals(element.deviceIdentifier, null);
});

Deno.test("an element whose tag is cut is left out, for it would look unlabelled", () => {
  const slot = bytes(`00 01 01 00 00 00 00 00 00 00 00 00 ${TAG}`);
  const answer = report(1, 2, PVOLTAG, 48, slot).subarray(0, -8);
  const short = decodeElementStatus(answer, { allocationLength: 0xffff });
  assertEquals(short.elements, []);
  assertEquals(short.truncated, true);
});

Deno.test("a device that lowers the count of the page it cut is taken to have more", () => {
  const slots = [1, 2].map((address) => bytes(`00 0${address} 09`));
  const answer = report(2, 2, 0, 16, ...slots).subarray(0, -4);
  answer[7] = answer.length - 8;
  answer[15] = answer.length - 16;
  const counted = decodeElementStatus(answer, { allocationLength: 0xffff });
  assertEquals(counted.elements.map((slot) => slot.elementAddress), [1]);
  assertEquals(counted.truncated, true);
});

function refused(answer: Uint8Array, ...words: string[]): void {
  for (const word of words) {
    assertThrows(() => decodeElementStatus(answer), RangeError, word);
  }
}

Deno.test("a header that is not there is refused", () => {
  refused(new Uint8Array(7), "8 bytes", "offset 0", "7");
});

Deno.test("a descriptor length of zero is refused and does not hang", () => {
  const answer = report(1, 2, 0, 12, new Uint8Array(12));
  answer[11] = 0;
  refused(answer, "offset 8", "descriptor length of 0");
});

Deno.test("a descriptor shorter than its common part is refused", () => {
  const answer = report(1, 2, 0, 12, new Uint8Array(12));
  answer[11] = 6;
  refused(answer, "descriptor length of 6 is less than 12");
});

Deno.test("a page larger than the report is refused", () => {
  const answer = report(1, 2, 0, 12, new Uint8Array(12));
  answer[15] = 24;
  refused(answer, "24 bytes from offset 16", "end at 28");
});

Deno.test("a page that is no whole number of descriptors is refused", () => {
  const page = report(1, 2, 0, 12, new Uint8Array(12)).subarray(8);
  const answer = new Uint8Array([0, 0, 0, 2, 0, 0, 0, 40, ...page, ...page]);
  answer[15] = 11;
  refused(answer, "11 bytes", "12-byte descriptors");
});

Deno.test("an unknown element type is refused", () => {
  refused(report(1, 0, 0, 12, new Uint8Array(12)), "00h at offset 8");
  refused(report(1, 5, 0, 12, new Uint8Array(12)), "05h at offset 8");
});

Deno.test("an element that is reported twice is refused", () => {
  const slot = bytes("00 05 00 00 00 00 00 00 00 00 00 00");
  refused(report(2, 2, 0, 12, slot, slot), "element 5", "offset 28");
});

Deno.test("a rest too small for a page header is refused", () => {
  const answer = new Uint8Array([
    ...report(1, 2, 0, 12, new Uint8Array(12)),
    0,
    0,
    0,
  ]);
  answer[7] = answer.length - 8;
  refused(answer, "offset 28", "ends at 31");
});

Deno.test("decoding stays inside the bytes given, not inside their buffer", () => {
  const answer = report(1, 2, 0, 12, bytes("00 07 01"));
  const buffer = new Uint8Array(100).fill(0xff);
  buffer.set(answer, 50);
  const window = buffer.subarray(50, 50 + answer.length);
  assertEquals(decodeElementStatus(window), decodeElementStatus(answer));
});

/** What is left of an element in a report without these parts. */
function without(
  element: ElementStatus,
  parts: {
    volumeTags: boolean;
    alternateVolumeTags: boolean;
    deviceIds: boolean;
  },
): ElementStatus {
  const tags = {
    volumeTag: parts.volumeTags ? element.volumeTag : null,
    alternateVolumeTag: parts.alternateVolumeTags
      ? element.alternateVolumeTag
      : null,
  };
  return element.type === "dataTransfer"
    ? {
      ...element,
      ...tags,
      deviceIdentifier: parts.deviceIds ? element.deviceIdentifier : null,
    }
    : { ...element, ...tags };
}

Deno.test("decodeElementStatus() gives back what encodeElementStatus() was given", () => {
  fc.assert(
    fc.property(
      elements,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (given, volumeTags, alternateVolumeTags, deviceIds) => {
        const options = { volumeTags, alternateVolumeTags, deviceIds };
        const { elements, truncated } = decodeElementStatus(
          encodeElementStatus(given, options),
        );
        assertEquals(
          elements,
          given.map((element) => without(element, options)),
        );
        assertEquals(truncated, false);
      },
    ),
  );
});

Deno.test("encodeElementStatus() sends whole descriptors only, and the whole size", () => {
  fc.assert(
    fc.property(elements, fc.nat(2000), (given, allocationLength) => {
      const all = encodeElementStatus(given, { volumeTags: true });
      const cut = encodeElementStatus(given, {
        volumeTags: true,
        allocationLength,
      });
      assert(cut.length <= allocationLength);
      assertEquals(cut, all.slice(0, cut.length));
      if (cut.length < 8) return;
      const report = decodeElementStatus(cut);
      assertEquals(report.byteCount, all.length - 8);
      assertEquals(report.truncated, cut.length < all.length);
      assertEquals(
        report.elements,
        decodeElementStatus(all).elements.slice(0, report.elements.length),
      );
    }),
  );
});

Deno.test("encodeElementStatus() never goes past any allocation length", () => {
  const slots = [1, 2].map((address) =>
    only(report(1, 2, 0, 12, bytes(`00 0${address}`)))
  );
  const sizes = [0, 7, 8, 15, 16, 31, 32, 47, 48, 99].map((allocationLength) =>
    encodeElementStatus(slots, { allocationLength }).length
  );
  assertEquals(sizes, [0, 7, 8, 8, 16, 16, 32, 32, 48, 48]);
});

Deno.test("encodeElementStatus() refuses what does not fit, naming it", () => {
  const slot = only(report(1, 2, 0, 12, new Uint8Array(12)));
  const refusals: readonly (readonly [Partial<ElementStatus>, string])[] = [
    [{ elementAddress: 0x10000 }, "element address"],
    [{ mediumType: 8 }, "medium type"],
    [{ asc: -1 }, "ASC"],
    [{ sourceElementAddress: 1.5 }, "source element address"],
    [{ volumeTag: "x".repeat(33) }, "volume tag"],
    [{ volumeTag: "tab\t" }, "printable ASCII"],
  ];
  for (const [fields, words] of refusals) {
    assertThrows(
      () =>
        encodeElementStatus([{ ...slot, ...fields } as ElementStatus], {
          volumeTags: true,
        }),
      RangeError,
      words,
    );
  }
});
