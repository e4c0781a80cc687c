/**
 * A shell in a process of its own, in which an application runs `rsm` and uses
 * the devices of what it has mounted.
 *
 * @module
 */
import { denoArguments, denoOptions } from "../cli/child_process.ts";
import { linesOf } from "./lines.ts";

/** What a shell is to do. */
export type ShellOrder =
  | { readonly rsm: readonly string[] }
  | { readonly device: string; readonly write: string }
  | { readonly device: string };

/** What it says when it is done. */
export type ShellAnswer = { readonly data: string } | {
  readonly error: string;
};

const SHELL = new URL("shell.ts", import.meta.url).pathname;

/** A shell. */
export class ShellProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #orders: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: AsyncGenerator<string>;

  /** Starts one whose `rsm` uses the service at a socket. */
  constructor(socket: string) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [...denoOptions(), SHELL, socket],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#orders = this.#child.stdin.getWriter();
    this.#answers = linesOf(this.#child.stdout);
  }

  /** Runs a command line of `rsm`, split at blanks; gives the data. */
  rsm(line: string): Promise<string> {
    return this.#do({ rsm: line.split(" ") });
  }

  /** Writes to the device of what is mounted. */
  write(device: string, text: string): Promise<string> {
    return this.#do({ device, write: text });
  }

  /** Reads what is there. */
  read(device: string): Promise<string> {
    return this.#do({ device });
  }

  async #do(order: ShellOrder): Promise<string> {
    await this.#orders.write(
      new TextEncoder().encode(`${JSON.stringify(order)}\n`),
    );
    const { value } = await this.#answers.next();
    if (value === undefined) throw new Error("the shell has ended");
    const answer: ShellAnswer = JSON.parse(value);
    if ("data" in answer) return answer.data;
    throw new Error(answer.error);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#orders.close();
    await this.#answers.return(undefined);
    await this.#child.status;
  }
}

/** `rsm watch` in a shell of its own. */
export class WatchProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;
  /** What it has told. */
  told = "";

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#reading = this.#read();
  }

  /** Starts it, and waits until no change escapes it any more. */
  static async start(socket: string): Promise<WatchProcess> {
    const child = new Deno.Command(Deno.execPath(), {
      args: [...denoArguments(), "watch"],
      env: { RSM_SOCKET: socket },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    for await (const line of linesOf(child.stderr)) {
      if (line.startsWith("Watching")) break;
    }
    return new WatchProcess(child);
  }

  async #read(): Promise<void> {
    for await (const line of linesOf(this.#child.stdout)) {
      this.told += `${line}\n`;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGINT");
    await this.#reading;
    await this.#child.status;
  }
}
