/**
 * Numbers that stand for some bytes, in every Worker of this process alike.
 *
 * The table is in the native library, the one memory that Workers share
 * without being handed it. A number can be posted to another Worker and used
 * there at once. After its close it is never given again, and in another
 * process it means nothing.
 */
import { checkResult, ErrnoError } from "./errno.ts";
import { nativeLibrary } from "./library.ts";

/** How many bytes a handle can stand for. */
export const LONGEST_PAYLOAD = 4096;

const HIGHEST_KIND = 63;
const HIGHEST_HANDLE = 0x7fff_ffff_ffff_ffffn;
const EBADF = 9;

/**
 * Makes a handle.
 *
 * @param kind What sort of thing it stands for, 1 to 63. A handle is only good
 * where its kind is asked for.
 * @param payload The bytes, at most {@linkcode LONGEST_PAYLOAD}. Copied.
 * @returns The number: positive, below 2^63.
 * @throws {RangeError} For a kind or payload out of range.
 * @throws {ErrnoError} EMFILE when 131,072 are open; ENOMEM.
 */
export function openHandle(kind: number, payload: Uint8Array): bigint {
  if (!isKind(kind)) {
    throw new RangeError(
      `Cannot open a handle of kind ${kind}: kinds are 1 to ${HIGHEST_KIND}`,
    );
  }
  if (payload.length > LONGEST_PAYLOAD) {
    throw new RangeError(
      `Cannot open a handle for ${payload.length} bytes: ` +
        `${LONGEST_PAYLOAD} is the most`,
    );
  }
  const handle = nativeLibrary().rsm_handle_open(
    kind,
    new Uint8Array(payload),
    payload.length,
  );
  if (handle < 0n) throw new ErrnoError(Number(-handle), call("open"));
  return handle;
}

/**
 * Gives the bytes of a handle and counts a reference to it. Each call that
 * succeeds is paired with one of {@linkcode releaseHandle}.
 *
 * @param handle The number.
 * @param kind The kind it must be of.
 * @returns A copy of the bytes.
 * @throws {ErrnoError} EBADF when it is not open in this process, or is of
 * another kind.
 */
export function acquireHandle(handle: bigint, kind: number): Uint8Array {
  checkNumber(handle, kind, "acquire");
  const size = checkResult(
    nativeLibrary().rsm_handle_acquire(handle, kind, scratch, scratch.length),
    call("acquire"),
  );
  return scratch.slice(0, size);
}

/**
 * Gives a reference back. Also after the close, and then the last one frees
 * the memory.
 *
 * @param handle The number.
 * @param kind The kind it was acquired as.
 * @throws {ErrnoError} EBADF when no reference is out.
 */
export function releaseHandle(handle: bigint, kind: number): void {
  checkNumber(handle, kind, "release");
  checkResult(
    nativeLibrary().rsm_handle_release(handle, kind),
    call("release"),
  );
}

/**
 * Ends a handle. Those who have acquired it keep what they have; nobody
 * acquires it again. Of several closers exactly one succeeds.
 *
 * @param handle The number.
 * @param kind The kind it must be of.
 * @returns How many references are still out.
 * @throws {ErrnoError} EBADF when it is not open in this process, or is of
 * another kind.
 */
export function closeHandle(handle: bigint, kind: number): number {
  checkNumber(handle, kind, "close");
  return checkResult(
    nativeLibrary().rsm_handle_close(handle, kind),
    call("close"),
  );
}

/** Where the bytes arrive; no call here gives way to another in between. */
const scratch = new Uint8Array(LONGEST_PAYLOAD);

/** On its way to C a bigint keeps its low 64 bits only: another's number. */
function checkNumber(handle: bigint, kind: number, verb: string): void {
  if (handle > 0n && handle <= HIGHEST_HANDLE && isKind(kind)) return;
  throw new ErrnoError(EBADF, call(verb));
}

function isKind(kind: number): boolean {
  return Number.isInteger(kind) && kind >= 1 && kind <= HIGHEST_KIND;
}

function call(verb: string): { syscall: string; act: string } {
  return { syscall: `handle_${verb}`, act: `${verb} a handle` };
}
