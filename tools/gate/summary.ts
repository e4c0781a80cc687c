/**
 * Reads what test programs print at their end.
 *
 * @module
 */

/** How many tests passed, failed and were skipped. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What the output of a step tells about it. */
export interface Summary {
  /** Null if the output has no closing line: the step is then one test. */
  readonly counts: Counts | null;
  /** Tests that were not run, and reasons that were printed for it. */
  readonly skips: readonly string[];
}

const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0 };

/** `ok | 3 passed (2 steps) | 0 failed | 1 ignored | 2 filtered out (4ms)` */
const DENO_CLOSING =
  /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed(?: \([^)]*\))?(?: \| (\d+) ignored)?/;
/** `12 passed, 0 failed, 1 skipped` */
const OUR_CLOSING = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
const DENO_IGNORED = /^(.*) \.\.\. ignored \(/;
const PRINTED_REASON = /\bskipp(?:ing|ed)\b[^:]*: \S/;

/** Adds up the counts of several steps. */
export function addCounts(all: Iterable<Counts>): Counts {
  let sum = NO_TESTS;
  for (const counts of all) {
    sum = {
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    };
  }
  return sum;
}

/** The line that stands last, alone. */
export function closingLine(counts: Counts): string {
  const { passed, failed, skipped } = counts;
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Finds every closing line in the output of a step (several programs may have
 * run in it) and everything that says what was skipped.
 */
export function readSummary(output: string): Summary {
  const found: Counts[] = [];
  const skips = new Set<string>();
  for (const line of output.split("\n")) {
    const closing = DENO_CLOSING.exec(line) ?? OUR_CLOSING.exec(line);
    if (closing !== null) {
      const [passed = 0, failed = 0, skipped = 0] = closing.slice(1)
        .map((digits) => Number(digits ?? 0));
      found.push({ passed, failed, skipped });
    } else if (PRINTED_REASON.test(line)) {
      skips.add(line);
    } else {
      const name = DENO_IGNORED.exec(line)?.[1];
      if (name !== undefined) skips.add(name.trim());
    }
  }
  return {
    counts: found.length === 0 ? null : addCounts(found),
    skips: [...skips],
  };
}
