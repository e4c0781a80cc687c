/**
 * How long the service takes for what programs do most, by the size of its
 * catalogue: 3,200, 32,000 and 320,000 cartridges in six libraries with 2,048
 * drives. Everything goes through a client over the Unix socket of `rsm serve`.
 * The references, in the same run: an empty round trip through that socket, a
 * bare select by an index of the same file, and a bare commit to the same disk.
 *
 * The libraries are virtual, so that what the service knows of their content,
 * about 190 bytes a cartridge, is in its memory, too.
 *
 * Run: `deno run -A bench/catalogue_size_bench.ts [OPTIONS OF deno run...]`;
 * the options, such as `--import-map=...`, are handed on to the service.
 * CARTRIDGES= picks sizes, as in `CARTRIDGES=3200,32000`.
 *
 * @module
 */
import {
  REFERENCES,
  timeAll,
  type Timed,
  type Times,
  WAYS,
} from "./catalogue_ways.ts";
import { memoryOf, startServe } from "./serve_child.ts";

const SIZES = [3_200, 32_000, 320_000];
const DRIVES = 2_048;
const LIBRARIES = 6;
const AIM_MS = 5;
const AIM_MB = 300;

/** What was found with a catalogue of one size. */
interface Measured {
  readonly cartridges: number;
  readonly times: Times;
  readonly inventoryMs: number;
  readonly readyMb: number;
  readonly afterMb: number;
  readonly mostMb: number;
}

/** How many of `all` things the library of a number has. */
function shareOf(all: number, library: number): number {
  return Math.floor((all + library) / LIBRARIES);
}

function letterOf(library: number): string {
  return String.fromCharCode("A".charCodeAt(0) + library);
}

function urlsOf(cartridges: number): readonly string[] {
  return Array.from({ length: LIBRARIES }, (_, library) => {
    const slots = shareOf(cartridges, library);
    const letter = letterOf(library);
    return `virtual:${letter}?files=no&slots=${slots}&cartridges=${slots}` +
      `&drives=${shareOf(DRIVES, library)}&barcodes=${letter}%05dL6`;
  });
}

/** The bar code of a cartridge, by its number in all libraries. */
function barCodeOf(number: number): string {
  const label = Math.floor(number / LIBRARIES) + 1;
  return `${letterOf(number % LIBRARIES)}${String(label).padStart(5, "0")}L6`;
}

async function measure(cartridges: number): Promise<Measured> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-bench-" });
  try {
    const service = await startServe(directory, ...urlsOf(cartridges));
    const { mostMb, nowMb: readyMb } = await memoryOf(service.pid);
    // Some of the libraries have one cartridge less than others.
    const numbered = Math.floor(cartridges / LIBRARIES) * LIBRARIES;
    const catalogue = { directory, barCodeOf, cartridges: numbered };
    const times = await timeAll(catalogue);
    const { nowMb: afterMb } = await memoryOf(service.pid);
    await service.stop("SIGTERM");
    const inventoryMs = service.readyMs;
    return { cartridges, times, inventoryMs, readyMb, afterMb, mostMb };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function at(share: number, times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
}

function median(measured: Measured, name: Timed): number {
  return at(0.5, measured.times[name]);
}

function row(name: string, cells: readonly string[]): string {
  return [name.padEnd(36), ...cells.map((cell) => cell.padStart(16))].join("");
}

function timesRow(all: readonly Measured[], timed: Timed, what: string) {
  return row(
    what,
    all.map((one) => {
      const p99 = at(0.99, one.times[timed]);
      return `${median(one, timed).toFixed(2)} / ${p99.toFixed(1)}`;
    }),
  );
}

/** How much longer it takes in the largest catalogue than in the smallest, and how much log n is. */
function growth(all: readonly Measured[], name: Timed): [number, number] {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return [1, 1];
  return [
    median(last, name) / median(first, name),
    Math.log(last.cartridges) / Math.log(first.cartridges),
  ];
}

/** What is said of one way, and whether its aims are met. */
function judge(
  all: readonly Measured[],
  name: Timed,
  what: string,
): { line: string; met: boolean } {
  const longest = Math.max(...all.map((one) => median(one, name)));
  const [grown, log] = growth(all, name);
  const largest = all.at(-1);
  const trips = largest === undefined
    ? NaN
    : median(largest, name) / median(largest, "trip");
  const met = longest < AIM_MS && grown <= log;
  const line = `${what}: at most ${longest.toFixed(2)} ms, aim ${AIM_MS}; ` +
    `${grown.toFixed(2)} times as long in the largest, log n is ${
      log.toFixed(2)
    }; ${trips.toFixed(1)} round trips: ${met ? "met" : "MISSED"}`;
  return { line, met };
}

function memoryRows(all: readonly Measured[]): readonly string[] {
  const megabytes = (key: "readyMb" | "afterMb" | "mostMb") =>
    all.map((one) => `${one[key].toFixed(0)} MB`);
  const seconds = all.map(({ inventoryMs }) =>
    `${(inventoryMs / 1_000).toFixed(1)} s`
  );
  return [
    row("first start with its inventories", seconds),
    row("  memory at most meanwhile", megabytes("mostMb")),
    row("memory when ready", megabytes("readyMb")),
    row("memory after all this", megabytes("afterMb")),
  ];
}

const wanted = Deno.env.get("CARTRIDGES")?.split(",").map(Number) ?? SIZES;
const all: Measured[] = [];
for (const cartridges of wanted) all.push(await measure(cartridges));
const isWay = (name: string): name is keyof typeof WAYS =>
  Object.hasOwn(WAYS, name);
const ways = Object.keys(WAYS).filter(isWay);
const isReference = (name: string): name is keyof typeof REFERENCES =>
  Object.hasOwn(REFERENCES, name);
const references = Object.keys(REFERENCES).filter(isReference);
const judged = ways.map((name) => judge(all, name, WAYS[name]));
const memory = Math.max(...all.flatMap((one) => [one.readyMb, one.afterMb]));
const lines = [
  row("cartridges", wanted.map((size) => size.toLocaleString("en"))),
  row("ms, median / p99", []),
  ...ways.map((name) => timesRow(all, name, `  ${WAYS[name]}`)),
  ...references.map((name) =>
    timesRow(all, name, `  ${REFERENCES[name]} (reference)`)
  ),
  ...memoryRows(all),
  ...judged.map(({ line }) => line),
  `memory: ${memory.toFixed(0)} MB, aim ${AIM_MB}: ${
    memory < AIM_MB ? "met" : "MISSED"
  }`,
  "",
];
await Deno.stdout.write(new TextEncoder().encode(lines.join("\n")));
if (memory >= AIM_MB || !judged.every(({ met }) => met)) Deno.exit(1);
