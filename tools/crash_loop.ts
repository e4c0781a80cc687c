/**
 * Ends a real service at the 1st, 2nd, ... crash point that it passes in a
 * scripted day until the day comes to its end without, and checks after each
 * that catalogue and library agree and nothing acknowledged is lost:
 * `tools/deno run -A tools/crash_loop.ts`. `FROM=2.17` begins at the 17th
 * point of the second part of the day; `JOBS=` parts run side by side.
 *
 * @module
 */
import {
  type Account,
  type Beginning,
  beginnings,
} from "../tests/crash/runs.ts";
import { print } from "./command.ts";

const DEFAULT_JOBS = 2;

/** One crash in one part of the day, both counted from 1. */
interface Place {
  readonly part: number;
  readonly n: number;
}

class Loop {
  readonly #points = new Set<string>();
  readonly broken: string[] = [];
  kills = 0;
  #checks = 0;
  #acknowledged = 0;
  readonly #parts: readonly Beginning[];
  #next: Place;

  constructor(parts: readonly Beginning[], from: Place) {
    this.#parts = parts;
    this.#next = from;
  }

  /** Takes one place after the other, until the day has no more. */
  async work(): Promise<void> {
    for (;;) {
      const place = this.#next;
      const beginning = this.#parts[place.part - 1];
      if (beginning === undefined) return;
      this.#next = { part: place.part, n: place.n + 1 };
      await this.#crashAt(place, beginning);
    }
  }

  async #crashAt({ part, n }: Place, beginning: Beginning): Promise<void> {
    let account: Account | null;
    try {
      account = await beginning.crashAtNth(n);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.broken.push(`${part}.${n}: ${message}`);
      print(`FROM=${part}.${n}: ${message}`);
      return;
    }
    if (account === null) {
      // The part came to its end; so it does for every larger n.
      if (this.#next.part === part) {
        print(`Part ${part}: ended at all of its crash points`);
        this.#next = { part: part + 1, n: 1 };
      }
      return;
    }
    this.kills += account.kills.length;
    this.#checks += account.checks;
    this.#acknowledged += account.acknowledged;
    for (const point of account.kills) this.#points.add(point);
    if (this.kills % 50 === 0) print(`${this.kills} kills`);
  }

  report(): string {
    return `${this.kills} kills at ${this.#points.size} crash points, ${this.#checks} checks of I1 to I10, ${this.#acknowledged} acknowledged calls, ${this.broken.length} broken`;
  }
}

function startOf(text: string | undefined): Place {
  const [part = 1, n = 1] = (text ?? "1.1").split(".").map(Number);
  return { part, n };
}

const started = performance.now();
const parts = await beginnings();
const loop = new Loop(parts, startOf(Deno.env.get("FROM")));
const jobs = Number(Deno.env.get("JOBS") ?? DEFAULT_JOBS);
await Promise.all(Array.from({ length: jobs }, () => loop.work()));
for (const part of parts) await part[Symbol.asyncDispose]();
const seconds = (performance.now() - started) / 1_000;
print(`${loop.report()}, in ${seconds.toFixed(0)} s`);
Deno.exit(loop.broken.length === 0 && loop.kills > 0 ? 0 : 1);
