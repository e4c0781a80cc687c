/**
 * Runs the real `rsm` in processes of its own.
 *
 * @module
 */

const CLI = new URL("../../cli.ts", import.meta.url).pathname;

/** The arguments that make `deno` be `rsm`, with the import map this test runs with. */
export function denoArguments(): string[] {
  return [...denoOptions(), CLI];
}

/** The arguments before the name of a script. */
export function denoOptions(): string[] {
  const parser = import.meta.resolve("@std/cli/parse-args");
  const offline = parser.startsWith("file:")
    ? [
      `--import-map=${new URL("import_map.json", parser).pathname}`,
      "--no-lock",
    ]
    : [];
  return ["run", "-A", "--no-check", ...offline];
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Puts a command called `rsm` into `directory`, for shells that have it in their path. */
export async function installRsm(directory: string): Promise<void> {
  const words = [Deno.execPath(), ...denoArguments()].map((word) =>
    `'${word}'`
  );
  await Deno.writeTextFile(
    `${directory}/rsm`,
    `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`,
    { mode: 0o755 },
  );
}

/** A shell that is about to run `line`, where `rsm` was installed into `directory`. */
export function shell(
  line: string,
  directory: string,
  env: Readonly<Record<string, string>> = {},
): Deno.Command {
  return new Deno.Command("/bin/sh", {
    args: ["-c", line],
    env: { ...env, PATH: `${directory}:${Deno.env.get("PATH") ?? ""}` },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a line in a shell to its end. */
export async function runShell(
  line: string,
  directory: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessEnd> {
  const { code, stdout, stderr } = await shell(line, directory, env).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** Starts a line that runs until it is stopped, and waits for its first line of data. */
export async function startShell(
  line: string,
  directory: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ firstLine: string; stop: () => Promise<ProcessEnd> }> {
  const child = shell(`exec ${line}`, directory, env).spawn();
  const errors = new Response(child.stderr).text();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let out = "";
  while (!out.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`${line} ended: ${out}${await errors}`);
    out += value;
  }
  return {
    firstLine: out.slice(0, out.indexOf("\n")),
    async stop() {
      child.kill("SIGTERM");
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        out += value;
      }
      const { code } = await child.status;
      return { code, out, err: await errors };
    },
  };
}
