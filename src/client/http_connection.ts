/**
 * One HTTP/1.1 connection to a service, one exchange at a time.
 *
 * It speaks the protocol by itself: importing `node:http` alone takes longer
 * than a whole answer of the command line may, and `fetch` hides why a
 * connection failed, which the documented codes tell apart.
 *
 * @module
 */

import { ByteReader } from "./byte_reader.ts";

/** A byte stream both ways, as `Deno.Conn` is one. */
export interface Stream {
  read(into: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
}

/** What is asked. */
export interface HttpRequest {
  readonly method: "POST" | "GET";
  readonly path: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; empty for none. */
  readonly body: string;
}

/** What was answered. */
export interface HttpAnswer {
  readonly status: number;
  /** Media type without parameters, lower case; empty where none is told. */
  readonly type: string;
  readonly body: string;
}

/** What arrived is not HTTP as a service speaks it. */
export class HttpFormatError extends Error {
  /** Always "HttpFormatError". */
  override readonly name = "HttpFormatError";
}

/** Longest line, and longest headers. */
const LONGEST_LINE = 16_384;
const LONGEST_HEAD = 32_768;
/** Most lines after the last chunk. */
const MOST_TRAILERS = 100;
/** Longest body: far above the records of the largest library. */
const LONGEST_BODY = 1 << 28;

/** A connection. */
export class HttpConnection {
  readonly #stream: Stream;
  readonly #reader: ByteReader;
  readonly #utf8 = new TextEncoder();
  /** Whether another exchange may follow. */
  reusable = true;
  /** When its last exchange ended. */
  idleSince = 0;
  #closed = false;

  /** Owns `stream` from here on. */
  constructor(stream: Stream) {
    this.#stream = stream;
    this.#reader = new ByteReader(stream);
  }

  /** Sends a request and reads its answer. After an error the connection is of no more use. */
  async exchange(request: HttpRequest): Promise<HttpAnswer> {
    const before = this.reusable && !this.#reader.pending;
    this.reusable = false;
    if (!before) {
      throw new HttpFormatError("The service sent what nobody asked");
    }
    await this.#send(encodeRequest(request, this.#utf8));
    const answer = await this.#receive();
    this.idleSince = performance.now();
    return answer;
  }

  /** Closes it, also in the middle of an exchange, which then fails. */
  close(): void {
    this.#closed = true;
    this.reusable = false;
    try {
      this.#stream.close();
    } catch (error) {
      // The stream closes by itself when reading from it failed.
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  async #send(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) {
      sent += await this.#stream.write(bytes.subarray(sent));
    }
  }

  async #receive(): Promise<HttpAnswer> {
    // By itself: what is no HTTP may never come to an empty line.
    const first = await this.#reader.line(LONGEST_LINE);
    if (first === null) {
      throw new Deno.errors.UnexpectedEof("The service closed the connection");
    }
    const match = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(first);
    if (match === null) {
      throw new HttpFormatError(
        `The answer begins with ${JSON.stringify(first.slice(0, 40))}`,
      );
    }
    const status = Number(match[2]);
    const headers = readHeaders(await this.#reader.head(LONGEST_HEAD));
    const body = await this.#body(headers);
    // It may have been closed while the bytes of the answer were on their way.
    this.reusable = !this.#closed && match[1] === "1" &&
      headers.get("connection")?.toLowerCase() !== "close";
    const type = headers.get("content-type")?.split(";")[0] ?? "";
    return { status, type: type.trim().toLowerCase(), body };
  }

  async #body(headers: ReadonlyMap<string, string>): Promise<string> {
    if (headers.get("transfer-encoding")?.toLowerCase() === "chunked") {
      return await this.#chunks();
    }
    const length = headers.get("content-length") ?? "";
    if (!/^\d{1,9}$/.test(length)) {
      throw new HttpFormatError("The answer does not tell its length");
    }
    const size = checkSize(Number(length));
    return size === 0
      ? ""
      : new TextDecoder().decode(await this.#reader.take(size));
  }

  async #chunks(): Promise<string> {
    const text = new TextDecoder();
    let body = "";
    for (let total = 0;;) {
      const line = await this.#reader.line(LONGEST_LINE);
      const match = /^([0-9a-f]{1,8})(?:;|$)/i.exec(line ?? "");
      if (match === null) throw new HttpFormatError("A chunk has no size");
      const size = Number.parseInt(match[1] ?? "", 16);
      total = checkSize(total + size);
      if (size === 0) break;
      body += text.decode(await this.#reader.take(size), { stream: true });
      if (await this.#reader.line(2) !== "") {
        throw new HttpFormatError("A chunk is longer than its size");
      }
    }
    await this.#skipTrailers();
    return body + text.decode();
  }

  async #skipTrailers(): Promise<void> {
    for (let count = 0; count <= MOST_TRAILERS; count++) {
      const line = await this.#reader.line(LONGEST_LINE);
      if (line === "") return;
      if (line === null) break;
    }
    throw new HttpFormatError("The answer does not end after its last chunk");
  }
}

/** The headers in these lines, by their names in lower case. */
function readHeaders(lines: string): Map<string, string> {
  const headers = new Map<string, string>();
  if (lines === "") return headers;
  for (const line of lines.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 1) {
      throw new HttpFormatError("The head of the answer is malformed");
    }
    headers.set(
      line.slice(0, colon).toLowerCase(),
      line.slice(colon + 1).trim(),
    );
  }
  return headers;
}

function checkSize(size: number): number {
  if (size > LONGEST_BODY) {
    throw new HttpFormatError(`The answer exceeds ${LONGEST_BODY} bytes`);
  }
  return size;
}

function encodeRequest(request: HttpRequest, utf8: TextEncoder): Uint8Array {
  const body = utf8.encode(request.body);
  let head = `${request.method} ${request.path} HTTP/1.1\r\n` +
    `host: ${request.host}\r\ncontent-length: ${body.length}\r\n`;
  if (body.length > 0) head += "content-type: application/json\r\n";
  for (const [name, value] of Object.entries(request.headers)) {
    if (!/^[\x20-\x7e]*$/.test(value)) {
      throw new TypeError(`The value of the header ${name} is not plain text`);
    }
    head += `${name}: ${value}\r\n`;
  }
  const bytes = utf8.encode(head + "\r\n");
  const all = new Uint8Array(bytes.length + body.length);
  all.set(bytes);
  all.set(body, bytes.length);
  return all;
}
