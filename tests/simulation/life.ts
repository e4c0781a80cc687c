/**
 * One life of the manager's process. What it reaches the world by - clock,
 * catalogue, devices - goes silent for ever when it dies, which may happen
 * at every point where it waits for one of them.
 *
 * @module
 */

import type { ScsiDevice } from "../../src/changer/mod.ts";
import type {
  Changes,
  Database,
  Reader,
  Table,
  Writer,
} from "../../src/database/mod.ts";
import type { Clock, ObjectEvent, Timer } from "../../src/model/mod.ts";
import type { PlannedCommand } from "../../src/changer/mod.ts";

/** Where a process may die. */
export type CrashPoint =
  | "before a read"
  | "after a read"
  | "before a commit"
  | "in a transaction"
  | "after a commit"
  | "before a command"
  | "after a command"
  | "before a timer"
  | "at rest";

/** What befalls a life. */
export interface Fate {
  /** Whether the process dies here. */
  strikes(point: CrashPoint): boolean;
  /** The error that a commit meets; null for none. */
  commitError(): Error | null;
  /** The process died. */
  died(point: CrashPoint): void;
}

/** What comes between a process and a device. */
export type Wire = (
  life: Life,
  unit: PlannedCommand["unit"],
  device: ScsiDevice,
) => ScsiDevice["execute"];

/** The work of a transaction met the end of its process. */
class CutShort extends Error {}

/** One life of a process. */
export class Life {
  readonly clock: Clock;
  readonly #base: Clock;
  readonly #fate: Fate;
  readonly #timers = new Set<Timer>();
  readonly #unlisten = new Set<() => void>();
  #alive = true;

  /** A process that begins. */
  constructor(clock: Clock, fate: Fate) {
    this.#base = clock;
    this.#fate = fate;
    this.clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (delayMs, task) => this.#after(delayMs, task),
    };
  }

  /** Whether the process runs. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Kills the process. */
  die(point: CrashPoint): void {
    if (!this.#alive) return;
    this.#alive = false;
    for (const timer of this.#timers) timer.cancel();
    for (const unlisten of this.#unlisten) unlisten();
    this.#fate.died(point);
  }

  /** Resolves while the process lives; a dead one waits for ever. */
  async reach(point: CrashPoint): Promise<void> {
    if (this.#alive && this.#fate.strikes(point)) this.die(point);
    if (!this.#alive) await new Promise(() => {});
  }

  /** The catalogue as this process reaches it. */
  catalogue(real: Database): Database {
    const reading =
      (how: "read" | "view") =>
      async <T>(work: (db: Reader) => Promise<T>): Promise<T> => {
        await this.reach("before a read");
        const result = await real[how](work);
        await this.reach("after a read");
        return result;
      };
    const write = async <T>(work: (db: Writer) => Promise<T>): Promise<T> => {
      await this.reach("before a commit");
      try {
        const result = await real.write((db) => this.#transact(db, work));
        await this.reach("after a commit");
        return result;
      } catch (error) {
        if (error instanceof CutShort) await new Promise(() => {});
        throw error;
      }
    };
    const onCommit = (tables: readonly Table[], listener: () => void) => {
      const unlisten = real.onCommit(tables, () => {
        if (this.#alive) listener();
      });
      this.#unlisten.add(unlisten);
      return unlisten;
    };
    const onChanges = async (listener: (changes: Changes) => void) => {
      await this.reach("before a read");
      const unlisten = await real.onChanges((changes) => {
        if (this.#alive) listener(changes);
      });
      if (this.#alive) this.#unlisten.add(unlisten);
      else unlisten();
      return unlisten;
    };
    const tell = (event: ObjectEvent) => {
      if (this.#alive) real.tell(event);
    };
    // The next life uses the same connection: closing it is not for this one.
    const dispose = () => Promise.resolve();
    return new Proxy(real, {
      get(_target, name) {
        switch (name) {
          // No copies are made of it: files have no simulated time.
          case "path":
            return ":memory:";
          case "read":
          case "view":
            return reading(name);
          case "write":
            return write;
          case "onCommit":
            return onCommit;
          case "onChanges":
            return onChanges;
          case "tell":
            return tell;
          case Symbol.asyncDispose:
            return dispose;
          default:
            return undefined;
        }
      },
    });
  }

  /** A device as this process reaches it. */
  device(
    unit: PlannedCommand["unit"],
    real: ScsiDevice,
    wire: Wire,
  ): ScsiDevice {
    const execute = wire(this, unit, real);
    return {
      execute: async (command) => {
        await this.reach("before a command");
        const result = await execute(command);
        await this.reach("after a command");
        return result;
      },
      close: async () => {
        if (this.#alive) await real.close();
      },
    };
  }

  async #transact<T>(
    db: Writer,
    work: (db: Writer) => Promise<T>,
  ): Promise<T> {
    if (!this.#alive) throw new CutShort();
    const result = await work(db);
    if (this.#alive && this.#fate.strikes("in a transaction")) {
      this.die("in a transaction");
    }
    if (!this.#alive) throw new CutShort();
    const error = this.#fate.commitError();
    if (error !== null) throw error;
    return result;
  }

  #after(delayMs: number, task: () => void): Timer {
    const timer = this.#base.after(delayMs, () => {
      this.#timers.delete(timer);
      if (this.#alive && this.#fate.strikes("before a timer")) {
        this.die("before a timer");
      }
      if (this.#alive) task();
    });
    if (this.#alive) this.#timers.add(timer);
    else timer.cancel();
    return {
      cancel: () => {
        this.#timers.delete(timer);
        timer.cancel();
      },
    };
  }
}
