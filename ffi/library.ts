/** The native library, loaded on first use and kept. */
import { NativeLibraryError } from "./library_error.ts";
import { checkAbi, hostSurroundings, locateLibrary } from "./locate.ts";
import { symbols, versionSymbol } from "./symbols.ts";

/** The library, loaded. */
export type NativeLibrary = Deno.DynamicLibrary<typeof symbols>;

/** The functions of rsm.h. */
export type NativeFunctions = NativeLibrary["symbols"];

let loaded: NativeFunctions | undefined;

/**
 * The functions of the native library. The first call in a Worker loads it.
 *
 * @throws {NativeLibraryError} When it cannot be found, loaded or understood.
 */
export function nativeLibrary(): NativeFunctions {
  loaded ??= openLibrary(locateLibrary(hostSurroundings())).symbols;
  return loaded;
}

/**
 * Loads the library now, for programs that want to know at their start
 * whether it is there. Without this, the first call that needs it loads it.
 *
 * @throws {NativeLibraryError} When it cannot be found, loaded or understood.
 */
export function loadNativeLibrary(): void {
  nativeLibrary();
}

/**
 * Loads one file and checks that it is what this package speaks to.
 *
 * @param path The file.
 * @returns The library, which goes on living in the process when closed here.
 * @throws {NativeLibraryError} When it is not.
 */
export function openLibrary(path: string): NativeLibrary {
  // A library of another ABI may lack symbols, and the message about a missing
  // symbol would not say why: so first the version alone.
  const version = load(path, versionSymbol);
  const abi = version.symbols.rsm_abi_version();
  version.close();
  checkAbi(abi, `the native library "${path}"`);
  return load(path, symbols);
}

function load<S extends Deno.ForeignLibraryInterface>(
  path: string,
  wanted: S,
): Deno.DynamicLibrary<S> {
  try {
    return Deno.dlopen(path, wanted);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NativeLibraryError(
      `Cannot load the native library "${path}": ${why}; build it with ` +
        `\`make -C native\`, or set RSM_NATIVE to another`,
      { cause },
    );
  }
}
