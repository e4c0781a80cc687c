/**
 * The virtual library of a directory as the hardware has it, and hands that
 * reach into it while no service runs.
 *
 * @module
 */

import { openChanger, VirtualLibrary } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";

/** What elements hold: bar codes by element address. */
export type Contents = ReadonlyMap<number, string>;

/** Asks the library itself; nobody else may have it open. */
export async function askDevice(url: string): Promise<Contents> {
  await using changer = await openChanger(url, { clock: systemClock });
  const elements = await changer.readElements();
  return new Map(
    elements.flatMap(({ elementAddress, full, barCode }) =>
      full ? [[elementAddress, barCode ?? ""] as const] : []
    ),
  );
}

/** Reads what the library keeps of itself, while a service has it open. */
export async function readDevice(directory: string): Promise<Contents> {
  const state: unknown = JSON.parse(
    await Deno.readTextFile(`${directory}/library.json`),
  );
  const contents = new Map<number, string>();
  if (
    typeof state !== "object" || state === null || !("cartridges" in state) ||
    !Array.isArray(state.cartridges)
  ) throw new TypeError(`${directory}/library.json is no library`);
  for (const { elementAddress, barCode } of state.cartridges) {
    contents.set(Number(elementAddress), String(barCode ?? ""));
  }
  return contents;
}

/** From where to where a cartridge is carried: elements, and outside the library. */
export type Carry = readonly [
  source: number | { readonly outside: string },
  target: number | "outside",
];

/** Carries cartridges by hand, in the order given. */
export async function carry(
  url: string,
  moves: readonly Carry[],
): Promise<void> {
  await using library = await VirtualLibrary.open(url, { clock: systemClock });
  for (const [source, target] of moves) {
    const barCode = typeof source === "number"
      ? await library.remove(source)
      : source.outside;
    if (barCode === null) throw new Error("a cartridge has no label");
    if (target !== "outside") await library.insert(target, barCode);
  }
}
