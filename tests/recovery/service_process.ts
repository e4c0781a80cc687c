/**
 * The service as a process of its own, to be killed.
 *
 * @module
 */

import { denoArguments } from "../cli/child_process.ts";

/** How a service ended. */
export interface ServiceEnd {
  /** Exit status; 137 when it was killed. */
  readonly code: number;
  /** What it said on the standard error. */
  readonly errors: string;
}

/** A service that ended before it was ready. */
export class NotStartedError extends Error {
  /** How it ended. */
  readonly end: ServiceEnd;

  /** Makes the error. */
  constructor(end: ServiceEnd) {
    super(`the service did not start: ${end.errors}`);
    this.name = "NotStartedError";
    this.end = end;
  }
}

/** How to run a service otherwise than usual. */
export interface ServiceProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** @default {rsm.sock in the directory} */
  readonly socket?: string;
  /** @default {state in the directory} */
  readonly state?: string;
  /** Program and arguments that run the command that follows them. @default {none} */
  readonly wrapper?: readonly string[];
  /** Ends a service at once that is not ready by then. */
  readonly readyBy?: AbortSignal;
}

/** A running `rsm serve`. */
export class ServiceProcess {
  readonly socket: string;
  /** Its number, of the wrapper where that does not become the service. */
  readonly pid: number;
  /** When and how it ends, by itself or otherwise. */
  readonly ended: Promise<ServiceEnd>;
  readonly #child: Deno.ChildProcess;

  private constructor(
    socket: string,
    child: Deno.ChildProcess,
    ended: Promise<ServiceEnd>,
  ) {
    this.socket = socket;
    this.pid = child.pid;
    this.#child = child;
    this.ended = ended;
  }

  /**
   * Starts the service and waits until it is ready.
   *
   * @throws {NotStartedError} when it ends before that.
   */
  static async start(
    directory: string,
    libraries: readonly string[],
    options: ServiceProcessOptions = {},
  ): Promise<ServiceProcess> {
    const { env = {}, socket = `${directory}/rsm.sock`, wrapper = [] } =
      options;
    const [program = "", ...args] = [...wrapper, Deno.execPath()];
    const child = new Deno.Command(program, {
      args: [
        ...args,
        ...denoArguments(),
        "serve",
        ...libraries.flatMap((library) => ["--library", library]),
        "--state",
        options.state ?? `${directory}/state`,
        "--socket",
        socket,
        "--trust-bar-codes",
      ],
      env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const ended = endOf(child);
    const giveUp = () => child.kill("SIGKILL");
    options.readyBy?.addEventListener("abort", giveUp);
    const reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    const { value } = await reader.read();
    await reader.cancel();
    options.readyBy?.removeEventListener("abort", giveUp);
    if (value?.startsWith("rsm: ready") !== true) {
      throw new NotStartedError(await ended);
    }
    return new ServiceProcess(socket, child, ended);
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    this.#send("SIGKILL");
    await this.ended;
  }

  /** Ends it as systemd would; its exit status. */
  async stop(): Promise<number> {
    this.#send("SIGTERM");
    return (await this.ended).code;
  }

  #send(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

async function endOf(child: Deno.ChildProcess): Promise<ServiceEnd> {
  const [{ code }, errors] = await Promise.all([
    child.status,
    new Response(child.stderr).text(),
  ]);
  return { code, errors };
}
