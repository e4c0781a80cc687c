/**
 * How long status and queries take while the robot works: a service of its own
 * with 5,000 slots, 12 drives and two arms, once at rest (the reference) and
 * once while more programs than there are drives mount and dismount without a
 * break, so that all drives and both arms are busy; four times and forty times
 * as fast as a real library.
 *
 * What is printed of the answers is the median of rounds: on a shared machine
 * others disturb some of them.
 *
 * Run: `deno run -A bench/status_bench.ts [OPTIONS OF deno run...]`; the
 * options, such as `--import-map=...`, are handed on to the service.
 *
 * @module
 */
import { openSession, type Session } from "../src/client/mod.ts";
import { startServe } from "./serve_child.ts";

const AIM_P99_MS = 10;
const SLOTS = 5_000;
const DRIVES = 12;
const ARMS = 2;
const PROGRAMS = 30;
/** Rounds, and how many times each question is asked in one. */
const ROUNDS = 9;
const QUESTIONS = 100;
/** So long all drives may take until they are busy. */
const PATIENCE_MS = 60_000;
/** So long each holds what it has mounted. */
const HOLD_MS = 200;

/** What is asked; each is a call of the service. */
type Questions = Readonly<Record<string, () => Promise<unknown>>>;
/** Of the answers to a question, in milliseconds. */
interface Times {
  readonly median: number;
  readonly p99: number;
}
/** What each question takes. */
type Answers = ReadonlyMap<string, Times>;

function questionsOf(session: Session, drive: string): Questions {
  return {
    "object look-up": () => session.object(drive),
    "drives and their states": () => session.part("drive"),
    "queue of the library": () => session.part("libraryRequest"),
    "200 cartridges": () => session.part("cartridge"),
  };
}

async function ask(questions: Questions): Promise<Answers> {
  const rounds = new Map<string, Times[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, question] of Object.entries(questions)) {
      const times = [];
      for (let count = 0; count < QUESTIONS; count++) {
        const start = performance.now();
        await question();
        times.push(performance.now() - start);
      }
      const list = rounds.get(name) ?? [];
      list.push({ median: quantile(times, 0.5), p99: quantile(times, 0.99) });
      rounds.set(name, list);
    }
  }
  return new Map(
    [...rounds].map(([name, list]) => [name, {
      median: quantile(list.map(({ median }) => median), 0.5),
      p99: quantile(list.map(({ p99 }) => p99), 0.5),
    }]),
  );
}

/** The value that a part of all is below. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[
    Math.min(sorted.length - 1, Math.floor(sorted.length * part))
  ] ??
    NaN;
}

/** Waits until a cartridge is in every drive, or on its way there. */
async function untilBusy(session: Session): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const { items } = await session.part("drive");
    if (items.every(({ state }) => state !== "dismounted")) return;
    if (performance.now() > end) throw new Error("Not all drives became busy");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Programs that mount and dismount until they are told to end; how many mounts they had. */
async function work(socket: string, stop: AbortSignal): Promise<number> {
  let mounts = 0;
  const program = async (number: number): Promise<void> => {
    await using session = await openSession({
      socket,
      application: `program ${number}`,
    });
    const types = (await session.part("mediaType")).items;
    const type = types.find(({ name }) => name === "LTO-6")?.id ?? null;
    const pool = await session.createPool({
      name: `pool ${number}`,
      mediaType: type,
      drawFromFree: true,
    });
    const media = [];
    for (let count = 0; count < 4; count++) {
      media.push((await session.allocate({ pool })).logicalMedium);
    }
    for (let turn = 0; !stop.aborted; turn++) {
      const medium = media[turn % media.length] ?? "";
      try {
        await session.mount(medium, { signal: stop });
      } catch (error) {
        if (stop.aborted) return;
        throw error;
      }
      mounts++;
      await new Promise((resolve) => setTimeout(resolve, HOLD_MS));
      await session.dismount(medium, { deferred: true });
    }
  };
  await Promise.all(Array.from({ length: PROGRAMS }, (_, n) => program(n)));
  return mounts;
}

/** Asks at rest and at work. */
async function measure(speed: string): Promise<boolean> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-bench-" });
  const service = await startServe(
    directory,
    `virtual:bench?files=no&slots=${SLOTS}&cartridges=${SLOTS}&drives=${DRIVES}&transports=${ARMS}&speed=${speed}&barcodes=A%04dL6`,
  );
  const socket = `${directory}/rsm.sock`;
  try {
    await using session = await openSession({ socket });
    const [drive] = (await session.part("drive")).items;
    const questions = questionsOf(session, drive?.id ?? "");
    await ask(questions);
    const idle = await ask(questions);
    // The programs are in a Worker, or the questions would wait for them here.
    const worker = new Worker(import.meta.url, {
      type: "module",
      name: socket,
    });
    await untilBusy(session);
    const busy = await ask(questions);
    const mounts = await new Promise<number>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
      worker.postMessage("stop");
    });
    worker.terminate();
    return await report(speed, idle, busy, mounts);
  } finally {
    await service.stop("SIGTERM");
    await Deno.remove(directory, { recursive: true });
  }
}

async function report(
  speed: string,
  idle: Answers,
  busy: Answers,
  mounts: number,
): Promise<boolean> {
  await print(
    `${SLOTS} slots, ${DRIVES} drives, ${ARMS} arms, ${speed} times as fast as real: ${mounts} mounts by ${PROGRAMS} programs`,
  );
  let held = true;
  for (const [question, times] of busy) {
    const rest = idle.get(question) ?? { median: NaN, p99: NaN };
    const met = times.p99 < AIM_P99_MS;
    held &&= met;
    const show = ({ median, p99 }: Times) =>
      `${median.toFixed(2).padStart(6)} ms, p99 ${
        p99.toFixed(2).padStart(6)
      } ms`;
    await print(
      `  ${question.padEnd(24)} ${show(times)}; at rest ${show(rest)}: ` +
        `${(times.p99 / rest.p99).toFixed(2)} times by p99; ` +
        `aim ${AIM_P99_MS} ms: ${met ? "met" : "MISSED"}`,
    );
  }
  return held;
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

if (self.name === "") {
  const held = [await measure("4"), await measure("40")];
  if (held.includes(false)) Deno.exit(1);
} else {
  const stop = new AbortController();
  self.onmessage = () => stop.abort();
  self.postMessage(await work(self.name, stop.signal));
}
