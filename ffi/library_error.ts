/** The native library could not be found, trusted or understood. */
export class NativeLibraryError extends Error {
  /** Always "NativeLibraryError". */
  override readonly name = "NativeLibraryError";
}
