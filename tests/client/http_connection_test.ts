import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  HttpConnection,
  HttpFormatError,
  type HttpRequest,
  type Stream,
} from "../../src/client/http_connection.ts";

const REQUEST: HttpRequest = {
  method: "POST",
  path: "/v1/X",
  host: "rsm",
  headers: { "rsm-session": "a.b" },
  body: `{"n":"\u00e9"}`,
};

/** A stream that gives the pieces one after the other and takes a few bytes at a time. */
class ScriptedStream implements Stream {
  readonly #pieces: Uint8Array[];
  written = "";
  closed = false;

  constructor(pieces: readonly Uint8Array[]) {
    this.#pieces = [...pieces];
  }
  read(into: Uint8Array): Promise<number | null> {
    const piece = this.#pieces.shift();
    if (piece === undefined) return Promise.resolve(null);
    const count = Math.min(into.length, piece.length);
    into.set(piece.subarray(0, count));
    if (count < piece.length) this.#pieces.unshift(piece.subarray(count));
    return Promise.resolve(count);
  }
  write(bytes: Uint8Array): Promise<number> {
    const some = bytes.subarray(0, 7);
    this.written += new TextDecoder("latin1").decode(some);
    return Promise.resolve(some.length);
  }
  close(): void {
    this.closed = true;
  }
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function cut(whole: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((it) => it % (whole.length + 1)))].sort((
    a,
    b,
  ) => a - b);
  const ends = [...places, whole.length];
  return ends.map((end, index) =>
    whole.subarray(index === 0 ? 0 : ends[index - 1], end)
  )
    .filter((piece) => piece.length > 0);
}

async function exchange(answer: string | Uint8Array) {
  const whole = typeof answer === "string" ? bytes(answer) : answer;
  return await new HttpConnection(new ScriptedStream([whole])).exchange(
    REQUEST,
  );
}

Deno.test("exchange() sends the request whole, with its length in bytes", async () => {
  const stream = new ScriptedStream([
    bytes("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"),
  ]);
  await new HttpConnection(stream).exchange(REQUEST);
  assertEquals(
    stream.written,
    "POST /v1/X HTTP/1.1\r\nhost: rsm\r\ncontent-length: 10\r\n" +
      "content-type: application/json\r\nrsm-session: a.b\r\n\r\n" +
      `{"n":"\u00c3\u00a9"}`,
  );
});

Deno.test("exchange() reads answers of either form, however they are cut up", async () => {
  const body = fc.string({ unit: "grapheme", maxLength: 200 });
  const cuts = fc.array(fc.nat({ max: 2_000 }), { maxLength: 8 });
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      body,
      cuts,
      sizes,
      fc.boolean(),
      async (text, places, chunks, chunked) => {
        const content = bytes(text);
        const head =
          "HTTP/1.1 409 Conflict\r\nContent-Type: Application/Problem+json; charset=utf-8\r\n";
        const parts: number[] = [...bytes(head)];
        if (chunked) {
          parts.push(...bytes("Transfer-Encoding: chunked\r\n\r\n"));
          for (let at = 0, turn = 0; at < content.length; turn++) {
            const piece = content.subarray(
              at,
              at + (chunks[turn % chunks.length] ?? 1),
            );
            parts.push(
              ...bytes(`${piece.length.toString(16)};x=y\r\n`),
              ...piece,
              13,
              10,
            );
            at += piece.length;
          }
          parts.push(...bytes("0\r\ntrailer: 1\r\n\r\n"));
        } else {
          parts.push(
            ...bytes(`Content-Length: ${content.length}\r\n\r\n`),
            ...content,
          );
        }
        const stream = new ScriptedStream(cut(new Uint8Array(parts), places));
        const connection = new HttpConnection(stream);
        const answer = await connection.exchange(REQUEST);
        assertEquals(answer, {
          status: 409,
          type: "application/problem+json",
          body: new TextDecoder().decode(content),
        });
        assertEquals(connection.reusable, true);
      },
    ),
  );
});

