/**
 * The kernel lab: a real Linux kernel (user-mode Linux, an ordinary process)
 * with a tape library, so that a test meets the kernel's own `ch`, `sg` and
 * `st` drivers on a machine that has no SCSI at all.
 *
 * The command runs as root, sees all the host's files and may write
 * everywhere, but what it writes goes to memory and is gone at the end. For
 * the devices it finds in its environment:
 *
 * | variable | |
 * | --- | --- |
 * | `LAB_CHANGER_CH` | the changer's `ch` device, /dev/sch0 |
 * | `LAB_CHANGER_SG`, `CHANGER` | its `sg` device (mtx looks for `CHANGER`) |
 * | `LAB_DRIVES` | the drives' `nst` devices, in the order of their elements |
 * | `LAB_DRIVES_SG` | their `sg` devices |
 * | `TAPE` | the first drive (mt looks for it) |
 * | `LAB_FAULTS` | the fault proxy's rules (with `faults`), see fault_rules.ts |
 *
 * `lab-target` pauses, kills and starts the library, and is the hand that puts
 * cartridges into it and takes them out. What the fault proxy did stands in
 * /run/lab/faults.log.
 *
 * Starting a program takes 42 ms there (Deno 1 s), a boot 7 s: let one command
 * do many things.
 *
 * @module
 */
import { statfsSync } from "node:fs";
import { labMissing, searchPath } from "./requirements.ts";
import {
  configurationRequests,
  describeLibrary,
  FIRST_ADDRESS,
  type LibraryOptions,
  makeMedia,
} from "./library.ts";

export { labMissing };

/** Options for {@linkcode startLab}: the library, the command, the machine. */
export interface LabOptions extends LibraryOptions {
  /** Program and arguments. */
  command: readonly string[];
  /** Variables besides PATH, HOME and LANG and those that name the devices. */
  env?: Readonly<Record<string, string>>;
  /**
   * The command's working directory.
   * @default {the current one}
   */
  cwd?: string;
  /**
   * How long the command may take, boot not included.
   * @default {300_000}
   */
  timeoutMs?: number;
  /** Directories below which writes reach the host. */
  rw?: readonly string[];
  /** Put the fault proxy between kernel and library. */
  faults?: boolean;
  /** Where to leave kernel.log, tgtd.log, iscsid.log and faults.log. */
  logs?: string;
  /** Ends the machine early. */
  signal?: AbortSignal;
}

/** What became of a command in the lab. */
export interface LabResult {
  /** Its exit status, or {@linkcode TIMED_OUT}. */
  code: number;
  /** What it wrote to standard output. */
  stdout: string;
  /** What it wrote to standard error. */
  stderr: string;
}

/** A lab whose command may still be running. */
export interface RunningLab {
  /** The command's standard output. */
  readonly stdout: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The command's standard error. */
  readonly stderr: ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * The command's exit status or {@linkcode TIMED_OUT}; rejects if the lab did
   * not start. Both streams must be read for it to settle.
   */
  readonly code: Promise<number>;
}

/** The exit status of a command that did not end in time, as of timeout(1). */
export const TIMED_OUT = 124;

const HERE = import.meta.dirname ?? ".";
/** Far more than the 7 s that a boot takes, for a busy machine. */
const BOOT_TIMEOUT_MS = 120_000;
const MEMORY_GB = 2;

/** Boots the lab, runs the command, and gives back what it printed. */
export async function runInLab(options: LabOptions): Promise<LabResult> {
  const lab = await startLab(options);
  const [code, stdout, stderr] = await Promise.all([
    lab.code,
    new Response(lab.stdout).text(),
    new Response(lab.stderr).text(),
  ]);
  return { code, stdout, stderr };
}

/** Boots the lab and runs the command, whose output can be read as it comes. */
export async function startLab(options: LabOptions): Promise<RunningLab> {
  const missing = labMissing();
  if (missing !== null) throw new Error(missing);
  options.signal?.throwIfAborted();
  const dir = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "rsm_lab_" }),
  );
  try {
    await prepare(dir, options);
    const child = boot(dir, options);
    return {
      stdout: child.stdout,
      stderr: child.stderr,
      code: finish(child, dir, options),
    };
  } catch (error) {
    await Deno.remove(dir, { recursive: true });
    throw error;
  }
}

/** Fills the directory that the machine mounts at /run/lab. */
async function prepare(dir: string, options: LabOptions): Promise<void> {
  const library = describeLibrary(options);
  await Deno.mkdir(`${dir}/media`);
  await makeMedia(library, `${dir}/media`);
  await Deno.writeFile(
    `${dir}/requests`,
    configurationRequests(library, "/run/lab/media"),
  );
  for (
    const name of [
      "machine.sh",
      "lab-target",
      "tgtd_requests.pl",
      "fault_proxy.ts",
      "fault_rules.ts",
    ]
  ) {
    await Deno.copyFile(`${HERE}/${name}`, `${dir}/${name}`);
  }
  for (const name of ["machine.sh", "lab-target"]) {
    await Deno.chmod(`${dir}/${name}`, 0o755);
  }
  await compileChangerFix(dir);
  const environment = {
    PATH: [...searchPath(), "/run/lab"].join(":"),
    HOME: Deno.env.get("HOME") ?? "/root",
    LANG: Deno.env.get("LANG") ?? "C.UTF-8",
    TERM: "dumb",
    NO_COLOR: "1",
    ...options.env,
  };
  const settings = {
    command: options.command,
    environment: Object.entries(environment).map(([name, value]) =>
      `${name}=${value}`
    ),
    directory: await visible(options.cwd ?? "."),
    writable: await Promise.all((options.rw ?? []).map(visible)),
    timeout: String(commandTimeoutMs(options) / 1000),
    drives: String(library.drives),
    tape_mb: String(library.tapeMb),
    first_drive: String(FIRST_ADDRESS.drive),
    faults: options.faults ? "1" : "0",
    boot_timeout: String(BOOT_TIMEOUT_MS / 1000),
    deno: Deno.execPath(),
  };
  const lines = Object.entries(settings).map(([name, value]) =>
    typeof value === "string"
      ? `${name}=${shellQuote(value)}\n`
      : `${name}=(${value.map(shellQuote).join(" ")})\n`
  );
  await Deno.writeTextFile(`${dir}/settings.sh`, lines.join(""));
}

