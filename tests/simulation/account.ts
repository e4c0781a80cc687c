/**
 * The account of many runs, and of a failure, for people.
 *
 * @module
 */

import { cpuUsage } from "node:process";
import type { Outcome, Run } from "./simulation.ts";

/** Adds up what came of runs. */
export class Account {
  readonly #counts = new Map<string, number>();
  readonly #begun = performance.now();
  readonly #processor = cpuUsage();
  readonly #processes: number;
  #seeds = 0;
  #steps = 0;
  #busyElsewhere = 0;

  /** An account of what so many processes do. */
  constructor(processes = 1) {
    this.#processes = processes;
  }

  /** How often what happened. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Adds a run. */
  add({ counts, steps }: Outcome): void {
    this.#seeds++;
    this.#steps += steps;
    for (const [what, count] of counts) {
      this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
    }
  }

  /** Adds how long another process kept a processor busy. */
  addProcessor(seconds: number): void {
    this.#busyElsewhere += seconds;
  }

  /** What it all came to, as lines. */
  lines(): string[] {
    const seconds = (performance.now() - this.#begun) / 1_000;
    const { system, user } = cpuUsage(this.#processor);
    const busy = (system + user) / 1_000_000 + this.#busyElsewhere;
    const processes = this.#processes;
    const commands = this.#count("commands");
    const speed = (duration: number) =>
      [
        `${rate(this.#steps, duration)} steps`,
        `${rate(commands, duration)} device commands`,
        `${rate(this.#count("moves"), duration)} robot moves`,
      ].join(", ");
    const each = (prefix: string) =>
      [...this.#counts].filter(([what]) => what.startsWith(prefix))
        .sort(([, a], [, b]) => b - a)
        .map(([what, count]) => `${count} ${what.slice(prefix.length)}`);
    return [
      `${this.#seeds} seeds, ${this.#steps} steps, ${
        this.#count("calls")
      } calls, ${commands} device commands, ${
        this.#count("moves")
      } robot moves in ${seconds.toFixed(1)} s`,
      `a second: ${speed(seconds)}`,
      ...(processes === 1 ? [] : [
        `a second of each of ${processes} processes: ${
          speed(seconds * processes)
        }`,
      ]),
      `a second of processor time (${busy.toFixed(1)} s): ${speed(busy)}`,
      `${this.#count("hands")} times a hand was in the library; ${
        this.#count("starts")
      } starts of the service; ${
        this.#count("catalogue compared with library")
      } times all of the catalogue was compared with the library`,
      `faults: ${each("fault: ").join(", ") || "none"}`,
      `deaths: ${each("death ").join(", ") || "none"}`,
      `mounts: ${each("mount: ").join(", ") || "none"}`,
      `labels: ${this.#count("label: done")} told of, ${
        this.#count("identify: done")
      } slots identified, ${this.#count("free labels")} free labels written, ${
        this.#count("labels compared")
      } mounts compared`,
      `drives: ${this.#count("empty: done")} emptied, ${
        this.#count("clean: done")
      } cleanings asked for, ${
        this.#count("inject-cleaner: done")
      } cleaners taken in, ${this.#count("drives out")} taken out, ${
        this.#count("forget-drive: done")
      } forgotten, ${this.#count("devices out of service")} out of service`,
    ];
  }

  #count(what: string): number {
    return this.#counts.get(what) ?? 0;
  }
}

function rate(count: number, seconds: number): number {
  return Math.round(count / seconds);
}

/** The command that replays a run. */
export function commandFor({ seed, steps, without }: Run): string {
  const left = [...without ?? []];
  return `make sim SEED=${seed} STEPS=${steps}${
    left.length === 0 ? "" : ` WITHOUT="${left.join(",")}"`
  }`;
}

/** What went wrong in a run, and how to see it again. */
export function describeFailure(
  outcome: Outcome,
  shrunk: { readonly run: Run; readonly outcome: Outcome },
): string {
  const { asked, healing, seed, steps, violation } = outcome;
  const moment = healing ? "while the world heals" : `at step ${steps}`;
  return [
    `Seed ${seed} of ${asked} steps fails ${moment}: ${violation}`,
    `Replay: ${commandFor({ seed, steps: healing ? asked : steps })}`,
    `Smallest run that fails: ${commandFor(shrunk.run)}`,
    `It fails with: ${shrunk.outcome.violation}`,
    "Its last events:",
    ...shrunk.outcome.trace.map((line) => `  ${line}`),
  ].join("\n");
}
