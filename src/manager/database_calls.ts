/**
 * Copies of the catalogue: exported when somebody asks and once a day, and
 * scheduled to take the catalogue's place.
 *
 * @module
 */

import { copiesOf, exportCatalogue, scheduleImport } from "../database/mod.ts";
import {
  type Caller,
  type CatalogueCopy,
  type ImportDatabaseInput,
  NtmsError,
  type Timer,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit, stepsBy } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";

/** Calls on the catalogue as a whole, as the service sees them. */
export interface DatabaseManager {
  /** Writes a consistent copy of it (ExportNtmsDatabase). */
  export(): Promise<CatalogueCopy>;
  /** Has a copy take its place at the next start (ImportNtmsDatabase). */
  import(caller: Caller, input: ImportDatabaseInput): Promise<CatalogueCopy>;
}

/** The copies of one manager's catalogue. */
export class DatabaseCalls implements DatabaseManager {
  readonly #context: () => Context;
  #underWay: Promise<unknown> | null = null;
  #timer: Timer | null = null;
  #closed = false;

  /** `context` throws while the manager is not ready. */
  constructor(context: () => Context) {
    this.#context = context;
  }

  async export(): Promise<CatalogueCopy> {
    return await this.#export(this.#context(), true);
  }

  async import(
    caller: Caller,
    { copy }: ImportDatabaseInput,
  ): Promise<CatalogueCopy> {
    const context = this.#context();
    // Unlike an export it has no documented answer for being in the way.
    await this.#idle();
    const scheduled = await this.#alone(() =>
      scheduleImport(fileOf(context), {
        ...copy === null ? {} : { copy },
        step: stepsBy(context.crash),
        // A repetition after the start that imports must not import again.
        note: (database, source) =>
          database.write((db) => keepAnswer(db, context, caller, source)),
      })
    );
    await commit(
      context,
      "importNoted",
      (db) => keepAnswer(db, context, caller, scheduled),
    );
    return scheduled;
  }

  /** Makes a copy each day from now on. */
  begin(context: Context): void {
    if (this.#closed || context.database.path === MEMORY) return;
    const { clock, limits } = context;
    const [newest] = copiesOf(context.database.path);
    const due = newest === undefined
      ? 0
      : newest.written + limits.exportEveryMs;
    const delayMs = Math.max(limits.exportAfterStartMs, due - clock.now());
    // A copy from the future must not put the next one off for ever.
    this.#later(context, Math.min(delayMs, limits.exportEveryMs));
  }

  /** Makes no more copies, and resolves when the last one is done. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    await this.#underWay?.catch(() => {});
  }

  #later(context: Context, delayMs: number): void {
    const { background, clock, limits } = context;
    this.#timer = clock.after(delayMs, () => {
      this.#later(context, limits.exportEveryMs);
      background.run(
        "copy the catalogue",
        this.#idle().then(() => this.#export(context, false)),
      );
    });
  }

  #export(context: Context, asked: boolean): Promise<CatalogueCopy> {
    const { clock, crash, limits } = context;
    return this.#alone(() =>
      exportCatalogue(fileOf(context), {
        now: clock.now(),
        kept: limits.exportsKept,
        asked,
        step: stepsBy(crash),
      })
    );
  }

  async #idle(): Promise<void> {
    while (this.#underWay !== null) await this.#underWay.catch(() => {});
  }

  /** Of the work on copies there is one at a time. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay !== null) {
      throw new NtmsError(
        "ERROR_SHARING_VIOLATION",
        "A copy of the catalogue is just being written or imported; try again when it is done",
      );
    }
    const underWay = work();
    this.#underWay = underWay;
    try {
      return await underWay;
    } finally {
      this.#underWay = null;
    }
  }
}

/** The path of a catalogue that has no file. */
const MEMORY = ":memory:";

function fileOf({ database: { path } }: Context): string {
  if (path !== MEMORY) return path;
  throw new NtmsError(
    "ERROR_DATABASE_FAILURE",
    "This catalogue is in memory only: it cannot be copied to a file, nor replaced by one",
  );
}
