/**
 * Many seeds on several processes, each of which runs one seed at a time on
 * one thread, as a single run does.
 *
 * @module
 */

import { TOP } from "../../tools/imports.ts";
import { Account } from "./account.ts";
import { Catalogues } from "./campaign.ts";
import {
  type Answer,
  formatOrder,
  linesOf,
  parseAnswer,
} from "./seed_lines.ts";
import type { Outcome, Run } from "./simulation.ts";

/** Which seeds to run. */
export interface Seeds {
  readonly first: number;
  readonly count: number;
  readonly steps: number;
  /** See {@linkcode Run.without}. */
  readonly without?: ReadonlySet<string>;
  /** How many processes run them; with 1 it is this one. */
  readonly jobs: number;
  /** Told of every event of runs in this process. */
  readonly listener?: (line: string) => void;
}

/** Runs seeds up to the first that fails; what they came to, and that one. */
export async function runSeeds(
  { count, first, jobs, ...common }: Seeds,
): Promise<{ readonly account: Account; readonly red: Outcome | null }> {
  const processes = Math.max(1, Math.min(jobs, count));
  const account = new Account(processes);
  const reds: Outcome[] = [];
  let next = first;
  // Seeds are handed out in order, so all before a red one are run to the end:
  // the first red one is the same on any number of processes.
  const work = async (run: (run: Run) => Promise<Outcome>) => {
    while (reds.length === 0 && next < first + count) {
      const outcome = await run({ ...common, seed: next++ });
      account.add(outcome);
      if (outcome.violation !== null) reds.push(outcome);
    }
  };
  if (processes === 1) {
    const catalogues = await Catalogues.open();
    await work((run) => catalogues.run(run));
  } else {
    await Promise.all(Array.from({ length: processes }, async () => {
      await using process = new SeedProcess();
      await work(async (run) => {
        const answer = await process.run(run);
        account.addProcessor(answer.busySeconds);
        return answer;
      });
    }));
  }
  const [red = null] = reds.sort((a, b) => a.seed - b.seed);
  return { account, red };
}

/** A process that runs seeds; it ends with this one. */
class SeedProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncGenerator<string>;

  constructor() {
    const program = "tests/simulation/seed_process.ts";
    this.#child = new Deno.Command("tools/deno", {
      args: ["run", "-A", "--no-check", program],
      cwd: TOP,
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#lines = linesOf(this.#child.stdout);
  }

  async run(run: Run): Promise<Answer> {
    const order = new TextEncoder().encode(`${formatOrder(run)}\n`);
    // Whether it is still there, the answer tells.
    await this.#input.write(order).catch(() => {});
    const { done, value } = await this.#lines.next();
    if (done !== true) return parseAnswer(value);
    const { code, signal } = await this.#child.status;
    throw new Error(
      `The process that ran seed ${run.seed} ended: ${signal ?? code}`,
    );
  }

  /** Has the process end, and waits for it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {});
    await this.#lines.next();
    await this.#child.status;
  }
}
