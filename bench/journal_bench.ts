/**
 * What the journal adds to a robot step: the time of its commits around one
 * move, of a real manager on a real disk. The reference, in the same run and
 * on the same disk, is as many commits of one small row each by SQLite alone,
 * with the settings of the catalogue; the first of them is synced with the
 * second one, as that of the journal is.
 *
 * Run: `deno run -A bench/journal_bench.ts`
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { openChanger } from "../src/changer/mod.ts";
import { Database, type Durable, type Writer } from "../src/database/mod.ts";
import { type Manager, openManager } from "../src/manager/mod.ts";
import { INFINITE } from "../src/model/mod.ts";
import { systemClock, systemRandom } from "../src/model/system.ts";

/** For the 99th percentile. */
const AIM_MS = 5;
/** Where SQLite alone takes longer than that: how much longer than it the journal may take. */
const AIM_RATIO = 1.5;
const ROUNDS = 50;
/** Mounts with their dismounts in one round; each is two moves. */
const MOUNTS = 5;
const WARM_UP_ROUNDS = 3;
const LIBRARY =
  "virtual:journal?files=no&slots=8&cartridges=1&drives=1&barcodes=J%03dL6";
/** What the journal commits of a move that goes well, in this order. */
const STEPS = ["stepPlanned", "stepSent", "stepConfirmed"] as const;
const CALLER = {
  application: "bench",
  user: "bench",
  computer: "here",
  session: "bench",
} as const;

/** Measures the commits of a catalogue, by the names of their crash points. */
class CommitTimes {
  /** Milliseconds that the journal took, one number for each move. */
  readonly moves: number[] = [];
  #inStep = 0;
  #name = "";

  /** To be told of each crash point. */
  readonly crash = (point: string): void => {
    const [, name] = /^commit\.(\w+)\.before$/.exec(point) ?? [];
    if (name !== undefined) this.#name = name;
  };

  /** The catalogue with a clock on its transactions. */
  watch(database: Database): Database {
    const write = async <T>(
      work: (db: Writer) => Promise<T>,
      durable?: Durable,
    ): Promise<T> => {
      const start = performance.now();
      let name = "";
      const result = await database.write(async (db) => {
        this.#name = "";
        const result = await work(db);
        name = this.#name;
        return result;
      }, durable);
      this.#count(name, performance.now() - start);
      return result;
    };
    return new Proxy(database, {
      get(target, key) {
        if (key === "write") return write;
        const member: unknown = Reflect.get(target, key, target);
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
  }

  #count(name: string, tookMs: number): void {
    const index = STEPS.findIndex((step) => step === name);
    if (index < 0) return;
    this.#inStep = index === 0 ? tookMs : this.#inStep + tookMs;
    if (index === STEPS.length - 1) this.moves.push(this.#inStep);
  }
}

/** As many commits as the journal makes of a move, by SQLite alone. */
class BareCommits {
  readonly moves: number[] = [];
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" +
        "CREATE TABLE step (id INTEGER PRIMARY KEY, state TEXT, at INTEGER)",
    );
  }

  run(count: number): void {
    const insert = this.#database.prepare(
      "INSERT INTO step (state, at) VALUES (?, ?)",
    );
    const update = this.#database.prepare(
      "UPDATE step SET state = ?, at = ? WHERE id = ?",
    );
    for (let move = 0; move < count; move++) {
      const start = performance.now();
      this.#database.exec("PRAGMA synchronous = NORMAL");
      const { lastInsertRowid } = insert.run("planned", move);
      this.#database.exec("PRAGMA synchronous = FULL");
      for (const state of ["sent", "confirmed"]) {
        update.run(state, move, lastInsertRowid);
      }
      this.moves.push(performance.now() - start);
    }
  }

  close(): void {
    this.#database.close();
  }
}

async function allocate(manager: Manager): Promise<string> {
  const { items: [type] } = await manager.list({
    type: "mediaType",
    container: null,
    name: "LTO-6",
  });
  const { pool } = await manager.createPool(CALLER, {
    name: "bench",
    mediaType: type?.type === "mediaType" ? type.id : null,
    parent: null,
    mode: "always",
    drawFromFree: true,
  });
  const { logicalMedium } = await manager.allocate(CALLER, {
    pool,
    side: null,
    timeoutMs: INFINITE,
  });
  return logicalMedium;
}

