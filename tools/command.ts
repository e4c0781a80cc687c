/**
 * Runs programs for the tools of this directory.
 *
 * @module
 */
import { TOP } from "./imports.ts";

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options for {@linkcode run}. */
export interface RunOptions {
  /** @default {the top of the checkout} */
  cwd?: string;
  env?: Record<string, string>;
  /** Nothing of this process's environment but `env`. @default {false} */
  clearEnv?: boolean;
}

/** Runs a program to its end, whatever that is. */
export async function run(
  command: readonly [string, ...string[]],
  options: RunOptions = {},
): Promise<Ended> {
  const [program, ...args] = command;
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: options.cwd ?? TOP,
    env: { NO_COLOR: "1", ...options.env },
    clearEnv: options.clearEnv ?? false,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

/**
 * Runs a program that must succeed.
 *
 * @throws {Error} With what it printed, when it does not.
 */
export async function mustRun(
  command: readonly [string, ...string[]],
  options: RunOptions = {},
): Promise<Ended> {
  const ended = await run(command, options);
  if (ended.code === 0) return ended;
  throw new Error(
    `${command.join(" ")} ended with exit status ${ended.code}:\n` +
      (ended.stdout + ended.stderr).trim(),
  );
}

/** Writes a line to standard output. */
export function print(text: string): void {
  const bytes = new TextEncoder().encode(`${text}\n`);
  for (let sent = 0; sent < bytes.length;) {
    sent += Deno.stdout.writeSync(bytes.subarray(sent));
  }
}
