/**
 * What a SCSI command costs by way of FFI: TEST UNIT READY on one sg device,
 * blocking and nonblocking, against a C loop on the same device in the same
 * run. Runs in the kernel lab, or wherever CHANGER_SG names a device:
 *
 *     cc -O2 -shared -fPIC -o /tmp/tur_loop.so bench/tur_loop.c
 *     uml-lab -- env TUR_LOOP=/tmp/tur_loop.so deno run -A bench/ffi_bench.ts
 *
 * `make bench` also preloads bench/user_clock.c there: user-mode Linux has no
 * vDSO, and the runtime looks at the clock eight times in a nonblocking call.
 *
 * The three take turns in rounds of a few milliseconds, and each is compared
 * with the C loop of its own round: on a shared machine the cost of a system
 * call changes by half from one second to the next.
 *
 * @module
 */
import { cString } from "../ffi/device.ts";
import { hostSurroundings, locateLibrary } from "../ffi/locate.ts";
import { nativeLibrary } from "../ffi/library.ts";
import { ScsiGeneric } from "../ffi/mod.ts";
import { CommandBuffer } from "../ffi/scsi_command.ts";

const AIM_BLOCKING = 1.3;
const AIM_NONBLOCKING = 2;
const ROUNDS = 200;
const COMMANDS = 20;
const WARM_UP_ROUNDS = 20;
const TEST_UNIT_READY = { cdb: new Uint8Array(6), timeoutMs: 10_000 };

/** The functions that the service calls, but on the calling thread. */
const blockingSymbols = {
  // int32_t rsm_open(const char *path);
  rsm_open: { parameters: ["buffer"], result: "i32" },
  // int32_t rsm_scsi_execute(int32_t fd, void *command,
  //                          uint32_t command_size, void *data,
  //                          uint32_t data_size);
  rsm_scsi_execute: {
    parameters: ["i32", "buffer", "u32", "buffer", "u32"],
    result: "i32",
  },
} as const satisfies Deno.ForeignLibraryInterface;

const loopSymbols = {
  // int64_t tur_loop(const char *device, int32_t count);
  tur_loop: { parameters: ["buffer", "i32"], result: "i64" },
} as const satisfies Deno.ForeignLibraryInterface;

function required(name: string): string {
  const value = Deno.env.get(name);
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** Gives a function that makes a round in C: microseconds a command. */
function openCLoop(path: string): () => number {
  const { tur_loop } = Deno.dlopen(required("TUR_LOOP"), loopSymbols).symbols;
  const device = cString(path);
  return () => {
    const nanoseconds = tur_loop(device, COMMANDS);
    if (nanoseconds < 0n) throw new Error(`tur_loop: errno ${-nanoseconds}`);
    return Number(nanoseconds) / COMMANDS / 1000;
  };
}

/** The same with blocking FFI calls. */
function openBlocking(path: string): () => number {
  const library = Deno.dlopen(
    locateLibrary(hostSurroundings()),
    blockingSymbols,
  );
  const { rsm_open, rsm_scsi_execute } = library.symbols;
  const fd = rsm_open(cString(path));
  const buffer = new CommandBuffer();
  return () => {
    const began = performance.now();
    for (let i = 0; i < COMMANDS; i++) {
      buffer.write(TEST_UNIT_READY);
      const { bytes, data } = buffer;
      const result = rsm_scsi_execute(
        fd,
        bytes,
        bytes.length,
        data,
        data.length,
      );
      if (result < 0) throw new Error(`rsm_scsi_execute: errno ${-result}`);
      buffer.read();
    }
    return (performance.now() - began) / COMMANDS * 1000;
  };
}

/** The same by the class that the service uses. */
async function nonblockingRound(device: ScsiGeneric): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < COMMANDS; i++) await device.execute(TEST_UNIT_READY);
  return (performance.now() - began) / COMMANDS * 1000;
}

/** What the runtime takes for a nonblocking call that does nothing. */
async function emptyRound(): Promise<number> {
  const { rsm_close } = nativeLibrary();
  const began = performance.now();
  for (let i = 0; i < COMMANDS; i++) await rsm_close(-1);
  return (performance.now() - began) / COMMANDS * 1000;
}

interface Round {
  readonly c: number;
  readonly blocking: number;
  readonly nonblocking: number;
  readonly empty: number;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function report(
  name: string,
  rounds: readonly Round[],
  own: (round: Round) => number,
  aim: number,
): boolean {
  const times = rounds.map(own);
  const ratio = median(rounds.map((round) => own(round) / round.c));
  const ratioOfMeans = mean(times) / mean(rounds.map(({ c }) => c));
  const held = ratio <= aim;
  print(
    `${name.padEnd(18)} median ${median(times).toFixed(1)} us, mean ` +
      `${mean(times).toFixed(1)} us, ${ratio.toFixed(2)} times the C loop ` +
      `(by means ${ratioOfMeans.toFixed(2)}); aim ${aim}: ` +
      (held ? "held" : "MISSED"),
  );
  return held;
}

const path = required("CHANGER_SG");
await using device = await ScsiGeneric.open(path);
const cRound = openCLoop(path);
const blockingRound = openBlocking(path);

const rounds: Round[] = [];
for (let i = -WARM_UP_ROUNDS; i < ROUNDS; i++) {
  const round = {
    c: cRound(),
    blocking: blockingRound(),
    nonblocking: await nonblockingRound(device),
    empty: await emptyRound(),
  };
  if (i >= 0) rounds.push(round);
}

const c = rounds.map((round) => round.c);
print(
  `TEST UNIT READY on ${path}: ${ROUNDS} rounds of ${COMMANDS} commands\n` +
    `${"C loop".padEnd(18)} median ${median(c).toFixed(1)} us, mean ` +
    `${mean(c).toFixed(1)} us`,
);
const held = [
  report("FFI, blocking", rounds, (round) => round.blocking, AIM_BLOCKING),
  report(
    "FFI, nonblocking",
    rounds,
    (round) => round.nonblocking,
    AIM_NONBLOCKING,
  ),
];
print(
  `${"empty nonblocking".padEnd(18)} median ${
    median(rounds.map(({ empty }) => empty)).toFixed(1)
  } us: what of the above is the runtime's`,
);
if (held.includes(false)) Deno.exitCode = 1;