async function compileChangerFix(dir: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("gcc", {
    args: [
      ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"],
      [
        `-DROBOT=${FIRST_ADDRESS.robot}`,
        `-DFIRST_DRIVE=${FIRST_ADDRESS.drive}`,
      ],
      ["-o", `${dir}/tgt_changer.so`, `${HERE}/tgt_changer.c`],
    ].flat(),
  }).output();
  if (!success) {
    throw new Error(
      `Cannot compile tgt_changer.c:\n${new TextDecoder().decode(stderr)}`,
    );
  }
}

function commandTimeoutMs({ timeoutMs = 300_000 }: LabOptions): number {
  // timeout(1) takes 0 for "never".
  if (timeoutMs > 0 && Number.isFinite(timeoutMs)) return timeoutMs;
  throw new RangeError(`timeoutMs must be more than 0: ${timeoutMs}`);
}

/** The real path of a directory, which must be one that the machine sees too. */
async function visible(path: string): Promise<string> {
  const real = await Deno.realPath(path);
  if (/^\/(proc|sys|dev|run)(\/|$)/.test(real)) {
    throw new Error(
      `Cannot use "${real}": the lab has its own /proc, /sys, /dev and /run`,
    );
  }
  return real;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Starts the machine. Its first serial line is the command's standard output,
 * the second its standard error; console and monitor go to kernel.log.
 */
function boot(dir: string, options: LabOptions): Deno.ChildProcess {
  const seconds = (BOOT_TIMEOUT_MS + commandTimeoutMs(options)) / 1000 + 30;
  // timeout(1) puts all the machine's processes into one group, and ends them
  // all, when time is over or when it is told to.
  const launch = 'exec 7>&1 8>&2 >"$0" 2>&1; exec setsid timeout -k 5 "$@"';
  const processor = String(nextProcessor());
  return new Deno.Command("/bin/sh", {
    args: [
      ["-c", launch, `${dir}/kernel.log`, String(seconds)],
      ["taskset", "-c", processor, "linux.uml", `mem=${MEMORY_GB}G`],
      ["root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro"],
      [`init=${dir}/machine.sh`, `lab=${dir}`],
      [
        "con=null",
        "con0=null,fd:1",
        "ssl=null",
        "ssl0=null,fd:7",
        "ssl1=null,fd:8",
      ],
      ["noreboot", "panic=-1", `uml_dir=${dir}/`, "umid=uml"],
    ].flat(),
    env: { TMPDIR: memoryDir(dir), PATH: searchPath().join(":") },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

let machines = 0;

/**
 * The host's processor for the next machine. It has one of its own only, and
 * its processes hand on to each other at each system call: on one processor
 * of the host that takes half as long as across several.
 */
function nextProcessor(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  const allowed = status.match(/^Cpus_allowed_list:\s*(\S+)/m)?.[1] ?? "0";
  const processors = allowed.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
  return processors[(Deno.pid + machines++) % processors.length] ?? 0;
}

/**
 * Where user-mode Linux keeps its memory, as a file that it unlinks at once:
 * best on a memory file system, if that is large enough and lets code run.
 */
function memoryDir(otherwise: string): string {
  const mounts = Deno.readTextFileSync("/proc/mounts");
  const options = mounts.match(/^\S+ \/dev\/shm tmpfs (\S+)/m)?.[1];
  if (options === undefined || options.split(",").includes("noexec")) {
    return otherwise;
  }
  const { bavail, bsize } = statfsSync("/dev/shm");
  return bavail * bsize > MEMORY_GB * 2 ** 30 ? "/dev/shm" : otherwise;
}

/** Waits for the machine's end, finds out how it went, and removes its traces. */
async function finish(
  child: Deno.ChildProcess,
  dir: string,
  options: LabOptions,
): Promise<number> {
  const stop = () => child.kill("SIGTERM");
  options.signal?.addEventListener("abort", stop);
  if (options.signal?.aborted) stop();
  try {
    await child.status;
    if (options.logs !== undefined) await saveLogs(dir, options.logs);
    options.signal?.throwIfAborted();
    const status = await readIfThere(`${dir}/status`);
    if (status !== undefined) return Number(status);
    // A command that waits for the device cannot be killed inside.
    if (await readIfThere(`${dir}/started`) !== undefined) return TIMED_OUT;
    throw new Error(`The kernel lab did not start:\n${await lastWords(dir)}`);
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await Deno.remove(dir, { recursive: true });
  }
}

const LOGS = ["kernel.log", "tgtd.log", "iscsid.log", "faults.log"];

async function saveLogs(dir: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for (const name of LOGS) {
    const text = await readIfThere(`${dir}/${name}`);
    if (text !== undefined) await Deno.writeTextFile(`${to}/${name}`, text);
  }
}

async function lastWords(dir: string): Promise<string> {
  const texts = await Promise.all(
    LOGS.map(async (name) => {
      const text = await readIfThere(`${dir}/${name}`);
      if (text === undefined || text === "") return "";
      return `--- ${name}\n${
        text.trimEnd().split("\n").slice(-30).join("\n")
      }\n`;
    }),
  );
  return texts.join("");
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
