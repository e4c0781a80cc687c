/**
 * Asks a library for the elements that a robot step is about.
 *
 * @module
 */

import type { Changer, Element } from "../changer/mod.ts";
import type { StepElements } from "./reconcile.ts";

/** What the transports hold now. */
export function readTransports(changer: Changer): Promise<readonly Element[]> {
  return changer.readElements({ types: ["transport"] });
}

/** What an element holds now; nothing where the library does not report it. */
export function readElement(
  changer: Changer,
  elementAddress: number,
): Promise<readonly Element[]> {
  return changer.readElements({ first: elementAddress, count: 1 });
}

/** Source, target and transports of a step as they are now. */
export async function readStep(
  changer: Changer,
  source: number,
  target: number,
): Promise<StepElements> {
  const read = async (elementAddress: number) => {
    const [element] = await readElement(changer, elementAddress);
    return element;
  };
  return {
    source: await read(source),
    target: await read(target),
    transports: await readTransports(changer),
  };
}
