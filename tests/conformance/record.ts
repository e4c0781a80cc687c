/**
 * What a run of these tests showed, written down for docs/conformance.md.
 *
 * @module
 */

import { DOCUMENTED_FUNCTIONS } from "./documented_errors.ts";
import { LINES_OF } from "./documented_behaviour.ts";

/** Names the directory that records go to; without it nothing is written. */
export const RECORD_DIRECTORY = "RSM_CONFORMANCE_RECORD";

/** One thing that a test showed, or could not show on this machine. */
export interface Shown {
  /** The documented function. */
  readonly function: string;
  /** Name of the error, or number of the behaviour line. */
  readonly what: string | number;
  /** What the test's name says, for errors without the function and code. */
  readonly test: string;
  /** Why the test did not run here. */
  readonly obstacle?: string;
}

/** Writes a record; in a file that all test files of the run append to. */
export function record(shown: Shown): void {
  const directory = Deno.env.get(RECORD_DIRECTORY);
  if (directory === undefined) return;
  const line = `${JSON.stringify(shown)}\n`;
  Deno.writeTextFileSync(`${directory}/shown.jsonl`, line, { append: true });
}

/** Records that a documented function ended with a code. */
export function recordError(
  name: string,
  code: string,
  cause: string,
  obstacle?: string,
): void {
  const documented = DOCUMENTED_FUNCTIONS.find((it) => it.name === name);
  if (!documented?.errors.includes(code)) {
    throw new TypeError(`The documents name no ${code} of ${name}()`);
  }
  const said = { function: name, what: code, test: cause };
  record(obstacle === undefined ? said : { ...said, obstacle });
}

/** Function and number of a behaviour line: "AllocateNtmsMedia.7". */
export type LineId = `${string}.${number}`;

/**
 * The body of a test that holds lines of the documents; they are recorded when
 * it passes.
 *
 * @example
 * ```ts
 * Deno.test("a session without an application's name is RSM", holds(
 *   ["OpenNtmsSession.2"],
 *   async () => {},
 * ));
 * ```
 */
export function holds(
  lines: readonly LineId[],
  body: (t: Deno.TestContext) => void | Promise<void>,
): (t: Deno.TestContext) => Promise<void> {
  const found = lines.map((id) => {
    const [name = "", digits] = id.split(".");
    const number = Number(digits);
    if (LINES_OF.get(name)?.[number - 1] === undefined) {
      throw new TypeError(`The documents have no line ${id}`);
    }
    return { function: name, what: number };
  });
  return async (t) => {
    await body(t);
    for (const line of found) record({ ...line, test: t.name });
  };
}
