/**
 * The hands of a person at the kernel lab's library.
 *
 * @module
 */
import { run } from "./agreement.ts";

/** Puts a cartridge, new or known, into an empty slot or port. */
export async function putIn(
  elementAddress: number,
  barCode: string,
): Promise<void> {
  await run("lab-target", "insert", String(elementAddress), barCode);
}

/** Takes a cartridge out of a slot or port. */
export async function takeOut(elementAddress: number): Promise<void> {
  await run("lab-target", "take", String(elementAddress));
}
