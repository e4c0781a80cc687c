/** An open device node: what ScsiGeneric and MediaChanger share. */
import { checkResult, ErrnoError } from "./errno.ts";
import { throughGate } from "./gate.ts";
import { type NativeFunctions, nativeLibrary } from "./library.ts";

const EBADF = 9;

/** One call on an open device. */
export interface DeviceCall {
  /** The ioctl, for errors. */
  readonly syscall: string;
  /** Completes "Cannot ..." in errors. */
  readonly act: string;
  /** Gives up while the call waits for its turn; one that is out goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** A descriptor that is closed only when no call uses it any more. */
export class Device {
  /** The path that was opened. */
  readonly path: string;
  readonly #fd: number;
  readonly #native: NativeFunctions;
  #callsInFlight = 0;
  #closed: Promise<void> | undefined;
  #idle: (() => void) | undefined;

  private constructor(path: string, fd: number, native: NativeFunctions) {
    this.path = path;
    this.#fd = fd;
    this.#native = native;
  }

  /** Opens a device node for reading and writing. */
  static async open(path: string): Promise<Device> {
    const native = nativeLibrary();
    const name = cString(path);
    const result = await throughGate(() => native.rsm_open(name));
    const fd = checkResult(result, { syscall: "open", act: "open", path });
    return new Device(path, fd, native);
  }

  /** Makes a nonblocking call and gives its result, which is not negative. */
  async call(
    call: DeviceCall,
    make: (native: NativeFunctions, fd: number) => Promise<number>,
  ): Promise<number> {
    const failed = { ...call, path: this.path };
    if (this.#closed !== undefined) throw new ErrnoError(EBADF, failed);
    this.#callsInFlight++;
    try {
      return checkResult(
        await throughGate(() => make(this.#native, this.#fd), call.signal),
        failed,
      );
    } finally {
      this.#callsInFlight--;
      if (this.#callsInFlight === 0) this.#idle?.();
    }
  }

  /** Takes no more calls, waits for those under way, and closes. */
  close(): Promise<void> {
    this.#closed ??= this.#closeWhenIdle();
    return this.#closed;
  }

  /**
   * The kernel gives a closed number to the next file that is opened: a call
   * still under way would then go to the wrong device.
   */
  async #closeWhenIdle(): Promise<void> {
    if (this.#callsInFlight > 0) {
      await new Promise<void>((resolve) => this.#idle = resolve);
    }
    checkResult(
      await throughGate(() => this.#native.rsm_close(this.#fd)),
      { syscall: "close", act: "close", path: this.path },
    );
  }
}

/**
 * Text as C wants it.
 *
 * @throws {TypeError} When it holds a NUL, where C would end it.
 */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  if (text.includes("\0")) {
    throw new TypeError(
      `Cannot use a path with a NUL character: ${JSON.stringify(text)}`,
    );
  }
  return new Uint8Array(new TextEncoder().encode(`${text}\0`));
}
