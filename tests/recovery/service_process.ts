/**
 * The service as a process of its own, to be killed.
 *
 * @module
 */

import { denoArguments } from "../cli/child_process.ts";

/** A running `rsm serve`. */
export class ServiceProcess {
  readonly socket: string;
  readonly #child: Deno.ChildProcess;
  readonly #errors: Promise<string>;

  private constructor(
    socket: string,
    child: Deno.ChildProcess,
    errors: Promise<string>,
  ) {
    this.socket = socket;
    this.#child = child;
    this.#errors = errors;
  }

  /** Starts the service and waits until it is ready. */
  static async start(
    directory: string,
    libraries: readonly string[],
  ): Promise<ServiceProcess> {
    const socket = `${directory}/rsm.sock`;
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...denoArguments(),
        "serve",
        ...libraries.flatMap((library) => ["--library", library]),
        "--state",
        `${directory}/state`,
        "--socket",
        socket,
        "--trust-bar-codes",
      ],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const errors = new Response(child.stderr).text();
    const reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    const { value } = await reader.read();
    await reader.cancel();
    if (value?.startsWith("rsm: ready") !== true) {
      throw new Error(`the service did not start: ${await errors}`);
    }
    return new ServiceProcess(socket, child, errors);
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
    await this.#errors;
  }

  /** Ends it as systemd would; its exit status. */
  async stop(): Promise<number> {
    this.#child.kill("SIGTERM");
    const { code } = await this.#child.status;
    await this.#errors;
    return code;
  }
}
