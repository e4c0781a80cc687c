/**
 * What the software adds to a mount: the time from the call of a program to
 * its end, over the service's socket, less what a bare C program takes to send
 * the same SCSI commands to the same library right after. Runs in the kernel
 * lab, where the robot takes no time:
 *
 *     cc -O2 -shared -fPIC -o /tmp/cdb_list.so bench/cdb_list.c
 *     uml-lab -- env CDB_LIST=/tmp/cdb_list.so deno run -A bench/mount_bench.ts
 *
 * Each round mounts a medium and dismounts it, and has C do both again, which
 * leaves the library as it was. The lab has its files in memory: what a disk
 * adds to a commit, `journal_bench.ts` measures.
 *
 * @module
 */
import { openSession, type Session } from "../src/client/mod.ts";
import { startService } from "../src/service/mod.ts";
import { ScsiGeneric } from "../ffi/mod.ts";

const AIM_P99_MS = 10;
const ROUNDS = 200;
const WARM_UP_ROUNDS = 20;

const symbols = {
  // int64_t cdb_list(const char *paths, int32_t devices,
  //                  struct request *list, int32_t count);
  cdb_list: { parameters: ["buffer", "i32", "buffer", "i32"], result: "i64" },
} as const satisfies Deno.ForeignLibraryInterface;

/** A command that went out. */
interface Sent {
  readonly path: string;
  readonly cdb: Uint8Array;
  readonly dataLength: number;
}

/** `struct request` of cdb_list.c. */
const REQUEST_SIZE = 28;

function required(name: string): string {
  const value = Deno.env.get(name);
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** What every device of this process is sent, until the list is taken. */
function record(): () => Sent[] {
  let sent: Sent[] = [];
  const { execute } = ScsiGeneric.prototype;
  ScsiGeneric.prototype.execute = function (command) {
    if (command.dataOut !== undefined) throw new Error("A mount writes data");
    sent.push({
      path: this.path,
      cdb: command.cdb,
      dataLength: command.dataIn ?? 0,
    });
    return execute.call(this, command);
  };
  return () => {
    const taken = sent;
    sent = [];
    return taken;
  };
}

/** The milliseconds that C takes for commands. */
function openC(): (sent: readonly Sent[]) => number {
  const { cdb_list } = Deno.dlopen(required("CDB_LIST"), symbols).symbols;
  return (sent) => {
    const paths = [...new Set(sent.map(({ path }) => path))];
    const list = new Uint8Array(REQUEST_SIZE * sent.length);
    const view = new DataView(list.buffer);
    for (const [index, { cdb, dataLength, path }] of sent.entries()) {
      const at = index * REQUEST_SIZE;
      view.setUint32(at, paths.indexOf(path), true);
      view.setUint32(at + 4, cdb.length, true);
      view.setUint32(at + 8, dataLength, true);
      list.set(cdb, at + 12);
    }
    const names = new TextEncoder().encode(
      paths.map((path) => `${path}\0`).join(""),
    );
    const took = cdb_list(names, paths.length, list, sent.length);
    if (took < 0n) throw new Error(`cdb_list: errno ${-took}`);
    return Number(took) / 1_000_000;
  };
}

/** One mount: by the service and by C, in milliseconds. */
interface Round {
  readonly ours: number;
  readonly c: number;
  readonly commands: number;
}

async function oneRound(
  session: Session,
  medium: string,
  take: () => Sent[],
  inC: (sent: readonly Sent[]) => number,
): Promise<Round> {
  take();
  const began = performance.now();
  await session.mount(medium);
  const ours = performance.now() - began;
  const mount = take();
  await session.dismount(medium, { wait: true });
  const dismount = take();
  const c = inC(mount);
  inC(dismount);
  return { ours, c, commands: mount.length };
}

async function measure(): Promise<Round[]> {
  const take = record();
  const inC = openC();
  const directory = await Deno.makeTempDir();
  const socket = `${directory}/rsm.sock`;
  await using service = await startService({
    libraries: [required("CHANGER_SG")],
    state: `${directory}/state`,
    socket,
    trustBarCodes: true,
  });
  await service.ready;
  await using session = await openSession({ socket });
  const types = await session.objects("mediaType");
  const pool = await session.createPool({
    name: "bench",
    mediaType: types.find(({ name }) => name === "LTO-6")?.id ?? "",
    drawFromFree: true,
  });
  const { logicalMedium } = await session.allocate({ pool });
  const rounds: Round[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const one = await oneRound(session, logicalMedium, take, inC);
    if (round >= 0) rounds.push(one);
  }
  return rounds;
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ??
    NaN;
}

const rounds = await measure();
const show = (name: string, values: readonly number[]) =>
  print(
    `  ${name.padEnd(30)} median ${quantile(values, 0.5).toFixed(2)} ms, p99 ${
      quantile(values, 0.99).toFixed(2)
    } ms`,
  );
print(`${ROUNDS} mounts of ${rounds.at(-1)?.commands ?? 0} SCSI commands each`);
show("by the service", rounds.map(({ ours }) => ours));
show("the same commands in C", rounds.map(({ c }) => c));
const added = rounds.map(({ ours, c }) => ours - c);
show("what the software adds", added);
const held = quantile(added, 0.99) < AIM_P99_MS;
print(`  aim p99 ${AIM_P99_MS} ms: ${held ? "held" : "MISSED"}`);
if (!held) Deno.exitCode = 1;
