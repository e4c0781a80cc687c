/**
 * What applications do with a mounted tape: a block of text, and a file mark
 * when the device is closed. Files of a virtual library take it too.
 *
 * @module
 */

/** Writes at the start of what was just mounted. */
export function writeTape(device: string, text: string): Promise<void> {
  return Deno.writeTextFile(device, text, { create: false });
}

/** The beginning of what was read, for a line of an account. */
export function quoted(text: string | undefined): string {
  return JSON.stringify(text?.slice(0, 60) ?? null);
}

/** Reads it back: `st` gives a block only to who has room for all of it. */
export async function readTape(device: string): Promise<string> {
  using tape = await Deno.open(device);
  const block = new Uint8Array(64 * 1024);
  const length = await tape.read(block);
  return new TextDecoder().decode(block.subarray(0, length ?? 0));
}
