/**
 * Copies of the checkout to break, and the processes that run in them. All of
 * them are gone when the workbench is cleared.
 *
 * @module
 */

import { jsrIsReachable, TOP } from "../imports.ts";
import { type Mutant, mutate } from "./mutant.ts";

/** What a copy needs to run simulation and tests. */
const COPIED = [
  "cli.ts",
  "deno.json",
  "ffi",
  "mod.ts",
  "native",
  "service.ts",
  "src",
  "tests",
  "tools",
] as const;

/** How long copying may take. */
const COPY_LIMIT_MS = 120_000;

/** How a process ended. */
export interface Finished {
  /** Null when it was killed, because its time was over. */
  readonly code: number | null;
  readonly output: string;
}

/** A place for copies. */
export class Workbench implements AsyncDisposable {
  readonly #directory: string;
  readonly #children = new Set<Deno.ChildProcess>();
  /** Whether it is being cleared, or is. */
  cleared = false;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes an empty one. */
  static async open(): Promise<Workbench> {
    return new Workbench(await Deno.makeTempDir({ prefix: "rsm-mutants-" }));
  }

  /**
   * A copy of the checkout with one change; its directory.
   *
   * @param place Copies of one place follow one another.
   * @throws {TypeError} when the text to change is not there exactly once.
   */
  async copy(mutant: Mutant, place: number): Promise<string> {
    const directory = `${this.#directory}/${place}`;
    await remove(directory);
    await Deno.mkdir(directory);
    const { code } = await this.#run(
      new Deno.Command("cp", {
        args: ["-a", ...COPIED, directory],
        cwd: TOP,
        stdout: "piped",
        stderr: "piped",
      }),
      COPY_LIMIT_MS,
    );
    if (code !== 0) throw new Error(`Cannot copy the checkout to ${directory}`);
    const file = `${directory}/${mutant.file}`;
    await Deno.writeTextFile(
      file,
      mutate(await Deno.readTextFile(file), mutant),
    );
    return directory;
  }

  /** Runs `deno SUBCOMMAND ARGUMENT...` in a directory, for at most so long. */
  deno(
    [subcommand, ...args]: readonly [string, ...string[]],
    { cwd, limitMs }: {
      readonly cwd: string | URL;
      readonly limitMs: number;
    },
  ): Promise<Finished> {
    const imports = jsrIsReachable()
      ? []
      : ["--import-map=tools/offline/import_map.json"];
    const command = new Deno.Command(Deno.execPath(), {
      args: [subcommand, "--no-lock", ...imports, ...args],
      cwd,
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
    return this.#run(command, limitMs);
  }

  /** Ends what runs and removes all copies. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.cleared = true;
    for (const child of this.#children) kill(child);
    await Promise.all([...this.#children].map((child) => child.status));
    await remove(this.#directory);
  }

  async #run(command: Deno.Command, limitMs: number): Promise<Finished> {
    if (this.cleared) throw new Error("The workbench is cleared");
    const child = command.spawn();
    this.#children.add(child);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      kill(child);
    }, limitMs);
    try {
      const { code, stdout, stderr } = await child.output();
      const output = [stdout, stderr]
        .map((bytes) => new TextDecoder().decode(bytes)).join("\n");
      return { code: late ? null : code, output };
    } finally {
      clearTimeout(timer);
      this.#children.delete(child);
    }
  }
}

async function remove(directory: string): Promise<void> {
  try {
    await Deno.remove(directory, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof TypeError)) throw error;
  }
}
