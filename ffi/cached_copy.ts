/** The embedded library as a file, which is what the loader wants. */
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
 * @throws {NativeLibraryError} When the directory cannot be trusted.
 */
export function cachedCopy(
  library: EmbeddedLibrary,
  cacheDirectory: string,
): string {
  const directory = `${cacheDirectory}/rsm`;
  Deno.mkdirSync(directory, { recursive: true, mode: 0o700 });
  checkDirectory(directory);
  const path = `${directory}/librsm-${library.sha256}.so`;
  const bytes = bytesOf(library);
  if (!isTheLibrary(path, bytes)) writeCopy(path, bytes);
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

function isTheLibrary(path: string, bytes: Uint8Array): boolean {
  try {
    const info = Deno.lstatSync(path);
    return info.isFile && info.uid === Deno.uid() &&
      ((info.mode ?? 0o777) & WRITABLE_BY_OTHERS) === 0 &&
      isSame(Deno.readFileSync(path), bytes);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Replaces whatever has the name, be it a link or another's file. */
function writeCopy(path: string, bytes: Uint8Array<ArrayBuffer>): void {
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

function bytesOf(library: EmbeddedLibrary): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    atob(library.base64),
    (character) => character.charCodeAt(0),
  );
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length &&
    one.every((byte, index) => byte === other[index]);
}
