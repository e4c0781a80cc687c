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

/**
 * Starts a service with its state and its socket, `rsm.sock`, in `directory`.
 * What the benchmark was given as arguments is handed on to `deno run`.
 */
export async function startServe(
  directory: string,
  library: string,
): Promise<ServeChild> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      ...Deno.args,
      CLI,
      "serve",
      "--library",
      library,
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
