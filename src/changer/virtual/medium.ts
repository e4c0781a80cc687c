/**
 * What is on a cartridge of a virtual library: a file, which programs open by
 * the link of the drive.
 *
 * @module
 */

/** What is on a cartridge: bytes, without blocks and file marks. */
export interface VirtualMedium {
  /** Bytes from an offset on; fewer at the end, none behind it. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Writes at an offset; what was behind it is gone. */
  write(offset: number, data: Uint8Array): Promise<void>;
  /** How many bytes are on it. */
  size(): Promise<number>;
  /** Whether it may be written: a file that its owner may not write is a write-protected cartridge. */
  isWritable(): Promise<boolean>;
}

const OWNER_MAY_WRITE = 0o200;

/** A cartridge that is a file. */
export class FileMedium implements VirtualMedium {
  readonly #path: string;

  /** The cartridge of a file that is there. */
  constructor(path: string) {
    this.#path = path;
  }

  /** See {@linkcode VirtualMedium.read}. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    using file = await Deno.open(this.#path);
    await file.seek(offset, Deno.SeekMode.Start);
    const bytes = new Uint8Array(length);
    let size = 0;
    while (size < length) {
      const count = await file.read(bytes.subarray(size));
      if (count === null) break;
      size += count;
    }
    return bytes.slice(0, size);
  }

  /** See {@linkcode VirtualMedium.write}. */
  async write(offset: number, data: Uint8Array): Promise<void> {
    using file = await Deno.open(this.#path, { write: true });
    await file.truncate(offset);
    await file.seek(offset, Deno.SeekMode.Start);
    let rest = data;
    while (rest.length > 0) rest = rest.subarray(await file.write(rest));
    await file.syncData();
  }

  /** See {@linkcode VirtualMedium.size}. */
  async size(): Promise<number> {
    return (await Deno.stat(this.#path)).size;
  }

  /** See {@linkcode VirtualMedium.isWritable}. */
  async isWritable(): Promise<boolean> {
    const { mode } = await Deno.stat(this.#path);
    return mode === null || (mode & OWNER_MAY_WRITE) !== 0;
  }
}