Deno.test("exchange() reads a body far larger than its buffer", async () => {
  const text = "x".repeat(1_000_000);
  const whole = bytes(
    `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
  );
  const pieces = Array.from(
    { length: Math.ceil(whole.length / 65_000) },
    (_, index) => whole.subarray(index * 65_000, (index + 1) * 65_000),
  );
  const answer = await new HttpConnection(new ScriptedStream(pieces)).exchange(
    REQUEST,
  );
  assertEquals(answer.body.length, text.length);
});

Deno.test("a connection that the other side ends is not used again", async () => {
  for (
    const head of [
      "HTTP/1.1 200 OK\r\nconnection: close\r\n",
      "HTTP/1.0 200 OK\r\n",
    ]
  ) {
    const stream = new ScriptedStream([
      bytes(`${head}content-length: 0\r\n\r\n`),
    ]);
    const connection = new HttpConnection(stream);
    await connection.exchange(REQUEST);
    assertEquals(connection.reusable, false, head);
    await assertRejects(() => connection.exchange(REQUEST));
  }
});

Deno.test("an answer that nobody asked for spoils the connection", async () => {
  const answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
  const connection = new HttpConnection(
    new ScriptedStream([bytes(answer + answer)]),
  );
  await connection.exchange(REQUEST);
  await assertRejects(() => connection.exchange(REQUEST), HttpFormatError);
});

Deno.test("exchange() refuses what is no answer", async () => {
  const ok = "HTTP/1.1 200 OK\r\n";
  for (
    const answer of [
      "SSH-2.0-OpenSSH_9.2\r\n",
      "HTTP/2 200\r\n\r\n",
      "HTTP/1.1 2000 OK\r\n\r\n",
      `${ok}\r\n`,
      `${ok}content-length: -1\r\n\r\n`,
      `${ok}content-length: 9999999999\r\n\r\n`,
      `${ok}content-length: 999999999\r\n\r\n`,
      `${ok}no colon\r\n\r\n`,
      `${ok}${"a: b\r\n".repeat(200)}\r\n`,
      `${ok}transfer-encoding: chunked\r\n\r\nxyz\r\n`,
      `${ok}transfer-encoding: chunked\r\n\r\n2\r\nabc\r\n`,
      `${ok}transfer-encoding: chunked\r\n\r\nfffffff0\r\n`,
    ]
  ) await assertRejects(() => exchange(answer), HttpFormatError, undefined);
});

Deno.test("exchange() tells an answer that ends too early, and a line without end", async () => {
  const { UnexpectedEof } = Deno.errors;
  for (
    const answer of [
      "",
      "HTTP/1.1 20",
      "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc",
    ]
  ) {
    await assertRejects(() => exchange(answer), UnexpectedEof);
  }
  await assertRejects(() => exchange("x".repeat(100_000)), RangeError);
  // Also where it arrives whole, with all that follows it.
  const long = `x: ${"y".repeat(40_000)}`;
  const answer = `HTTP/1.1 200 OK\r\ncontent-length: 0\r\n${long}\r\n\r\n`;
  await assertRejects(() => exchange(answer), RangeError);
});

Deno.test("exchange() answers any bytes with an answer or an error, and comes to an end", async () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(
      fc.constantFrom(
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
      ),
      fc.string(),
    )
      .map(([head, rest]) => bytes(head + rest)),
  );
  await fc.assert(fc.asyncProperty(noise, async (given) => {
    await exchange(given).catch((error) =>
      assertEquals(error instanceof Error, true)
    );
  }));
});

Deno.test("a header that is not plain text is the programmer's mistake", async () => {
  const connection = new HttpConnection(new ScriptedStream([]));
  const headers = { "rsm-session": "a\r\nhost: b" };
  await assertRejects(
    () => connection.exchange({ ...REQUEST, headers }),
    TypeError,
  );
});

Deno.test("a connection closed while the last bytes of its answer are under way is not used again", async () => {
  const stream = new ScriptedStream([
    bytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"),
  ]);
  const connection = new HttpConnection(stream);
  const read = stream.read.bind(stream);
  stream.read = (into) => {
    const count = read(into);
    // The bytes are there; whoever waits for them learns it after this.
    connection.close();
    return count;
  };
  assertEquals((await connection.exchange(REQUEST)).body, "{}");
  assertEquals(connection.reusable, false);
});
