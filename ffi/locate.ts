/** Where the native library is looked for, and in which order. */
import { cachedCopy } from "./cached_copy.ts";
import { EMBEDDED_LIBRARIES, type EmbeddedLibrary } from "./embedded.ts";
import { NativeLibraryError } from "./library_error.ts";
import { ABI_VERSION } from "./symbols.ts";

/** The surroundings that decide which file is loaded. */
export interface LibrarySurroundings {
  /** RSM_NATIVE, where it is set and may be read. */
  readonly override: string | undefined;
  /** The URL of a module in `ffi/`. */
  readonly moduleUrl: string;
  /** What the package carries. */
  readonly embedded: readonly EmbeddedLibrary[];
  /** The machine, as in `Deno.build.arch`. */
  readonly arch: string;
  /** The user's cache directory. Called only for an embedded library. */
  cacheDirectory(): string;
}

/** The surroundings of this process. Needs no permission by itself. */
export function hostSurroundings(): LibrarySurroundings {
  return {
    override: permittedOverride(),
    moduleUrl: import.meta.url,
    embedded: EMBEDDED_LIBRARIES,
    arch: Deno.build.arch,
    cacheDirectory: userCacheDirectory,
  };
}

/**
 * Finds the library: RSM_NATIVE, else `native/build` beside the source, else
 * the embedded copy.
 *
 * @param surroundings Where to look.
 * @returns The path of the file to load.
 * @throws {NativeLibraryError} When there is none.
 */
export function locateLibrary(surroundings: LibrarySurroundings): string {
  // Whoever sets it means it: no falling back to another when it is wrong.
  if (surroundings.override !== undefined) return surroundings.override;

  const looked = ["RSM_NATIVE (not set, or not allowed by --allow-env)"];
  const built = builtBesideSource(surroundings.moduleUrl);
  if (built !== undefined) {
    if (exists(built)) return built;
    looked.push(`"${built}" (not there)`);
  }
  const embedded = surroundings.embedded.find((library) =>
    library.arch === surroundings.arch
  );
  if (embedded !== undefined) {
    checkAbi(embedded.abi, "the copy in this package");
    return cachedCopy(embedded, surroundings.cacheDirectory());
  }
  looked.push(`this package (carries none for ${surroundings.arch})`);
  throw new NativeLibraryError(
    `Cannot find the native library librsm.so: looked at ${looked.join(", ")}` +
      `; build it with \`make -C native\`, or set RSM_NATIVE to its path`,
  );
}

/**
 * Refuses a library of another ABI.
 *
 * @param abi The version that the library tells.
 * @param what Which library, for the message.
 * @throws {NativeLibraryError} When it is not the one this package speaks.
 */
export function checkAbi(abi: number, what: string): void {
  if (abi === ABI_VERSION) return;
  throw new NativeLibraryError(
    `Cannot use ${what}: it has ABI version ${abi}, this package needs ` +
      `${ABI_VERSION}; build it from the same release with \`make -C native\``,
  );
}

/** Asks first, so that a program without the permission is not prompted. */
function permittedOverride(): string | undefined {
  const permission = Deno.permissions.querySync({
    name: "env",
    variable: "RSM_NATIVE",
  });
  if (permission.state !== "granted") return undefined;
  return Deno.env.get("RSM_NATIVE") || undefined;
}

function builtBesideSource(moduleUrl: string): string | undefined {
  if (!moduleUrl.startsWith("file:")) return undefined;
  const { pathname } = new URL("../native/build/librsm.so", moduleUrl);
  return decodeURIComponent(pathname);
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function userCacheDirectory(): string {
  const named = Deno.env.get("XDG_CACHE_HOME");
  // The XDG specification has relative paths ignored.
  if (named?.startsWith("/")) return named;
  const home = Deno.env.get("HOME");
  if (home?.startsWith("/")) return `${home}/.cache`;
  throw new NativeLibraryError(
    "Cannot unpack the native library: neither XDG_CACHE_HOME nor HOME names " +
      "a directory; set one of them, or RSM_NATIVE to the path of librsm.so",
  );
}
