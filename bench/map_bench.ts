/**
 * How long a small call takes while 25 clients ask for the map of a library of
 * 10,000 cartridges, which has just changed. The reference, in the same run, is
 * the same small call while one client asks for it.
 *
 * Run: `deno run -A bench/map_bench.ts`
 *
 * @module
 */
import { openSession } from "../src/client/mod.ts";

/** How many times as long as beside one map a small call may take. */
const AIM = 3;
const CLIENTS = 25;
const CARTRIDGES = 10_000;
const ROUNDS = 4;
const WARM_UP_ROUNDS = 1;
/** A small call is made so often. */
const EVERY_MS = 5;
const LIBRARY =
  `virtual:maps?files=no&slots=${CARTRIDGES}&cartridges=${CARTRIDGES}&barcodes=A%05dL6`;

/** What a Worker is told. */
interface Order {
  readonly socket: string;
  readonly clients: number;
}

/** What runs in a Worker of its own, by its name. */
const WORKERS: Readonly<Record<string, (order: Order) => Promise<void>>> = {
  async service({ socket }) {
    const { startService } = await import("../src/service/mod.ts");
    const service = await startService({
      libraries: [LIBRARY],
      state: `${socket}.state`,
      socket,
      trustBarCodes: true,
    });
    await service.ready;
  },
  /** Has every client ask for a map at once. */
  async clients({ clients, socket }) {
    const sessions = await Promise.all(
      Array.from({ length: clients }, () => openSession({ socket })),
    );
    await Promise.all(sessions.map((session) => session.map()));
    await Promise.all(sessions.map((session) => session.close()));
  },
};

function startWorker(kind: string): Worker {
  return new Worker(import.meta.url, { type: "module", name: kind });
}

async function ask(worker: Worker, order: Order): Promise<void> {
  await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = reject;
    worker.postMessage(order);
  });
}

/** Makes small calls until `until` settles; how long each took. */
async function smallCalls(
  call: () => Promise<unknown>,
  until: Promise<unknown>,
): Promise<number[]> {
  let ended = false;
  const end = until.finally(() => ended = true);
  const took: number[] = [];
  while (!ended) {
    const start = performance.now();
    await call();
    took.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  await end;
  return took;
}

function describe(took: readonly number[]): string {
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share: number) =>
    (sorted[Math.floor((sorted.length - 1) * share)] ?? NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

/** Times of small calls beside the maps of one client, and of many. */
async function measure(
  socket: string,
  clients: Worker,
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  await using session = await openSession({ socket });
  const [pool = ""] = await session.enumerate("mediaPool");
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round++) {
    for (const [index, count] of [1, CLIENTS].entries()) {
      await session.createPool({ name: `round ${round}, ${count}` });
      const took = await smallCalls(
        () => session.object(pool),
        ask(clients, { socket, clients: count }),
      );
      if (round >= WARM_UP_ROUNDS) times[index]?.push(...took);
    }
  }
  return times;
}

async function main(): Promise<boolean> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-bench-" });
  const socket = `${directory}/rsm.sock`;
  const service = startWorker("service");
  const clients = startWorker("clients");
  try {
    await ask(service, { socket, clients: 0 });
    const [one, many] = await measure(socket, clients);
    const ratio = Math.max(...many) / Math.max(...one);
    const met = ratio <= AIM;
    const lines = [
      `a small call while ${CLIENTS} clients ask for the map of ${CARTRIDGES} cartridges: ${
        describe(many)
      }`,
      `  the same while one does (reference): ${describe(one)}`,
      `  ratio ${ratio.toFixed(1)} of the longest, aim ${AIM}: ${
        met ? "met" : "MISSED"
      }`,
      "",
    ];
    await Deno.stdout.write(new TextEncoder().encode(lines.join("\n")));
    return met;
  } finally {
    service.terminate();
    clients.terminate();
    await Deno.remove(directory, { recursive: true });
  }
}

const work = WORKERS[self.name];
if (work === undefined) {
  if (!await main()) Deno.exit(1);
} else {
  self.onmessage = async ({ data }: MessageEvent<Order>) => {
    await work(data);
    self.postMessage("done");
  };
}