async function moveAbout(manager: Manager, medium: string): Promise<void> {
  for (let count = 0; count < MOUNTS; count++) {
    await manager.mount(CALLER, {
      media: [medium],
      priority: 0,
      timeoutMs: INFINITE,
    });
    await manager.dismount(CALLER, { media: [medium], wait: true });
  }
}

/** A directory on a disk: the usual one for temporary files may be in memory. */
async function onDisk(): Promise<string> {
  const isThere = (path: string) =>
    Deno.stat(path).then(() => true, () => false);
  const dir = await isThere("/var/tmp") ? "/var/tmp" : Deno.cwd();
  return await Deno.makeTempDir({ dir, prefix: "rsm-bench-" });
}

/** The kind of file system that a path is on. */
async function fileSystemOf(path: string): Promise<string> {
  const mounts = (await Deno.readTextFile("/proc/mounts")).trim().split("\n")
    .map((line) => line.split(" "));
  const [, , kind = "unknown"] =
    mounts.filter(([, point = ""]) =>
      path === point ||
      path.startsWith(point.endsWith("/") ? point : `${point}/`)
    ).sort(([, one = ""], [, other = ""]) => other.length - one.length)[0] ??
      [];
  return kind;
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}

function describe(values: readonly number[]): string {
  return `p50 ${at(values, 0.5).toFixed(2)} ms, p99 ${
    at(values, 0.99).toFixed(2)
  } ms`;
}

async function measure(directory: string): Promise<[number[], number[]]> {
  const times = new CommitTimes();
  const bare = new BareCommits(`${directory}/bare.sqlite`);
  const database = await Database.open(`${directory}/rsm.sqlite`);
  await using manager = openManager({
    database: times.watch(database),
    libraries: [{
      device: LIBRARY,
      open: (signal) => openChanger(LIBRARY, { clock: systemClock, signal }),
    }],
    clock: systemClock,
    random: systemRandom,
    log: { info() {}, warn() {}, error() {} },
    computer: "here",
    trustBarCodes: true,
    crash: times.crash,
  });
  await manager.ready;
  const medium = await allocate(manager);
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round++) {
    await moveAbout(manager, medium);
    bare.run(2 * MOUNTS);
    if (round >= WARM_UP_ROUNDS) continue;
    times.moves.length = 0;
    bare.moves.length = 0;
  }
  bare.close();
  return [times.moves, bare.moves];
}

/** What came of it, and whether that is good enough. */
function judge(
  journal: readonly number[],
  bare: readonly number[],
): { verdict: string; met: boolean } {
  const [ours, theirs] = [at(journal, 0.99), at(bare, 0.99)];
  const ratio = ours / theirs;
  if (theirs <= AIM_MS || ours <= AIM_MS) {
    const met = ours <= AIM_MS;
    return {
      verdict: `ratio ${ratio.toFixed(2)}, aim ${AIM_MS} ms p99: ${
        met ? "met" : "MISSED"
      }`,
      met,
    };
  }
  const met = ratio <= AIM_RATIO;
  return {
    verdict: `ratio ${
      ratio.toFixed(2)
    }, aim ${AIM_MS} ms p99: this disk is too slow for it by itself; aim ${
      AIM_RATIO.toFixed(2)
    } of its time: ${met ? "met" : "MISSED"}`,
    met,
  };
}

const directory = await onDisk();
try {
  const [journal, bare] = await measure(directory);
  const kind = await fileSystemOf(directory);
  const { met, verdict } = judge(journal, bare);
  const lines = [
    `the journal's ${STEPS.length} commits of one move, ${journal.length} moves on ${kind}: ${
      describe(journal)
    }`,
    `  against as many commits by SQLite alone: ${describe(bare)}, ${verdict}`,
    "",
  ];
  await Deno.stdout.write(new TextEncoder().encode(lines.join("\n")));
  if (!met) Deno.exitCode = 1;
} finally {
  await Deno.remove(directory, { recursive: true });
}
