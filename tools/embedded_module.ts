/**
 * Writes ffi/embedded.ts for a package or binary that is being made.
 *
 * @module
 */
import { mustRun, print } from "./command.ts";
import { TOP } from "./imports.ts";

const LIBRARY = "native/build/librsm.so";

/**
 * Writes the module with the native library in it; where there is none, as it
 * is in the checkout, and says so.
 *
 * @param out The path of the module to write.
 */
export async function writeEmbeddedModule(out: string): Promise<void> {
  if (await isThere(new URL(LIBRARY, TOP))) {
    await mustRun([
      Deno.execPath(),
      "run",
      "-A",
      "--no-lock",
      "tools/embed_native.ts",
      out,
    ]);
  } else {
    print(`${LIBRARY} is not there (make native): going on without it`);
    await Deno.copyFile(new URL("ffi/embedded.ts", TOP), out);
  }
}

async function isThere(file: URL): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
