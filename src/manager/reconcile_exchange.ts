/**
 * What became of an exchange, told by the elements it was about. Both
 * cartridges have to be seen by their labels: which places are full does not
 * tell an exchange from nothing done.
 *
 * @module
 */

import type { Element } from "../changer/mod.ts";

/** What the elements say of an exchange. */
export type ExchangeVerdict =
  /** Neither cartridge moved. */
  | "never happened"
  /** What was in the drive is put away, the other one is where it was. */
  | "put away"
  /** Both are where they were to go. */
  | "happened"
  /** Anything else: one is in a transport, not seen, or somewhere else. */
  | "not told";

/** The elements that an exchange is about. */
export interface ExchangeElements {
  /** Where the cartridge that comes is taken from. */
  readonly source: Element | undefined;
  readonly drive: Element | undefined;
  /** Where the cartridge that goes is put. */
  readonly target: Element | undefined;
  readonly transports: readonly Element[];
}

/** The labels of the cartridges. */
export interface ExchangeLabels {
  readonly comes: string;
  readonly goes: string;
}

/** What is in the source, the drive and the target, for each verdict: a label, or null for nothing. */
function rows({ comes, goes }: ExchangeLabels) {
  return {
    "never happened": [comes, goes, null],
    "put away": [comes, null, goes],
    "happened": [null, comes, goes],
  } as const;
}

/** Judges an exchange by its elements. */
export function judgeExchange(
  { source, drive, target, transports }: ExchangeElements,
  labels: ExchangeLabels,
): ExchangeVerdict {
  if (transports.some(({ full }) => full)) return "not told";
  const table = rows(labels);
  const verdicts = ["never happened", "put away", "happened"] as const;
  return verdicts.find((verdict) => {
    const [first, second, third] = table[verdict];
    return holds(source, first) && holds(drive, second) &&
      holds(target, third);
  }) ?? "not told";
}

function holds(element: Element | undefined, label: string | null): boolean {
  if (element === undefined) return false;
  return label === null
    ? !element.full
    : element.full && element.barCode === label;
}
