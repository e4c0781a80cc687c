/**
 * The line by which a run of seeds tells which one failed.
 *
 * @module
 */

import { isRecord } from "../imports.ts";

/** A seed that failed. */
export interface SeedFailure {
  readonly seed: number;
  readonly steps: number;
  readonly violation: string;
}

const MARK = "FIRST FAILURE ";

/** The failure as a line. */
export function failureLine(failure: SeedFailure): string {
  return MARK + JSON.stringify(failure);
}

/** The failure that an output tells of; null for none. */
export function failureIn(output: string): SeedFailure | null {
  const line = output.split("\n").find((text) => text.startsWith(MARK));
  if (line === undefined) return null;
  const value: unknown = JSON.parse(line.slice(MARK.length));
  if (!isRecord(value)) return null;
  const { seed, steps, violation } = value;
  return {
    seed: Number(seed),
    steps: Number(steps),
    violation: `${violation}`,
  };
}
