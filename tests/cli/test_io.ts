/**
 * An outside world for `rsm` that keeps what is written, and whose clock goes
 * when it is told to.
 *
 * @module
 */

import type { Clock, Io, StopSignal } from "../../src/cli/io.ts";
import { rsm } from "../../cli.ts";

/** Thrown by {@linkcode TestIo.exit}, as nothing comes after a real exit. */
export class Exited extends Error {
  constructor(readonly status: number) {
    super(`exit ${status}`);
  }
}

/** A clock that stands still until it is told to go on. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 10, 22, 12, 0, 0);
  #tasks: { at: number; task: () => void }[] = [];
  now(): number {
    return this.#now;
  }
  monotonic(): number {
    return this.#now;
  }
  after(delayMs: number, task: () => void): { cancel(): void } {
    const entry = { at: this.#now + delayMs, task };
    this.#tasks.push(entry);
    return {
      cancel: () => {
        this.#tasks = this.#tasks.filter((each) => each !== entry);
      },
    };
  }
  /** How many timers are set. */
  get pending(): number {
    return this.#tasks.length;
  }
  /** Lets time pass, and runs what falls due. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      this.#tasks.sort((a, b) => a.at - b.at);
      const next = this.#tasks[0];
      if (next === undefined || next.at > end) break;
      this.#tasks.shift();
      this.#now = next.at;
      next.task();
    }
    this.#now = end;
  }
}

/** The outside world of one call. */
export class TestIo implements Io {
  outText = "";
  errText = "";
  outIsTerminal = false;
  errIsTerminal = false;
  width = 80;
  /** Whether the reader of the data has gone away. */
  broken = false;
  readonly clock: TestClock = new TestClock();
  readonly #variables: Readonly<Record<string, string>>;
  readonly #handlers = new Set<(signal: StopSignal) => void>();
  #onOut: (() => void) | null = null;

  constructor(variables: Readonly<Record<string, string>> = {}) {
    this.#variables = variables;
  }
  out(text: string): void {
    if (this.broken) throw new Deno.errors.BrokenPipe("Broken pipe");
    this.outText += text;
    this.#onOut?.();
  }
  err(text: string): void {
    this.errText += text;
  }
  columns(): number {
    return this.width;
  }
  env(name: string): string | undefined {
    return this.#variables[name];
  }
  onStop(handler: (signal: StopSignal) => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }
  exit(status: number): never {
    throw new Exited(status);
  }
  /** How many handlers of signals are set. */
  get handlers(): number {
    return this.#handlers.size;
  }
  /** Sends a signal to the program. */
  stop(signal: StopSignal): void {
    for (const handler of this.#handlers) handler(signal);
  }
  /** Resolves when something was written to the data. */
  firstData(): Promise<void> {
    return new Promise((resolve) => {
      this.#onOut = resolve;
    });
  }
}

/** How a command line ended. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process. */
export async function run(
  argv: readonly string[],
  io: TestIo = new TestIo(),
): Promise<Ended> {
  const status = await rsm(argv, io);
  return { status, out: io.outText, err: io.errText };
}
