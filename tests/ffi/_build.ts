/** What the tests of ffi/ build and run. */

/** A directory that is gone when the test ends. */
export class TestDirectory implements Disposable {
  /** Its path. */
  readonly path: string = Deno.makeTempDirSync({ prefix: "rsm-ffi-" });

  /** Removes it. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}

/** The C compiler to test with, or undefined where there is none. */
export const compiler: string | undefined = findCompiler();

/** Compiles C source text into a shared library. */
export function compileLibrary(source: string, out: string): void {
  if (compiler === undefined) throw new Error("no C compiler");
  const file = `${out}.c`;
  Deno.writeTextFileSync(file, source);
  const { success, stderr } = new Deno.Command(compiler, {
    args: ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", out, file],
  }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Runs a module of this folder in a Deno of its own and gives its output. */
export async function runDeno(
  module: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  permissions: readonly string[] = ["-A"],
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-lock",
      "--no-prompt",
      "--no-check",
      ...permissions,
      new URL(module, import.meta.url).href,
      ...args,
    ],
    env,
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`${module}: ${text.decode(stderr)}`);
  return text.decode(stdout).trim();
}

/**
 * Runs work in Workers, which answer with one message each. A first one comes
 * up alone, so that its modules are checked once and not by all at a time.
 */
export async function inWorkers<T>(
  module: string,
  messages: readonly unknown[],
): Promise<T[]> {
  const url = new URL(module, import.meta.url);
  await inWorker(url, null);
  return await Promise.all(
    messages.map((message) => inWorker<T>(url, message)),
  );
}

async function inWorker<T>(url: URL, message: unknown): Promise<T> {
  const worker = new Worker(url, { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  worker.postMessage(message);
  try {
    return await promise;
  } finally {
    worker.terminate();
  }
}

function findCompiler(): string | undefined {
  const candidates = [Deno.env.get("CC"), "cc", "gcc", "clang"];
  return candidates.find((name) => {
    if (name === undefined || name === "") return false;
    try {
      return new Deno.Command(name, { args: ["--version"] })
        .outputSync().success;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  });
}
