/**
 * Native libraries that travel inside the package. None in a checkout, where
 * `make -C native` builds one; `tools/embed_native.ts` writes this module anew
 * for a JSR package or a compiled binary.
 */

/** One native library, as text. */
export interface EmbeddedLibrary {
  /** The machine it is for, as in `Deno.build.arch`. */
  readonly arch: string;
  /** The ABI version of the header it was built from. */
  readonly abi: number;
  /** SHA-256 of the file, in lower-case hexadecimal. */
  readonly sha256: string;
  /** The file. */
  readonly base64: string;
}

/** The libraries in this package, at most one for each machine. */
export const EMBEDDED_LIBRARIES: readonly EmbeddedLibrary[] = [];
