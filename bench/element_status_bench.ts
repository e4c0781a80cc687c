/**
 * How long the decoding of a very large library's element status takes: 65,535
 * elements with volume tags. The reference, in the same run, is what any
 * decoder must at least do: copy the same bytes and turn them into text.
 *
 * Run: `deno run bench/element_status_bench.ts`
 *
 * @module
 */
import { decodeElementStatus } from "../src/scsi/mod.ts";

const ELEMENTS = 65_535;
const DESCRIPTOR = 52;
const AIM_MS = 60;
const ROUNDS = 15;

/** A report of full slots, each with an eight-character bar code. */
function report(): Uint8Array {
  const bytes = new Uint8Array(16 + ELEMENTS * DESCRIPTOR);
  const view = new DataView(bytes.buffer);
  view.setUint16(2, ELEMENTS);
  view.setUint32(4, bytes.length - 8);
  view.setUint8(8, 2);
  view.setUint8(9, 0x80);
  view.setUint16(10, DESCRIPTOR);
  view.setUint32(12, bytes.length - 16);
  const encoder = new TextEncoder();
  for (let index = 0; index < ELEMENTS; index++) {
    const at = 16 + index * DESCRIPTOR;
    view.setUint16(at, index);
    view.setUint8(at + 2, 0x09);
    view.setUint8(at + 9, 0x81);
    view.setUint16(at + 10, index);
    const tag = `A${String(index).padStart(5, "0")}L9`.padEnd(32);
    encoder.encodeInto(tag, bytes.subarray(at + 12, at + 44));
  }
  return bytes;
}

/** Fastest of several rounds: what the code costs, not what disturbed it. */
function fastestMs(work: () => number): number {
  let fastest = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const count = work();
    fastest = Math.min(fastest, performance.now() - start);
    if (count === 0) throw new Error("The work under measurement did nothing");
  }
  return fastest;
}

const bytes = report();
const start = performance.now();
const decoded = decodeElementStatus(bytes);
const firstMs = performance.now() - start;
if (decoded.elements.length !== ELEMENTS || decoded.truncated) {
  throw new Error(`Decoded ${decoded.elements.length} of ${ELEMENTS} elements`);
}
const last = decoded.elements.at(-1);
if (last?.volumeTag !== "A65534L9") {
  throw new Error(`The last tag is ${last?.volumeTag}, not A65534L9`);
}
const decodeMs = fastestMs(() => decodeElementStatus(bytes).elements.length);
const copyMs = fastestMs(() =>
  new TextDecoder("latin1").decode(bytes.slice()).length
);
const ratio = decodeMs / copyMs;
const lines = [
  `element status, ${ELEMENTS} elements with tags, ${bytes.length} bytes: ` +
  `${decodeMs.toFixed(1)} ms (first call ${firstMs.toFixed(1)} ms), ` +
  `aim ${AIM_MS} ms: ${decodeMs <= AIM_MS ? "met" : "MISSED"}`,
  `  against copy + one TextDecoder call over the same bytes: ` +
  `${copyMs.toFixed(1)} ms, ratio ${ratio.toFixed(1)}`,
];
await Deno.stdout.write(new TextEncoder().encode(lines.join("\n") + "\n"));
