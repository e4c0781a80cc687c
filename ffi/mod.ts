/**
 * The native library `librsm.so` as typed calls: devices, handles, sockets.
 *
 * Importing this module needs no permission and loads nothing. The first call
 * finds the library and loads it, which needs
 *
 * - `--allow-ffi=PATH` and `--allow-read=PATH` for the library's file: what
 *   `RSM_NATIVE` names, or `native/build/librsm.so` of a checkout;
 * - `--allow-env=RSM_NATIVE`, only if that variable is to be heeded;
 * - for the copy inside a package, instead of a checkout's file, read, write
 *   and ffi for `~/.cache/rsm`, `--allow-env=XDG_CACHE_HOME,HOME` and
 *   `--allow-sys=uid`.
 *
 * No further permission is asked for devices: to the runtime, opening one is a
 * call into the library.
 *
 * @module
 */
export { ErrnoError, errnoName, type FailedCall } from "./errno.ts";
export { CALLS_IN_FLIGHT } from "./gate.ts";
export {
  acquireHandle,
  closeHandle,
  LONGEST_PAYLOAD,
  openHandle,
  releaseHandle,
} from "./handle_table.ts";
export { loadNativeLibrary } from "./library.ts";
export { NativeLibraryError } from "./library_error.ts";
export {
  type ChangerElement,
  type ChangerParameters,
  ELEMENT_TYPES,
  type ElementType,
  type ElementUnit,
  MediaChanger,
  type SetVolumeTag,
  type VendorElements,
} from "./media_changer.ts";
export type { ScsiCommand, ScsiResult } from "./scsi_command.ts";
export { ScsiGeneric } from "./scsi_generic.ts";
export {
  descriptorLimit,
  notifyServiceManager,
  type PeerCredentials,
  peerCredentials,
} from "./unix_socket.ts";
