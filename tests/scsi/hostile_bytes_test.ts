import { assert } from "@std/assert";
import fc from "fast-check";
import {
  decodeAttributes,
  decodeCdb,
  decodeDeviceCapabilities,
  decodeDeviceIdentification,
  decodeElementAddressAssignment,
  decodeElementStatus,
  decodeInquiry,
  decodeLogPage,
  decodeModeSelect6,
  decodeModeSense10,
  decodeModeSense6,
  decodeSense,
  decodeSupportedVpdPages,
  decodeTapeAlert,
  decodeTransportGeometry,
  decodeUnitSerialNumber,
  describeSense,
  memoryIn,
  type ModeData,
} from "../../src/scsi/mod.ts";
import { recordedAnswers } from "../recorded/recorded.ts";
import { bytes } from "./arbitraries.ts";

function decodePages({ pages }: ModeData): void {
  for (const page of pages) {
    if (page.page === 0x1d) decodeElementAddressAssignment(page);
    if (page.page === 0x1e) decodeTransportGeometry(page);
    if (page.page === 0x1f) decodeDeviceCapabilities(page);
  }
}

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  decodeElementStatus,
  "decodeElementStatus() with an allocation length": (answer) =>
    decodeElementStatus(answer, { allocationLength: 0xffff }),
  decodeInquiry,
  decodeSupportedVpdPages,
  decodeUnitSerialNumber,
  decodeDeviceIdentification,
  decodeModeSense6: (answer) => decodePages(decodeModeSense6(answer)),
  decodeModeSense10: (answer) => decodePages(decodeModeSense10(answer)),
  decodeSense: (answer) => describeSense(decodeSense(answer)),
  decodeLogPage,
  decodeTapeAlert,
  decodeAttributes: (answer) => memoryIn(decodeAttributes(answer)),
  decodeModeSelect6,
  "decodeCdb() for a changer": (cdb) => decodeCdb(cdb, "changer"),
  "decodeCdb() for a drive": (cdb) => decodeCdb(cdb, "drive"),
};

/** Far above what any input needs, so that a busy machine does not matter. */
const MOST_MS = 1_000;

/** Decodes; anything but a result or a RangeError with numbers in it fails. */
function survives(decode: (bytes: Uint8Array) => unknown, data: Uint8Array) {
  const before = data.slice();
  const start = performance.now();
  try {
    decode(data);
  } catch (error) {
    assert(error instanceof RangeError, `${error} is no RangeError`);
    assert(/\d/.test(error.message), `"${error.message}" names no number`);
  }
  const tookMs = performance.now() - start;
  assert(tookMs < MOST_MS, `${data.length} bytes took ${tookMs} ms`);
  assert(data.every((byte, index) => byte === before[index]));
}

/** Real answers of real forms, for the mutations to start from. */
const SEEDS: readonly Uint8Array[] = [
  ...recordedAnswers("ibm_03584l32").values(),
  ...recordedAnswers("stk_l700").values(),
].flatMap(({ cdb, data }) => [cdb, data]);

const mutated = fc.tuple(
  fc.constantFrom(...SEEDS),
  fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
  fc.nat(),
).map(([seed, changes, end]) => {
  const data = seed.slice();
  for (const [offset, value] of changes) {
    // Lengths and types stand at the front: most changes go there.
    const span = offset % 4 === 0 ? data.length : Math.min(24, data.length);
    if (span > 0) data[offset % span] = value;
  }
  return end % 3 === 0 ? data.subarray(0, end % (data.length + 1)) : data;
});

for (const [name, decode] of Object.entries(DECODERS)) {
  Deno.test(`${name}: arbitrary bytes decode or are a RangeError`, () => {
    fc.assert(
      fc.property(bytes(300), (data) => survives(decode, data)),
      { numRuns: 500 },
    );
  });

  Deno.test(`${name}: damaged real answers decode or are a RangeError`, () => {
    fc.assert(
      fc.property(mutated, (data) => survives(decode, data)),
      { numRuns: 1000 },
    );
  });

  Deno.test(`${name}: a megabyte of one byte ends in time`, () => {
    for (const filler of [0x00, 0x01, 0x02, 0x80, 0xff]) {
      survives(decode, new Uint8Array(1 << 20).fill(filler));
    }
  });
}

Deno.test("decodeElementStatus() ends in time on 16 MB of empty pages", () => {
  const answer = new Uint8Array(8 + 0xffffff - 7);
  answer.fill(0xff, 5, 8);
  answer[7] = 0xf8;
  for (let offset = 8; offset < answer.length; offset += 8) answer[offset] = 2;
  const start = performance.now();
  const { elements, truncated } = decodeElementStatus(answer);
  assert(elements.length === 0 && !truncated);
  assert(performance.now() - start < 2_000);
});
