/**
 * How a child process tells its parent.
 *
 * @module
 */

/** Writes a text to the standard output. */
export async function tell(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(text));
}
