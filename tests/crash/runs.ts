/**
 * Runs the scripted day with crashes in it.
 *
 * @module
 */

import { type Act, DAY } from "./day.ts";
import { World } from "./world.ts";

/** What came of runs. */
export interface Account {
  /** The crash points at which a service was ended, in that order. */
  readonly kills: readonly string[];
  /** How often the invariants were checked. */
  readonly checks: number;
  /** Calls that were acknowledged. */
  readonly acknowledged: number;
}

/** A day that did not go on after a crash as it had to. */
export class BrokenDayError extends Error {
  /** Makes the error. */
  constructor(act: string, kills: readonly string[], cause: unknown) {
    const last = kills.at(-1);
    const after = last === undefined ? "" : ` after a crash at ${last}`;
    super(
      `"${act}"${after}: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
    this.name = "BrokenDayError";
  }
}

class Run {
  readonly #world: World;
  readonly kills: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Goes through a part of the day; each act until it is done. */
  async part(acts: readonly Act[]): Promise<void> {
    for (const act of acts) {
      try {
        while (!await this.#tried(() => act.run(this.#world))) {
          await this.#recover();
        }
      } catch (error) {
        throw new BrokenDayError(act.name, this.kills, error);
      }
    }
    await this.#world.checkStopped();
  }

  /** Whether it was done; false when a crash came between. */
  async #tried(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const crash = await this.#world.crashBehind(error);
      if (crash === null) throw error;
      this.kills.push(crash.point);
      this.#world.checkCrashed();
      return false;
    }
  }

  /** Starts the service again, which may crash too, and checks what it made of it. */
  async #recover(): Promise<void> {
    while (!await this.#tried(() => this.#world.start()));
    await this.#world.checkAtRest();
  }
}

/** Ends a service once at each of the points, by name, and the days go on. */
export async function crashAtEach(
  points: readonly string[],
): Promise<Account> {
  await using world = await World.create();
  const run = new Run(world);
  const left = () => points.filter((point) => !run.kills.includes(point));
  world.crashAt = () => left().join();
  // A point that a day skipped, because of the crashes in it, comes in the next.
  for (let days = 0; days < 3 && (days === 0 || left().length > 0); days++) {
    for (const part of DAY) await run.part(part);
    world.checkNobodyIsAsked();
  }
  if (left().length > 0) throw new Error(`not reached: ${left().join(", ")}`);
  return accountOf(run, world);
}

/** Where a part of the day begins. */
export interface Beginning extends AsyncDisposable {
  /**
   * Goes through the part from here, and ends its service at the nth point
   * that it passes.
   *
   * @returns Null when the part came to its end before that.
   */
  crashAtNth(n: number): Promise<Account | null>;
}

class PartOfTheDay implements Beginning {
  readonly #world: World;
  readonly #acts: readonly Act[];

  constructor(world: World, acts: readonly Act[]) {
    this.#world = world;
    this.#acts = acts;
  }

  async crashAtNth(n: number): Promise<Account | null> {
    await using world = await this.#world.copy();
    const run = new Run(world);
    world.crashAt = (before) => before === 0 ? String(n) : "";
    await run.part(this.#acts);
    return run.kills.length === 0 ? null : accountOf(run, world);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#world[Symbol.asyncDispose]();
  }
}

/** Goes through a day without crashes, and remembers where its parts begin. */
export async function beginnings(): Promise<readonly Beginning[]> {
  const parts: Beginning[] = [];
  await using world = await World.create();
  const run = new Run(world);
  for (const acts of DAY) {
    parts.push(new PartOfTheDay(await world.copy(), acts));
    await run.part(acts);
  }
  world.checkNobodyIsAsked();
  return parts;
}

function accountOf({ kills }: Run, { checks, ledger }: World): Account {
  return { kills, checks, acknowledged: ledger.acknowledged };
}
