/**
 * How long `rsm status --json` takes from its start to its first answer while
 * the service runs. The reference, in the same run, is the least that any
 * Deno program must do for the same answer: a bare `deno run` that makes the
 * same three requests with `node:http` and prints what it gets; beside it, a
 * bare `deno run` that prints a word. They take turns.
 *
 * Run: `deno run -A bench/cli_bench.ts [OPTIONS OF deno run...]`; the options,
 * such as `--import-map=...`, are handed on to each program.
 *
 * @module
 */
import {
  HEADERS,
  INTERFACE_VERSION,
  type OpenOutput,
  OPERATION_PATH,
} from "../src/protocol/wire.ts";

const AIM_MS = 100;
const ROUNDS = 21;
const HERE = new URL(import.meta.url).pathname;
const CLI = new URL("../cli.ts", import.meta.url).pathname;
const REFERENCE = "--as-reference";

/** The reference itself: what runs in the child process. */
async function beReference(socketPath: string): Promise<void> {
  const { request } = await import("node:http");
  const call = (operation: string, session: string, input: unknown) =>
    new Promise<string>((resolve, reject) => {
      const sent = request({
        socketPath,
        path: OPERATION_PATH + operation,
        method: "POST",
        headers: {
          "content-type": "application/json",
          [HEADERS.interface]: String(INTERFACE_VERSION),
          ...session === "" ? {} : { [HEADERS.session]: session },
        },
      }, (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => text += part);
        answer.on("end", () => {
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${operation}: ${answer.statusCode} ${text}`));
        });
      });
      sent.on("error", reject);
      sent.end(JSON.stringify(input));
    });
  const opened: OpenOutput = JSON.parse(await call("OpenNtmsSession", "", {}));
  const session = `${opened.session}.${opened.secret}`;
  const map = await call("MapNtmsLibrary", session, { library: null });
  await Deno.stdout.write(new TextEncoder().encode(map));
  await call("CloseNtmsSession", session, {});
  Deno.exit(0);
}

/** Milliseconds from the start of a program to the first bytes of its answer. */
async function firstAnswerMs(
  args: readonly string[],
  env: Record<string, string>,
): Promise<number> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  const elapsedMs = performance.now() - start;
  if (value === undefined) throw new Error(`${args.join(" ")}: no answer`);
  while (!(await reader.read()).done);
  const { code } = await child.status;
  if (code !== 0) throw new Error(`${args.join(" ")}: exit status ${code}`);
  return elapsedMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Starts the service and waits for the line that tells it is ready. */
async function startService(
  options: readonly string[],
  directory: string,
  socket: string,
): Promise<Deno.ChildProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      ...options,
      CLI,
      "serve",
      "--library=virtual:bench?slots=24&drives=2&files=no",
      "--trust-bar-codes",
      `--state=${directory}/state`,
      `--socket=${socket}`,
    ],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.getReader();
  const { done } = await reader.read();
  reader.releaseLock();
  if (done) throw new Error("The service ended before it was ready");
  return child;
}

async function measure(options: readonly string[]): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-bench-" });
  const socket = `${directory}/rsm.sock`;
  const hello = `${directory}/hello.ts`;
  await Deno.writeTextFile(hello, 'console.log("hello");\n');
  const service = await startService(options, directory, socket);
  try {
    const env = { RSM_SOCKET: socket };
    const run = ["run", "-A", ...options];
    const programs = [
      [...run, CLI, "status", "--json"],
      [...run, HERE, REFERENCE, socket],
      [...run, hello],
    ];
    const times: number[][] = programs.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, program] of programs.entries()) {
        times[index]?.push(await firstAnswerMs(program, env));
      }
    }
    const [cli = NaN, reference = NaN, word = NaN] = times.map(median);
    const best = Math.min(...times[0] ?? []);
    return [
      `rsm status --json to its first answer: median ${cli.toFixed(0)} ms, ` +
      `best ${best.toFixed(0)} ms of ${ROUNDS}, aim ${AIM_MS} ms: ${
        cli <= AIM_MS ? "met" : "MISSED"
      }`,
      `  against a bare deno run making the same requests by node:http: ` +
      `median ${reference.toFixed(0)} ms, ratio ${
        (cli / reference).toFixed(2)
      }`,
      `  a bare deno run that prints a word: median ${word.toFixed(0)} ms`,
    ].join("\n");
  } finally {
    service.kill("SIGTERM");
    await service.status;
    await service.stdout.cancel();
    await Deno.remove(directory, { recursive: true });
  }
}

const [mode, socket] = Deno.args;
if (mode === REFERENCE && socket !== undefined) {
  await beReference(socket);
} else {
  const report = await measure(Deno.args);
  await Deno.stdout.write(new TextEncoder().encode(`${report}\n`));
}
