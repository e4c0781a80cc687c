/**
 * The journal of robot steps on disk: what is to be done is written down
 * before it is done, and what became of it after. Only the newest start of
 * the service writes here.
 *
 * @module
 */

import {
  insertIntent,
  moveCartridge,
  type Place,
  requireEpoch,
  updateCartridge,
  updateIntent,
  type Writer,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";

/** A robot step to be written down. */
export interface PlannedStep {
  readonly libraryId: string;
  /** Empty for what a transport puts away. */
  readonly cartridgeId: string;
  readonly sourceAddress: number;
  readonly targetAddress: number;
  readonly requestId: string | null;
}

/** A robot step that was done. */
export interface DoneStep {
  readonly intent: number;
  readonly cartridgeId: string;
  readonly source: Place;
  readonly target: Place;
  /** Whether the cartridge showed its label on the way. */
  readonly labelSeen: boolean;
}

/** The journal of robot steps on disk. */
export class Intents {
  readonly #context: Context;
  /** The steps of this start that nobody knows the end of, by intent. */
  readonly #open = new Map<number, PlannedStep>();

  /** The journal in the catalogue. */
  constructor(context: Context) {
    this.#context = context;
  }

  /** Whether a step from or to one of some places has no end yet. */
  isOpenAt(...elementAddresses: readonly number[]): boolean {
    const isIn = (step: PlannedStep) => (address: number) =>
      address === step.sourceAddress || address === step.targetAddress;
    return [...this.#open.values()].some((step) =>
      elementAddresses.some(isIn(step))
    );
  }

  /** An inventory has settled all of them. */
  forget(): void {
    this.#open.clear();
  }

  /** Writes down a step before anything of it is done; its number. */
  async plan(step: PlannedStep): Promise<number> {
    const intent = await commit(
      this.#context,
      "stepPlanned",
      (db) => this.#insert(db, step),
    );
    this.#open.set(intent, step);
    return intent;
  }

  /** Writes down the two halves of an exchange, which goes out as one command; their numbers. */
  async planExchange(
    goes: PlannedStep,
    comes: PlannedStep,
  ): Promise<{ goes: number; comes: number }> {
    const intents = await commit(
      this.#context,
      "stepPlanned",
      async (db) => ({
        goes: await this.#insert(db, goes),
        comes: await this.#insert(db, comes),
      }),
    );
    this.#open.set(intents.goes, goes);
    this.#open.set(intents.comes, comes);
    return intents;
  }

  async #insert(db: Writer, step: PlannedStep): Promise<number> {
    const { clock, epoch } = this.#context;
    await requireEpoch(db, epoch);
    return await insertIntent(db, {
      ...step,
      epoch,
      state: "planned",
      planned: clock.now(),
      sent: null,
      settled: null,
      note: "",
    });
  }

  /** Nothing may stand between this commit and the command but the call. */
  send(...intents: readonly number[]): Promise<void> {
    const { clock, epoch } = this.#context;
    return commit(this.#context, "stepSent", async (db) => {
      await requireEpoch(db, epoch);
      for (const intent of intents) {
        await updateIntent(db, intent, { state: "sent", sent: clock.now() });
      }
    });
  }

  /** Steps were done: the cartridges are in their new places. */
  async confirm(...steps: readonly DoneStep[]): Promise<void> {
    const { clock, epoch } = this.#context;
    await commit(this.#context, "stepConfirmed", async (db) => {
      await requireEpoch(db, epoch);
      for (const { cartridgeId, intent, labelSeen, source, target } of steps) {
        await moveCartridge(db, cartridgeId, source, target);
        if (labelSeen) {
          await updateCartridge(db, cartridgeId, { barCodeState: "ok" });
        }
        await updateIntent(db, intent, {
          state: "confirmed",
          settled: clock.now(),
        });
      }
    });
    for (const { intent } of steps) this.#open.delete(intent);
  }

  /** What else became of steps. */
  async end(
    intents: number | readonly number[],
    state: "failed" | "unknown" | "resolved",
    note: string,
  ): Promise<void> {
    const { clock, epoch } = this.#context;
    const all = typeof intents === "number" ? [intents] : intents;
    await commit(this.#context, "stepEnded", async (db) => {
      await requireEpoch(db, epoch);
      for (const intent of all) {
        await updateIntent(db, intent, {
          state,
          note,
          ...(state === "unknown" ? {} : { settled: clock.now() }),
        });
      }
    });
    if (state === "unknown") return;
    for (const intent of all) this.#open.delete(intent);
  }
}
