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

/** Source, target and transports of a step as they are now. */
export async function readStep(
  changer: Changer,
  source: number,
  target: number,
): Promise<StepElements> {
  const read = async (first: number) => {
    const [element] = await changer.readElements({ first, count: 1 });
    return element;
  };
  return {
    source: await read(source),
    target: await read(target),
    transports: await readTransports(changer),
  };
}
