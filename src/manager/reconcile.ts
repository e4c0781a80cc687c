/**
 * What became of a robot step, told by the elements it was about. The library
 * is right about where; what the step itself answered does not count.
 *
 * @module
 */

import type { Element } from "../changer/mod.ts";

/** What the elements say of a step. */
export type StepVerdict =
  /** The cartridge is where it was. */
  | "never happened"
  /** The cartridge is where it was to go. */
  | "happened"
  /** A transport holds it. */
  | "in the gripper"
  /** It is where it was, and another one is where it was to go. */
  | "target taken"
  /** Others moved things meanwhile. */
  | "moved by others"
  /** It is in none of the places it can be in. */
  | "lost"
  /** An element is not reported. */
  | "not told";

/** The elements that a step was about. */
export interface StepElements {
  readonly source: Element | undefined;
  readonly target: Element | undefined;
  readonly transports: readonly Element[];
}

/** Whether an element shows the label of the cartridge. */
function shows(element: Element | undefined, barCode: string): boolean {
  return element?.full === true && barCode !== "" &&
    element.barCode === barCode;
}

/** Whether an element may hold the cartridge: an unreadable label may be its, unless it is read elsewhere. */
function mayHold(
  element: Element,
  barCode: string,
  isShown: boolean,
): boolean {
  if (isShown) return shows(element, barCode);
  return element.full &&
    (barCode === "" || element.barCode === null || element.barCode === barCode);
}

/**
 * Judges a step by its elements, read after it.
 *
 * @param barCode That of the cartridge; empty where it has none.
 */
export function judgeStep(
  elements: StepElements,
  barCode: string,
): StepVerdict {
  const { source, target, transports } = elements;
  if (source === undefined || target === undefined) return "not told";
  const isShown = [source, target, ...transports].some((element) =>
    shows(element, barCode)
  );
  const holds = (element: Element) => mayHold(element, barCode, isShown);
  if (source.full) {
    if (!holds(source)) return "moved by others";
    return target.full ? "target taken" : "never happened";
  }
  if (target.full) return holds(target) ? "happened" : "moved by others";
  return transports.some(holds) ? "in the gripper" : "lost";
}

/** Whether a verdict rests on labels; else on which places are full alone. */
export function isVerified(elements: StepElements, barCode: string): boolean {
  const { source, target, transports } = elements;
  return [source, target, ...transports].some((element) =>
    shows(element, barCode)
  );
}

/** One element for people, such as "slot 7 holds LAB007L6". */
export function describeElement(
  name: string,
  element: Element | undefined,
): string {
  if (element === undefined) return `${name} is not reported`;
  if (!element.full) return `${name} is empty`;
  return `${name} holds ${element.barCode ?? "a cartridge without label"}`;
}
