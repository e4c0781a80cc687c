/**
 * How fast sessions open and close over the service's Unix socket. The
 * references, in the same run and with the same client: a bare `node:http`
 * server that says hello on a Unix socket, and `Deno.serve` doing so.
 *
 * A session takes two calls, so half of the reference's rate is the most that
 * there can be.
 *
 * Run: `deno run -A bench/session_bench.ts`
 *
 * @module
 */
import { createServer } from "node:http";
import { openSession } from "../src/client/mod.ts";
import {
  HttpConnection,
  type HttpRequest,
} from "../src/client/http_connection.ts";

const AIM = 1 / 3;
const ROUNDS = 40;
/** Sessions, or hellos, in one round: short, so that what disturbs one disturbs its neighbours too. */
const CALLS = 100;

const HELLO: HttpRequest = {
  method: "POST",
  path: "/v1/Hello",
  host: "rsm",
  headers: {},
  body: "{}",
};

/** What runs in a Worker of its own, by its name. */
const SERVERS: Readonly<Record<string, (path: string) => Promise<void>>> = {
  async service(path) {
    const { startService } = await import("../src/service/mod.ts");
    const service = await startService({
      libraries: ["virtual:bench?files=no"],
      state: `${path}.state`,
      socket: path,
    });
    await service.ready;
  },
  node(path) {
    const server = createServer((incoming, outgoing) => {
      incoming.resume();
      incoming.on("end", () => {
        outgoing.writeHead(200, { "content-type": "application/json" });
        outgoing.end(`{"hello":true}`);
      });
    });
    return new Promise((resolve) => server.listen(path, () => resolve()));
  },
  deno(path) {
    return new Promise((resolve) => {
      Deno.serve({ path, onListen: () => resolve() }, async (request) => {
        await request.text();
        return Response.json({ hello: true });
      });
    });
  },
};

/** A server in a Worker of its own, which listens. */
async function startServer(kind: string, path: string): Promise<Worker> {
  const worker = new Worker(import.meta.url, { type: "module", name: kind });
  await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = reject;
    worker.postMessage(path);
  });
  return worker;
}

/** Calls in a second. */
async function rateOf(call: () => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let count = 0; count < CALLS; count++) await call();
  return CALLS * 1000 / (performance.now() - start);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ??
    NaN;
}

async function helloAt(path: string): Promise<() => Promise<void>> {
  const connection = new HttpConnection(
    await Deno.connect({ transport: "unix", path }),
  );
  return async () => {
    const { body } = await connection.exchange(HELLO);
    if (body !== `{"hello":true}`) throw new Error(`Not a hello: ${body}`);
  };
}

async function compare(directory: string): Promise<readonly string[]> {
  const socket = `${directory}/service.sock`;
  const session = async () => {
    const opened = await openSession({ socket });
    await opened.close();
  };
  const node = await helloAt(`${directory}/node.sock`);
  const deno = await helloAt(`${directory}/deno.sock`);
  // One session stays open, as in a program that opens another: so the
  // connection stays too, as those of the references do.
  await using _kept = await openSession({ socket });
  for (const call of [session, node, deno]) await rateOf(call);
  const rates = { session: [0], node: [0], deno: [0], ratio: [0] };
  for (const list of Object.values(rates)) list.pop();
  for (let round = 0; round < ROUNDS; round++) {
    const [ours, theirs] = [await rateOf(session), await rateOf(node)];
    rates.session.push(ours);
    rates.node.push(theirs);
    rates.deno.push(await rateOf(deno));
    rates.ratio.push(ours / theirs);
  }
  const ratio = median(rates.ratio);
  const perSecond = (list: readonly number[]) => `${median(list).toFixed(0)}/s`;
  return [
    `session open + close over a Unix socket: ${perSecond(rates.session)}`,
    `  against a bare node:http hello, same client: ` +
    `${perSecond(rates.node)}, ratio ${ratio.toFixed(2)}, ` +
    `aim ${AIM.toFixed(2)}: ${ratio >= AIM ? "met" : "MISSED"}`,
    `  beside it a bare Deno.serve hello: ${perSecond(rates.deno)}`,
  ];
}

async function main(): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-bench-" });
  const workers: Worker[] = [];
  try {
    for (const kind of Object.keys(SERVERS)) {
      workers.push(await startServer(kind, `${directory}/${kind}.sock`));
    }
    await print((await compare(directory)).join("\n"));
  } finally {
    for (const worker of workers) worker.terminate();
    await Deno.remove(directory, { recursive: true });
  }
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

const serve = SERVERS[self.name];
if (serve === undefined) await main();
else {
  self.onmessage = async ({ data }: MessageEvent<string>) => {
    await serve(data);
    self.postMessage("listening");
  };
}
