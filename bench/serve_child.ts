/**
 * `rsm serve` in a process of its own, as benchmarks measure it.
 *
 * @module
 */

const CLI = new URL("../cli.ts", import.meta.url).pathname;

/** A service that is ready. */
export interface ServeChild {
  readonly pid: number;
  /** Milliseconds from the start of the process until it was ready. */
  readonly readyMs: number;
  /** Ends it. */
  stop(signal: Deno.Signal): Promise<void>;
}

/** A virtual library that is full of cartridges. */
export function libraryOf(cartridges: number): string {
  return `virtual:bench?files=no&slots=${cartridges}&cartridges=${cartridges}&barcodes=A%05dL6`;
}

/** Memory that a process has in its hands now, and the most that it ever had, in megabytes. */
export async function memoryOf(
  pid: number,
): Promise<{ readonly nowMb: number; readonly mostMb: number }> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) /
    1_000;
  return { nowMb: field("VmRSS"), mostMb: field("VmHWM") };
}

/**
 * Starts a service of one library or of several, with its state and its
 * socket, `rsm.sock`, in `directory`. What the benchmark was given as
 * arguments is handed on to `deno run`.
 */
export async function startServe(
  directory: string,
  ...libraries: readonly string[]
): Promise<ServeChild> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      // As the binary has it (tools/compile.ts).
      "--v8-flags=--optimize-for-size",
      ...Deno.args,
      CLI,
      "serve",
      ...libraries.flatMap((library) => ["--library", library]),
      "--state",
      `${directory}/state`,
      "--socket",
      `${directory}/rsm.sock`,
      "--trust-bar-codes",
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.getReader();
  const { done } = await reader.read();
  if (done) throw new Error("The service did not become ready");
  return {
    pid: child.pid,
    readyMs: performance.now() - start,
    async stop(signal) {
      child.kill(signal);
      await reader.cancel();
      await child.status;
    },
  };
}
