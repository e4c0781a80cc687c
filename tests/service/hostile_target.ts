/** A service in a process of its own, for clients that mean it no good. */
import { assert, assertEquals } from "@std/assert";
import { openSession } from "../../src/client/mod.ts";
import type { Limits } from "../../src/model/mod.ts";
import { denoOptions } from "../cli/child_process.ts";
import { LIBRARY } from "./test_service.ts";

const CHILD = new URL("hostile_child.ts", import.meta.url).pathname;

/** The two doors. */
export const DOORS = ["unix", "tcp"] as const;

/** A way in. */
export type DoorKind = (typeof DOORS)[number];

/** How the target is made. */
export interface TargetOptions {
  readonly limits?: Partial<Limits>;
  readonly library?: string;
  /** How many files it may have open. */
  readonly descriptors?: number;
}

/** How soon a well-behaved call is to be answered, whatever goes on, ms. */
const ANSWER_WITHIN_MS = 5_000;

/** The service. */
export class HostileTarget implements AsyncDisposable {
  readonly directory: string;
  readonly token: string;
  readonly #child: Deno.ChildProcess;
  readonly #port: number;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: ReadableStreamDefaultReader<string>;
  readonly #errors: Promise<string>;
  #idle = 0;

  private constructor(
    directory: string,
    child: Deno.ChildProcess,
    output: ReadableStreamDefaultReader<string>,
    port: number,
  ) {
    this.directory = directory;
    this.token = Deno.readTextFileSync(`${directory}/state/token`).trim();
    this.#child = child;
    this.#port = port;
    this.#input = child.stdin.getWriter();
    this.#output = output;
    this.#errors = new Response(child.stderr).text();
  }

  /** Starts it and waits until it is ready. */
  static async start(options: TargetOptions = {}): Promise<HostileTarget> {
    const { descriptors, library = LIBRARY, limits = {} } = options;
    const directory = await Deno.makeTempDir({ prefix: "rsm-hostile-" });
    const given = JSON.stringify({ directory, library, limits });
    const child = new Deno.Command("/bin/sh", {
      args: [
        "-c",
        `${
          descriptors === undefined ? "" : `ulimit -n ${descriptors}; `
        }exec "$@"`,
        "sh",
        Deno.execPath(),
        ...denoOptions(),
        CHILD,
        given,
      ],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const output = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    const { value = "{}" } = await output.read();
    const target = new HostileTarget(
      directory,
      child,
      output,
      JSON.parse(value).port,
    );
    await target.probe();
    await target.#export();
    target.#idle = await target.descriptors();
    return target;
  }

  /** The first copy of the catalogue leaves descriptors that later ones use again: SQLite closes none of a file that it has locked. */
  async #export(): Promise<void> {
    await using session = await openSession({ socket: this.socket });
    await session.exportDatabase();
  }

  /** Connects to one of its doors. */
  connect(door: DoorKind): Promise<Deno.Conn> {
    return door === "unix"
      ? Deno.connect({ transport: "unix", path: this.socket })
      : Deno.connect({ hostname: "127.0.0.1", port: this.#port });
  }

  /** Path of its socket. */
  get socket(): string {
    return `${this.directory}/rsm.sock`;
  }

  /** Descriptors it has open. */
  async descriptors(): Promise<number> {
    return (await Array.fromAsync(
      Deno.readDir(`/proc/${this.#child.pid}/fd`),
    )).length;
  }

  /** Memory it has in use, MiB. */
  async memory(): Promise<number> {
    const status = await Deno.readTextFile(`/proc/${this.#child.pid}/status`);
    return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) / 1024;
  }

  /** Sessions that are open. */
  async sessions(): Promise<number> {
    await this.#input.write(new TextEncoder().encode("?\n"));
    const { value = "{}" } = await this.#output.read();
    return JSON.parse(value).sessions;
  }

  /** A well-behaved client does its work, in time; how long it took, ms. */
  async probe(): Promise<number> {
    const start = performance.now();
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    {
      await using session = await openSession({ socket: this.socket, signal });
      assertEquals((await session.enumerate("drive")).length, 1);
    }
    const spent = performance.now() - start;
    assert(spent < ANSWER_WITHIN_MS, `it took ${spent} ms`);
    return spent;
  }

  /** It answers others, and has let go of all that its clients had. */
  async assertSound(): Promise<void> {
    await this.probe();
    const deadline = performance.now() + 10_000;
    for (;;) {
      const [open, sessions] = [
        await this.descriptors(),
        await this.sessions(),
      ];
      // The probe's own connection may be on its way out.
      if (open <= this.#idle + 1 && sessions === 0) return;
      assert(
        performance.now() < deadline,
        `${open} descriptors, ${this.#idle} before; ${sessions} sessions`,
      );
    }
  }

  /** Ends it: it has to do so by itself, and to have made no mistake. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    for (;;) {
      if ((await this.#output.read()).done) break;
    }
    const { code } = await this.#child.status;
    const errors = await this.#errors;
    await Deno.remove(this.directory, { recursive: true });
    assertEquals([code, errors], [0, ""]);
  }
}

const UTF8 = new TextEncoder();

/** Writes all of it, or until the other side has had enough. */
export async function write(
  connection: Deno.Conn,
  text: string,
): Promise<boolean> {
  const bytes = UTF8.encode(text);
  try {
    for (let sent = 0; sent < bytes.length;) {
      sent += await connection.write(bytes.subarray(sent));
    }
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.BadResource) throw error;
    return false;
  }
}

/** Reads until the other side closes, or there is `enough`. */
export async function readAll(
  connection: Deno.Conn,
  enough: (text: string) => boolean = () => false,
): Promise<string> {
  const utf8 = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  let text = "";
  while (!enough(text)) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) break;
    text += utf8.decode(buffer.subarray(0, count), { stream: true });
  }
  return text;
}
