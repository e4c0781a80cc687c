/** The embedded library as a file, which is what the loader wants. */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { EmbeddedLibrary } from "./embedded.ts";
import { NativeLibraryError } from "./library_error.ts";

const WRITABLE_BY_OTHERS = 0o022;

/**
 * Gives the path of a file that holds the embedded library, writing it where
 * it is missing or not what it should be.
 *
 * The name is the hash and the place is one for the user, so all Workers and
 * all processes share one file: the loader tells libraries apart by path and
 * inode, and a second copy would bring a second handle table.
 *
 * @param library The embedded library.
 * @param cacheDirectory The user's cache directory, such as `~/.cache`.
 * @returns The path of the checked file.
 * @throws {NativeLibraryError} When the directory cannot be trusted or the
 * embedded bytes do not have their hash.
 */
export function cachedCopy(
  library: EmbeddedLibrary,
  cacheDirectory: string,
): string {
  const directory = `${cacheDirectory}/rsm`;
  Deno.mkdirSync(directory, { recursive: true, mode: 0o700 });
  checkDirectory(directory);
  const path = `${directory}/librsm-${library.sha256}.so`;
  if (!isTheLibrary(path, library.sha256)) writeCopy(path, library);
  return path;
}

/** Whoever may write here may run code as this user. */
function checkDirectory(directory: string): void {
  const info = Deno.lstatSync(directory);
  if (
    info.isDirectory && info.uid === Deno.uid() &&
    ((info.mode ?? 0o777) & 0o077) === 0
  ) return;
  throw new NativeLibraryError(
    `Cannot keep the native library in "${directory}": it must be a directory ` +
      `of user ${Deno.uid()} with mode 0700; mend or remove it, or name a ` +
      `library of your own by RSM_NATIVE`,
  );
}

function isTheLibrary(path: string, sha256: string): boolean {
  try {
    const info = Deno.lstatSync(path);
    return info.isFile && info.uid === Deno.uid() &&
      ((info.mode ?? 0o777) & WRITABLE_BY_OTHERS) === 0 &&
      sha256Of(Deno.readFileSync(path)) === sha256;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Replaces whatever has the name, be it a link or another's file. */
function writeCopy(path: string, library: EmbeddedLibrary): void {
  const bytes = Buffer.from(library.base64, "base64");
  if (sha256Of(bytes) !== library.sha256) {
    throw new NativeLibraryError(
      `Cannot use the native library in this package: its bytes do not have ` +
        `the SHA-256 ${library.sha256}; install the package again`,
    );
  }
  const partial = `${path}.${crypto.randomUUID()}`;
  try {
    Deno.writeFileSync(partial, bytes, { createNew: true, mode: 0o700 });
    Deno.renameSync(partial, path);
  } catch (error) {
    removeIfThere(partial);
    throw error;
  }
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
