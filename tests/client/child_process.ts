/** Runs lines of TypeScript that use the client in a process of its own. */

const CLIENT = new URL("../../src/client/mod.ts", import.meta.url).href;

/** How a process is run. */
export interface ChildOptions {
  /** Command that runs Deno, such as `unshare`, with its arguments. */
  readonly through?: readonly string[];
  /** Permissions; all where none are named. */
  readonly permissions?: readonly string[];
  /** Home and cache of the process. */
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a process printed and how it ended. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `lines`, to which `codeOf(options)` opens a session and gives the code it fails with, or "opened". */
export async function runClient(
  lines: string,
  options: ChildOptions,
): Promise<Ended> {
  const { directory, env = {}, permissions = ["-A"], through = [] } = options;
  const script = `${directory}/script-${crypto.randomUUID()}.ts`;
  await Deno.writeTextFile(
    script,
    `import { openSession } from ${JSON.stringify(CLIENT)};
    const codeOf = async (options = {}) => {
      try {
        await using _session = await openSession(options);
        return "opened";
      } catch (error) {
        return error.code ?? String(error);
      }
    };
    ${lines}`,
  );
  const [command = "", ...args] = [
    ...through,
    Deno.execPath(),
    "run",
    "--no-prompt",
    "--no-lock",
    "--no-check",
    "--no-config",
    ...permissions,
    script,
  ];
  const { code, stderr, stdout } = await new Deno.Command(command, {
    args,
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      HOME: directory,
      DENO_DIR: `${directory}/deno`,
      NO_COLOR: "1",
      ...env,
    },
    clearEnv: true,
  }).output();
  const utf8 = new TextDecoder();
  return {
    status: code,
    out: utf8.decode(stdout).trim(),
    err: utf8.decode(stderr).trim(),
  };
}

/** Whether a command can be run here and succeeds. */
export async function canRun(
  command: string,
  ...args: string[]
): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(command, {
      args,
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
