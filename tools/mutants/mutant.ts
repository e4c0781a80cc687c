/**
 * What a mutant is: one change that breaks one rule, and who has to notice.
 *
 * @module
 */

/** Who has to notice a mutant. */
export type Catcher =
  /** The simulation, with the seeds and steps of the gate where none are named. */
  | { readonly by: "simulation"; readonly steps?: number }
  /** A test, where a simulated world cannot show the difference. */
  | { readonly by: "test"; readonly file: string; readonly test: string };

/** A deliberately broken build. */
export interface Mutant {
  /** To pick it with `ONLY=`. */
  readonly name: string;
  /** The rule that it breaks. */
  readonly breaks: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  /** Stands there instead in the broken build. */
  readonly instead: string;
  readonly caughtBy: Catcher;
}

/** Noticed by the seeds of the gate. */
export const SIMULATION: Catcher = { by: "simulation" };

/** Noticed by runs longer than those of the gate: what it takes comes together rarely. */
export const LONG_SIMULATION: Catcher = { by: "simulation", steps: 250 };

/** Noticed by a test. */
export function test(file: string, test: string): Catcher {
  return { by: "test", file, test };
}

/**
 * The source with the change.
 *
 * @throws {TypeError} when the text to replace is not there exactly once.
 */
export function mutate(source: string, mutant: Mutant): string {
  const parts = source.split(mutant.text);
  if (parts.length === 2) return parts.join(mutant.instead);
  throw new TypeError(
    `The text that mutant "${mutant.name}" replaces is in ${mutant.file} ${
      parts.length - 1
    } times; bring the table in tools/mutants in line with the code`,
  );
}
