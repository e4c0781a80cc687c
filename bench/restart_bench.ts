/**
 * How long `rsm serve` takes from the start of its process until it is ready,
 * on a catalogue of 10,000 cartridges, after it was stopped and after it was
 * killed. The reference, in the same run, is the same service with 24
 * cartridges. Its library is virtual: of a real one the status reads come on
 * top, one for each 1,000 elements, and are measured here on the virtual one.
 *
 * Run: `deno run -A bench/restart_bench.ts [OPTIONS OF deno run...]`; the
 * options, such as `--import-map=...`, are handed on to the service.
 *
 * @module
 */
import { openChanger } from "../src/changer/mod.ts";
import { systemClock } from "../src/model/system.ts";
import { libraryOf, startServe } from "./serve_child.ts";

const AIM_MS = 5_000;
const CARTRIDGES = 10_000;
const ROUNDS = 3;

/** The signals that a service ends by, and what that is called. */
const ENDS = [["SIGTERM", "stop"], ["SIGKILL", "kill"]] as const;

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ??
    NaN;
}

/** Times until ready, for each way to end; the catalogue is made before. */
async function measure(cartridges: number): Promise<readonly number[]> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-bench-" });
  const library = libraryOf(cartridges);
  try {
    const times: number[] = [];
    let running = await startServe(directory, library);
    for (const [signal] of ENDS) {
      const took: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        await running.stop(signal);
        running = await startServe(directory, library);
        took.push(running.readyMs);
      }
      times.push(median(took));
    }
    await running.stop("SIGTERM");
    return times;
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** How long the status of all elements takes to read. */
async function readAll(): Promise<number> {
  await using changer = await openChanger(libraryOf(CARTRIDGES), {
    clock: systemClock,
  });
  await changer.readElements();
  const start = performance.now();
  await changer.readElements();
  return performance.now() - start;
}

const reads = await readAll();
const reference = await measure(24);
const measured = await measure(CARTRIDGES);
const aim = AIM_MS + reads;
const met = measured.every((took) => took <= aim);
const show = (times: readonly number[]) =>
  ENDS.map(([, end], index) =>
    `${((times[index] ?? NaN) / 1_000).toFixed(2)} s after a ${end}`
  ).join(", ");
const ratio = Math.max(...measured) / Math.max(...reference);
const lines = [
  `ready again with 10,000 cartridges: ${show(measured)}`,
  `the same with 24 (reference):       ${show(reference)}`,
  `ratio ${ratio.toFixed(2)}; status reads ${reads.toFixed(0)} ms; ` +
  `aim: ${AIM_MS / 1_000} s and the reads: ${met ? "met" : "MISSED"}`,
  "",
];
await Deno.stdout.write(new TextEncoder().encode(lines.join("\n")));
if (!met) Deno.exit(1);
