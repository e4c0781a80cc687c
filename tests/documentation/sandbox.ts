/**
 * A place to run a page's examples in: a directory of its own, an `rsm` in
 * PATH, and a service with a virtual library.
 *
 * @module
 */
import { TOP } from "../architecture/repository.ts";

/** The service of examples that do not start one themselves. */
const DEFAULT_SERVICE =
  "rsm serve --library 'virtual:docs?slots=12&drives=2' --trust-bar-codes";
const READY_LIMIT_MS = 60_000;
const SCRIPT_LIMIT_SECONDS = 120;

/** How a script ended. */
export interface ScriptResult {
  readonly code: number;
  readonly output: string;
}

/** A running sandbox; disposing it stops its service. */
export class Sandbox implements AsyncDisposable {
  readonly #directory: string;
  #service: Deno.ChildProcess | null = null;
  #logs: Promise<string>[] = [];

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes the directory and the `rsm` in it. */
  static async open(): Promise<Sandbox> {
    const directory = await Deno.makeTempDir({ prefix: "rsm_docs_" });
    await Deno.mkdir(`${directory}/bin`);
    await Deno.mkdir(`${directory}/work`);
    const top = decodeURIComponent(TOP.pathname);
    await Deno.writeTextFile(
      `${directory}/bin/rsm`,
      `#!/bin/sh\nexec "${top}tools/deno" run -A "${top}cli.ts" "$@"\n`,
      { mode: 0o755 },
    );
    return new Sandbox(directory);
  }

  /** The environment of everything that runs here. */
  get env(): Record<string, string> {
    return {
      NO_COLOR: "1",
      PATH: `${this.#directory}/bin:${Deno.env.get("PATH") ?? ""}`,
      RSM_SOCKET: `${this.#directory}/rsm.sock`,
      XDG_STATE_HOME: `${this.#directory}/state`,
    };
  }

  /** Starts the service and waits until it says that it is ready. */
  async startService(commandLine: string): Promise<void> {
    const line = commandLine.trim() || DEFAULT_SERVICE;
    const child = new Deno.Command("bash", {
      args: [
        "-c",
        `exec ${line} --state "$XDG_STATE_HOME/rsm" ` +
        `--socket "$RSM_SOCKET"`,
      ],
      cwd: `${this.#directory}/work`,
      env: this.env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#service = child;
    const ready = Promise.withResolvers<void>();
    this.#logs = [
      collect(child.stdout, () => ready.resolve()),
      new Response(child.stderr).text(),
    ];
    const limit = setTimeout(
      () => ready.reject(new Error("not ready in time")),
      READY_LIMIT_MS,
    );
    child.status.then(() => ready.reject(new Error("it ended")));
    try {
      await ready.promise;
    } catch (cause) {
      throw new Error(`${line}: ${await this.#stop()}`, { cause });
    } finally {
      clearTimeout(limit);
    }
  }

  /** Runs a script to its end, and stops at the first command that fails. */
  async run(script: string): Promise<ScriptResult> {
    return await this.command([
      "bash",
      "-c",
      `set -euo pipefail\n${script}`,
    ], `${this.#directory}/work`);
  }

  /** Runs a program with the sandbox's environment. */
  async command(
    command: readonly string[],
    cwd: string | URL,
  ): Promise<ScriptResult> {
    const { code, stdout, stderr } = await new Deno.Command("timeout", {
      args: ["--kill-after=5", `${SCRIPT_LIMIT_SECONDS}`, ...command],
      cwd,
      env: this.env,
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
  }

  /** Ends the service as systemd would; gives back what it printed. */
  async #stop(): Promise<string> {
    const service = this.#service;
    if (service === null) return "";
    this.#service = null;
    try {
      service.kill("SIGTERM");
    } catch (error) {
      // It ended by itself; its status says how.
      if (!(error instanceof TypeError)) throw error;
    }
    const { code } = await service.status;
    const log = (await Promise.all(this.#logs)).join("");
    return `exit status ${code}\n${log}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
    await Deno.remove(this.#directory, { recursive: true });
  }
}

/** Reads to the end, and tells when the first of it is there. */
async function collect(
  stream: ReadableStream<Uint8Array>,
  onFirst: () => void,
): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    onFirst();
    text += chunk;
  }
  return text;
}
