/**
 * How much memory `rsm serve` takes with 10,000 cartridges, once it is ready
 * and after its map was asked for. The reference, in the same run, is the same
 * service with 24 cartridges.
 *
 * Run: `deno run -A bench/memory_bench.ts [OPTIONS OF deno run...]`; the
 * options, such as `--import-map=...`, are handed on to the service.
 *
 * @module
 */
import { openSession } from "../src/client/mod.ts";
import { libraryOf, startServe } from "./serve_child.ts";

const AIM_MB = 150;

/** Resident memory, in megabytes. */
interface Measured {
  readonly readyMb: number;
  readonly mappedMb: number;
}

async function residentMb(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_000;
}

async function measure(cartridges: number): Promise<Measured> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-bench-" });
  const service = await startServe(directory, libraryOf(cartridges));
  const readyMb = await residentMb(service.pid);
  {
    await using session = await openSession({
      socket: `${directory}/rsm.sock`,
    });
    await session.map();
  }
  const mappedMb = await residentMb(service.pid);
  await service.stop("SIGTERM");
  await Deno.remove(directory, { recursive: true });
  return { readyMb, mappedMb };
}

const reference = await measure(24);
const measured = await measure(10_000);
const met = measured.readyMb <= AIM_MB;
const show = ({ readyMb, mappedMb }: Measured) =>
  `${readyMb.toFixed(0)} MB ready, ${mappedMb.toFixed(0)} MB after a map`;
const lines = [
  `the service with 10,000 cartridges: ${show(measured)}`,
  `the same with 24 (reference):       ${show(reference)}`,
  `ratio ${(measured.readyMb / reference.readyMb).toFixed(2)} when ready; ` +
  `aim: ${AIM_MB} MB when ready: ${met ? "met" : "MISSED"}`,
  "",
];
await Deno.stdout.write(new TextEncoder().encode(lines.join("\n")));
if (!met) Deno.exit(1);
