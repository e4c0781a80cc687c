/**
 * Talking to a process by lines of JSON.
 *
 * @module
 */

/** The lines of a stream, as they come. */
export async function* linesOf(
  stream: ReadableStream<BufferSource>,
): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** Sends something to who reads the standard output. */
export function sendLine(value: unknown): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  for (let sent = 0; sent < bytes.length;) {
    sent += Deno.stdout.writeSync(bytes.subarray(sent));
  }
}
