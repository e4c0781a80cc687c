/**
 * Asks a library for the elements that a robot step is about.
 *
 * @module
 */

import type { Changer, Element } from "../changer/mod.ts";
import type { StepElements } from "./reconcile.ts";
import type { ExchangeElements } from "./reconcile_exchange.ts";

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

/** The elements of a step as they are now. */
export interface ToldStep extends StepElements {
  /** How many transports were told of, also those of other steps. */
  readonly told: number;
}

/** What an exchange is about, as it is now. */
export interface ToldExchange extends ExchangeElements {
  /** How many transports were told of, also those of other steps. */
  readonly told: number;
}

/**
 * Source, target and transports of a step as they are now.
 *
 * @param others The transports that other steps have: what is in them is none
 * of this one's business.
 */
export async function readStep(
  changer: Changer,
  source: number,
  target: number,
  others: () => readonly number[],
): Promise<ToldStep> {
  return {
    source: await readOne(changer, source),
    target: await readOne(changer, target),
    ...await readArms(changer, others),
  };
}

/** Source, drive, target and transports of an exchange as they are now. */
export async function readExchange(
  changer: Changer,
  source: number,
  drive: number,
  target: number,
  others: () => readonly number[],
): Promise<ToldExchange> {
  return {
    source: await readOne(changer, source),
    drive: await readOne(changer, drive),
    target: await readOne(changer, target),
    ...await readArms(changer, others),
  };
}

async function readOne(
  changer: Changer,
  elementAddress: number,
): Promise<Element | undefined> {
  const [element] = await readElement(changer, elementAddress);
  return element;
}

async function readArms(changer: Changer, others: () => readonly number[]) {
  // Another step may have begun or ended while it was asked.
  const before = others();
  const all = await readTransports(changer);
  const foreign = new Set([...before, ...others()]);
  return {
    transports: all.filter(({ elementAddress }) =>
      !foreign.has(elementAddress)
    ),
    told: all.length,
  };
}
