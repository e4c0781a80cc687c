/**
 * Reads lines and counted runs of bytes from a connection.
 *
 * @module
 */

const FIRST_SIZE = 16_384;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** What a reader reads from. */
export interface ByteSource {
  read(into: Uint8Array): Promise<number | null>;
}

/** A buffered reader. */
export class ByteReader {
  readonly #source: ByteSource;
  readonly #text = new TextDecoder();
  #bytes = new Uint8Array(FIRST_SIZE);
  #start = 0;
  #end = 0;

  /** Reads from `source`, which nobody else may read from. */
  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Whether bytes have arrived that nobody has taken. */
  get pending(): boolean {
    return this.#end > this.#start;
  }

  /**
   * The lines before the next empty one, which goes with them.
   *
   * @throws {RangeError} When they are longer than `longest` bytes.
   * @throws {Deno.errors.UnexpectedEof} When the source ends before it.
   */
  async head(longest: number): Promise<string> {
    let searched = 0;
    for (;;) {
      const { end, next } = findEmptyLine(
        this.#bytes.subarray(this.#start, this.#end),
        searched,
      );
      if (next > 0 && next <= longest) {
        const lines = this.#bytes.subarray(this.#start, this.#start + end);
        this.#start += next;
        return this.#text.decode(lines);
      }
      searched = end;
      if (next > 0 || this.#end - this.#start > longest) {
        throw new RangeError(`The head of the answer exceeds ${longest} bytes`);
      }
      if (!await this.#fill()) {
        throw new Deno.errors.UnexpectedEof("The answer ends within its head");
      }
    }
  }

  /**
   * The next line without its end; `null` when the source ends before it begins.
   *
   * @throws {RangeError} When it is longer than `longest` bytes.
   * @throws {Deno.errors.UnexpectedEof} When the source ends within it.
   */
  async line(longest: number): Promise<string | null> {
    let searched = 0;
    for (;;) {
      const at = this.#bytes.subarray(this.#start + searched, this.#end)
        .indexOf(NEWLINE);
      if (at >= 0 && searched + at <= longest) {
        const line = this.#bytes.subarray(
          this.#start,
          this.#start + searched + at,
        );
        this.#start += searched + at + 1;
        return this.#text.decode(
          line.at(-1) === RETURN ? line.subarray(0, -1) : line,
        );
      }
      searched = this.#end - this.#start;
      if (at >= 0 || searched > longest) {
        throw new RangeError(`A line of the answer exceeds ${longest} bytes`);
      }
      if (!await this.#fill()) {
        if (searched === 0) return null;
        throw new Deno.errors.UnexpectedEof("The answer ends within a line");
      }
    }
  }

  /**
   * The next `size` bytes as text.
   *
   * @throws {Deno.errors.UnexpectedEof} When the source ends before.
   */
  async take(size: number): Promise<Uint8Array> {
    while (this.#end - this.#start < size) {
      if (!await this.#fill(size)) {
        throw new Deno.errors.UnexpectedEof(
          `The answer ends ${size - (this.#end - this.#start)} bytes too early`,
        );
      }
    }
    const bytes = this.#bytes.slice(this.#start, this.#start + size);
    this.#start += size;
    return bytes;
  }

  /** Reads once; false when the source has ended. `room` is what is wanted in all. */
  async #fill(room = 0): Promise<boolean> {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    const held = this.#end - this.#start;
    if (
      this.#end === this.#bytes.length ||
      this.#start + room > this.#bytes.length
    ) {
      const size = Math.max(held * 2, room, FIRST_SIZE);
      const grown = size > this.#bytes.length
        ? new Uint8Array(size)
        : this.#bytes;
      grown.set(this.#bytes.subarray(this.#start, this.#end));
      this.#bytes = grown;
      this.#start = 0;
      this.#end = held;
    }
    const count = await this.#source.read(this.#bytes.subarray(this.#end));
    if (count === null || count === 0) return false;
    this.#end += count;
    return true;
  }
}

/**
 * Finds the end of the last line before an empty one, and what comes after
 * both; `next` is 0 where there is none yet, and `end` where to search on.
 */
function findEmptyLine(
  bytes: Uint8Array,
  from: number,
): { end: number; next: number } {
  // Where nothing comes before it, there is no last line.
  const start = bytes[0] === RETURN ? 1 : 0;
  if (bytes[start] === NEWLINE) return { end: 0, next: start + 1 };
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0;) {
    const after = bytes[at + 1] === RETURN ? at + 2 : at + 1;
    if (after >= bytes.length) return { end: at, next: 0 };
    if (bytes[after] === NEWLINE) {
      const end = bytes[at - 1] === RETURN ? at - 1 : at;
      return { end, next: after + 1 };
    }
    at = bytes.indexOf(NEWLINE, at + 1);
  }
  return { end: bytes.length, next: 0 };
}
