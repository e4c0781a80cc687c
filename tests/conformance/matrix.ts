/**
 * The conformance matrix: documented facts against what a run showed.
 *
 * @module
 */

import { BEING_BUILT } from "./being_built.ts";
import { isBuilt } from "./built.ts";
import { LINES_OF } from "./documented_behaviour.ts";
import { DOCUMENTED_FUNCTIONS } from "./documented_errors.ts";
import { NOT_PRODUCED, reasonNotProduced } from "./not_produced.ts";
import type { Shown } from "./record.ts";

/** A documented error or behaviour line, and what is known of it. */
export interface Entry {
  /** Name of the error, or number of the line. */
  readonly what: string | number;
  /** What a line says, in our words; empty for errors. */
  readonly line: string;
  /** The tests that showed it, or their causes; empty where none did. */
  readonly tests: readonly string[];
  /** Why no test can show it. */
  readonly why: string | undefined;
}

/** A documented function in the matrix. */
export interface FunctionEntry {
  /** Its name. */
  readonly name: string;
  /** Whether it exists. */
  readonly built: boolean;
  /** Its errors. */
  readonly errors: readonly Entry[];
  /** Its behaviour lines. */
  readonly lines: readonly Entry[];
}

/** The matrix of a run. */
export function matrixOf(all: readonly Shown[]): FunctionEntry[] {
  const testsOf = (name: string, what: string | number) => [
    ...new Set(
      all.filter((one) => one.function === name && one.what === what)
        .map(({ test }) => test),
    ),
  ];
  return DOCUMENTED_FUNCTIONS.map((documented) => {
    const { name, errors } = documented;
    return {
      name,
      built: isBuilt(documented),
      errors: errors.map((what) => ({
        what,
        line: "",
        tests: testsOf(name, what),
        why: reasonNotProduced(name, what),
      })),
      lines: (LINES_OF.get(name) ?? []).map((said, index) => ({
        what: index + 1,
        line: typeof said === "string" ? said : said.line,
        tests: testsOf(name, index + 1),
        why: typeof said === "string" ? undefined : said.why,
      })),
    };
  });
}

/** What is wrong with a matrix: gaps without a reason, and reasons that no longer hold. */
export function problemsOf(matrix: readonly FunctionEntry[]): string[] {
  const problems: string[] = [];
  const usedReasons = new Set<string>();
  for (const { name, built, errors, lines } of matrix) {
    if (!built) continue;
    const waiting = BEING_BUILT.includes(name);
    for (const { tests, what } of errors) {
      const own = `${name} ${what}`;
      const key = own in NOT_PRODUCED ? own : `${what}`;
      if (tests.length === 0) usedReasons.add(key);
      if (tests.length === 0 && !waiting && !(key in NOT_PRODUCED)) {
        problems.push(`${own} is produced by no test, and no reason is given`);
      }
      if (tests.length > 0 && own in NOT_PRODUCED) {
        problems.push(`${own} is produced: "${tests[0]}"; drop its reason`);
      }
    }
    for (const { tests, what, why } of lines) {
      const id = `${name}.${what}`;
      if (tests.length > 0 && why !== undefined) {
        problems.push(`${id} is held: "${tests[0]}"; drop its reason`);
      }
      if (tests.length > 0 || why !== undefined || waiting) continue;
      problems.push(`${id} is named by no test, and no reason is given`);
    }
  }
  const complete = matrix.every(({ built }) => built);
  for (const key of Object.keys(NOT_PRODUCED)) {
    const name = key.includes(" ") ? key.split(" ")[0] : undefined;
    const waits = name === undefined
      ? !complete
      : matrix.some((one) => one.name === name && !one.built);
    if (!usedReasons.has(key) && !waits) {
      problems.push(`The reason for ${key} is needed by nothing; drop it`);
    }
  }
  return problems;
}
